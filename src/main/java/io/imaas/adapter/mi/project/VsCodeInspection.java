package io.imaas.adapter.mi.project;

import io.imaas.adapter.mi.build.NativeFit;
import io.imaas.adapter.mi.build.PluginTraits;
import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.PackedArtifact;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.LocalRepository;
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

/** What a project in the VS Code layout holds. Broken artifacts are listed too: finding fault is the verifier's work. */
final class VsCodeInspection {
    private final VsCodeLayout layout;
    private final Pom pom;

    VsCodeInspection(VsCodeLayout layout) {
        this.layout = layout;
        this.pom = new PomReader(layout.root()).read(layout.pom());
    }

    MiProject project() {
        List<String> mediators = files(layout.java(), ".java");
        List<String> dataMappers = dataMappers();
        return new MiProject(
                layout.root().toString(),
                MiProject.Layout.VS_CODE,
                pom.groupId(),
                pom.artifactId(),
                pom.version(),
                pom.property("project.runtime.version"),
                artifacts(),
                connectors(),
                mediators,
                dataMappers,
                suites(),
                NativeFit.of(layout, pom, mediators, dataMappers, LocalRepository.EMPTY)
                        .doubts());
    }

    private List<MiArtifact> artifacts() {
        List<MiArtifact> found = new ArrayList<>();
        for (ArtifactKind kind : ArtifactKind.values()) {
            for (Path file : Folders.files(layout.artifacts(kind))) {
                PackedArtifact.listed(kind, file, layout.shown(file), pom.artifactVersion())
                        .ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(MiArtifact::file));
        return found;
    }

    private List<String> connectors() {
        List<String> found = new ArrayList<>();
        for (String folder : List.of("connectors", "inbound-connectors")) {
            found.addAll(files(layout.resources().resolve(folder), ".zip"));
        }
        pom.dependencies().stream().filter(d -> d.type().equals("zip")).forEach(d -> found.add(d.coordinates()));
        return found;
    }

    /** Those whose files the project's build plugin makes. */
    private List<String> dataMappers() {
        List<String> found = new ArrayList<>();
        if (!PluginTraits.of(pom).has(PluginTraits.Trait.BUNDLES_DATA_MAPPERS)) {
            return found;
        }
        for (String folder : List.of("registry/gov/datamapper", "datamapper")) {
            for (Path mapper : Folders.folders(layout.resources().resolve(folder))) {
                Path source = mapper.resolve(mapper.getFileName() + ".ts");
                if (Files.isRegularFile(source)) {
                    found.add(layout.shown(source));
                }
            }
        }
        return found;
    }

    private List<String> suites() {
        return Folders.below(layout.suites()).stream()
                .filter(f -> TestSuiteFiles.isSuite(f, layout.shown(f)))
                .map(layout::shown)
                .toList();
    }

    private List<String> files(Path folder, String ending) {
        return Folders.below(folder).stream()
                .filter(f -> f.toString().endsWith(ending) && Files.isRegularFile(f))
                .map(layout::shown)
                .toList();
    }
}
