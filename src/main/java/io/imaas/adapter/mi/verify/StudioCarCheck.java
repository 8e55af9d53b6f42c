package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.StudioArtifact;
import io.imaas.adapter.mi.layout.StudioComposite;
import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.mi.verify.CarArchive.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a composite of Integration Studio packs. A CAR has each by the name that the composite names, whatever its file says. */
record StudioCarCheck(ProjectSources sources, Unexplained unexplained, StudioLayout layout) {
    /**
     * @param missing told the file that wants something, and what
     * @param same compares a source with an entry of the CAR
     */
    void run(BiConsumer<String, String> missing, BiConsumer<String, String> same) {
        Map<String, StudioArtifact> declared = layout.artifacts().stream()
                .collect(Collectors.toMap(StudioArtifact::id, Function.identity(), (first, second) -> first));
        Path pom = layout.exporter().resolve("pom.xml");
        for (StudioComposite.Packed packed : new StudioComposite(new PomReader(layout.root()).read(pom)).packed()) {
            Pom.Dependency dependency = packed.dependency();
            StudioArtifact artifact = declared.get(StudioLayout.id(dependency));
            var entries = artifact == null
                    ? unexplained.take(dependency.artifactId())
                    : unexplained.take(typeInCar(artifact), dependency.artifactId());
            if (entries.isEmpty()) {
                missing.accept(layout.shown(artifact == null ? pom : artifact.file()), StudioLayout.id(dependency));
            }
            if (artifact != null) {
                entries.forEach(entry -> same(artifact, entry, same));
            }
        }
    }

    /** Templates of every kind have one type there. */
    private static String typeInCar(StudioArtifact artifact) {
        return ArtifactKind.ofType(artifact.type()).map(ArtifactKind::type).orElse(artifact.type());
    }

    private void same(StudioArtifact artifact, Entry entry, BiConsumer<String, String> same) {
        if (!entry.type().equals("registry/resource")) {
            same.accept(layout.shown(artifact.file()), entry.path());
            return;
        }
        for (Path source : artifact.resources()) {
            String packed = entry.folder() + "/resources/" + source.getFileName();
            if (Files.isDirectory(source)) {
                Folders.below(source).stream()
                        .filter(Files::isRegularFile)
                        .forEach(file -> same.accept(
                                layout.shown(file),
                                packed + "/"
                                        + source.relativize(file).toString().replace('\\', '/')));
            } else {
                same.accept(layout.shown(source), packed);
            }
        }
    }
}
