package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.build.ServiceFiles;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.model.failure.Location;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What describes APIs, proxies and data services to a service catalogue: the project's own files are in the CAR. */
final class MetadataCheck {
    private final ProjectSources sources;
    private final VsCodeLayout layout;
    private final ServiceFiles files;

    MetadataCheck(ProjectSources sources) {
        this.sources = sources;
        this.layout = new VsCodeLayout(Path.of(sources.project().folder()));
        this.files = new ServiceFiles(layout, new PomReader(layout.root()).read(layout.pom()));
    }

    /** What no artifact takes is left out of the CAR without a word. */
    static void unused(ProjectSources sources) {
        List<String> all = Stream.of("metadata", "api-definitions")
                .flatMap(folder -> sources.tree().below(ProjectSources.RESOURCES + "/" + folder).stream())
                // One of a data service only keeps the build from making another one.
                .filter(file -> !file.endsWith("_data_service_metadata.yaml"))
                .toList();
        if (all.isEmpty() || sources.studio() || !sources.unreadable().isEmpty()) {
            return;
        }
        MetadataCheck check = new MetadataCheck(sources);
        Set<String> used = new HashSet<>();
        sources.artifacts().stream()
                .flatMap(check::described)
                .flatMap(one -> one.file().stream())
                .forEach(file -> used.add(check.layout.shown(file)));
        all.stream()
                .filter(file -> !used.contains(file))
                .forEach(
                        file -> sources.info(
                                "not-packed",
                                Location.of(file),
                                "no API or proxy service takes its description from here, so the build leaves it out",
                                "name it metadata/<name>[_<version>]_metadata.yaml, or api-definitions/<name>[_v<version>].yaml"));
    }

    private Stream<ServiceFiles.Description> described(SourceArtifact artifact) {
        String version = sources.project().version().replace("-SNAPSHOT", "");
        String own = artifact.root().optional("version").orElse(null);
        return files.of(artifact.kind(), artifact.name(), own, own == null ? version : own).stream();
    }

    /**
     * @param entries loses what this explains
     * @param same compares a source with an entry of the CAR
     */
    void run(Unexplained entries, BiConsumer<String, String> same) {
        sources.artifacts().stream().flatMap(this::described).forEach(one -> {
            var packed = entries.take("synapse/metadata", one.name());
            one.file().map(layout::shown).ifPresent(source -> {
                if (packed.isEmpty()) {
                    sources.error(
                            "not-in-car",
                            Location.of(source),
                            "the service description is not in the CAR",
                            "build it again, or remove the file");
                }
                packed.forEach(entry -> same.accept(source, entry.path()));
            });
        });
    }
}
