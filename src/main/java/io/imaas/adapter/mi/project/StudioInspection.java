package io.imaas.adapter.mi.project;

import io.imaas.adapter.mi.build.StudioFit;
import io.imaas.adapter.mi.layout.StudioComposite;
import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.mi.source.TestSuiteFiles;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.MiProject.MiArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a project in the Integration Studio layout holds: that which its composite exporter takes into the CAR. */
final class StudioInspection {
    private static final Pattern BASE_IMAGE = Pattern.compile("wso2mi:([0-9][\\w.-]*)");

    private final StudioLayout layout;
    private final Pom pom;

    StudioInspection(StudioLayout layout) {
        this.layout = layout;
        this.pom = new PomReader(layout.root()).read(layout.exporter().resolve("pom.xml"));
    }

    MiProject project() {
        List<MiArtifact> artifacts = artifacts();
        return new MiProject(
                layout.root().toString(),
                MiProject.Layout.INTEGRATION_STUDIO,
                pom.groupId(),
                pom.artifactId(),
                pom.version(),
                runtimeVersion(),
                artifacts,
                artifacts.stream()
                        .filter(a -> a.type().equals("synapse/lib"))
                        .map(MiArtifact::file)
                        .toList(),
                files("src/main/java", f -> f.toString().endsWith(".java")),
                files("", f -> f.toString().endsWith(".datamapper")),
                files("test", f -> TestSuiteFiles.isSuite(f, layout.shown(f))),
                new StudioFit(layout).doubts());
    }

    private List<MiArtifact> artifacts() {
        Set<String> wanted = new StudioComposite(pom)
                .packed().stream()
                        .map(StudioComposite.Packed::dependency)
                        .map(StudioLayout::id)
                        .collect(Collectors.toSet());
        return layout.artifacts().stream()
                .filter(a -> wanted.contains(a.id()))
                .map(a -> new MiArtifact(a.name(), a.version(), a.type(), layout.shown(a.file())))
                .sorted(Comparator.comparing(MiArtifact::file).thenComparing(MiArtifact::name))
                .toList();
    }

    /** Newer projects have a property; older ones only tell it by the image that they build on. */
    private String runtimeVersion() {
        List<Pom> poms = new ArrayList<>(List.of(pom));
        layout.modules().stream()
                .filter(m -> Files.isRegularFile(m.resolve("pom.xml")))
                .forEach(m -> poms.add(new PomReader(layout.root()).read(m.resolve("pom.xml"))));
        return poms.stream()
                .map(p -> p.property("project.runtime.version"))
                .filter(v -> !v.isEmpty())
                .findFirst()
                .or(() -> poms.stream()
                        .flatMap(p -> p.properties().values().stream().sorted())
                        .map(BASE_IMAGE::matcher)
                        .filter(Matcher::find)
                        .map(m -> m.group(1))
                        .findFirst())
                .orElse("");
    }

    /** Files below a folder of each module; what Maven wrote is not a source. */
    private List<String> files(String folder, Predicate<Path> wanted) {
        return layout.modules().stream()
                .filter(m -> !m.equals(layout.root()) || !folder.isEmpty())
                .flatMap(m -> Folders.below(m.resolve(folder)).stream()
                        .filter(f -> !m.relativize(f).startsWith("target")))
                .filter(Files::isRegularFile)
                .filter(wanted)
                .map(layout::shown)
                .distinct()
                .sorted()
                .toList();
    }
}
