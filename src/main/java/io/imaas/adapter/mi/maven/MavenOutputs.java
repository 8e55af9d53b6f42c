package io.imaas.adapter.mi.maven;

import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.MiProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.codehaus.plexus.util.FileUtils;

/** Which phase makes the CAR, and where it lies then. */
record MavenOutputs(Path module, Path packed, List<String> goals) {
    static MavenOutputs of(MiProject project) {
        return project.layout() == MiProject.Layout.VS_CODE ? vsCode(project) : studio(project);
    }

    private static MavenOutputs vsCode(MiProject project) {
        Path folder = Path.of(project.folder());
        Pom pom = new PomReader(folder).read(folder.resolve("pom.xml"));
        Path location = pom.carSetting("archiveLocation").map(folder::resolve).orElse(folder.resolve("target"));
        return new MavenOutputs(folder, location.resolve(pom.carName()), phase(pom));
    }

    /** The exporter finds what the other modules made in the local repository, so they must be installed there. */
    private static MavenOutputs studio(MiProject project) {
        StudioLayout layout = StudioLayout.of(project);
        Path exporter = layout.exporter();
        if (!Files.isRegularFile(layout.root().resolve("pom.xml"))) {
            throw FailureException.input(
                    "no pom.xml has the composite '" + project.artifactId()
                            + "' and the modules that it names as its modules",
                    project.folder(),
                    "add one that lists "
                            + layout.modules().stream().map(layout::shown).collect(Collectors.joining(", ")));
        }
        Path car = exporter.resolve("target").resolve(project.artifactId() + "_" + project.version() + ".car");
        return new MavenOutputs(exporter, car, List.of("install", "-Dmaven.test.skip=true"));
    }

    /**
     * The template packs in {@code compile}: going no further leaves the unit tests, which are ours to run, and the
     * plugins of the later phases alone.
     */
    private static List<String> phase(Pom pom) {
        return pom.packsBeforeTests() ? List.of("compile") : List.of("package", "-Dmaven.test.skip=true");
    }

    /** What an earlier build left would be taken for this one's, or packed again by the plugin. */
    void deleteStale() {
        for (String left : List.of("dependency", "libs", "extracted-connectors")) {
            delete(module.resolve("target").resolve(left));
        }
        delete(packed);
        Folders.files(module.resolve("target")).stream()
                .filter(f -> f.toString().endsWith(".jar"))
                .forEach(MavenOutputs::delete);
    }

    private static void delete(Path path) {
        try {
            if (Files.exists(path)) {
                FileUtils.forceDelete(path.toFile());
            }
        } catch (IOException e) {
            throw FailureException.input("a leftover cannot be deleted: " + Reason.of(e), path.toString(), "delete it");
        }
    }

    /** @throws FailureException FAILED when Maven made none */
    Path car() {
        if (!Files.isRegularFile(packed)) {
            throw FailureException.failed(
                    "Maven ended well but made no CAR",
                    packed.toString(),
                    "bind the goal 'car' of " + Pom.CAR_PLUGIN
                            + " in the pom.xml, in a profile that is active by default");
        }
        return packed;
    }
}
