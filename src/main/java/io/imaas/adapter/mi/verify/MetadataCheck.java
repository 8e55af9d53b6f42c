package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.build.ServiceFiles;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.model.failure.Location;
import java.nio.file.Path;
import java.util.function.BiConsumer;

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

    /**
     * @param entries loses what this explains
     * @param same compares a source with an entry of the CAR
     */
    void run(Unexplained entries, BiConsumer<String, String> same) {
        String version = sources.project().version().replace("-SNAPSHOT", "");
        for (SourceArtifact artifact : sources.artifacts()) {
            String own = artifact.root().optional("version").orElse(null);
            files.of(artifact.kind(), artifact.name(), own, own == null ? version : own)
                    .forEach(one -> {
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
}
