package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.verify.CarArchive.Entry;
import io.imaas.model.failure.Location;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Service descriptions for API Manager: one for each API, proxy and data service, written by the author or generated,
 * and an API's definition when there is one. Names are vscode-car-plugin's.
 */
final class MetadataCheck {
    private static final String METADATA = ProjectSources.RESOURCES + "/metadata/";
    private static final String DEFINITIONS = ProjectSources.RESOURCES + "/api-definitions/";

    private final ProjectSources sources;
    private final CarArchive car;

    MetadataCheck(ProjectSources sources, CarArchive car) {
        this.sources = sources;
        this.car = car;
    }

    /** @param entries loses what this explains */
    void run(Unexplained entries) {
        expected().forEach((name, written) -> {
            List<Entry> packed = entries.take("synapse/metadata", name);
            written.ifPresent(source -> {
                if (packed.isEmpty()) {
                    missing(source);
                }
                packed.forEach(entry -> same(source, entry.path()));
            });
        });
    }

    private void missing(String source) {
        sources.findings()
                .error(
                        "not-in-car",
                        Location.of(source),
                        "the service description is not in the CAR",
                        "build it again, or remove the file");
    }

    /** Names in the CAR with the file each is made from; empty where it is generated. */
    private Map<String, Optional<String>> expected() {
        Map<String, Optional<String>> expected = new HashMap<>();
        for (SourceArtifact artifact : sources.artifacts()) {
            String name = artifact.carName();
            switch (artifact.kind()) {
                case API -> {
                    expected.put(name + "_metadata", file(METADATA + name + "_metadata.yaml"));
                    String definition =
                            artifact.version().isEmpty() ? name : artifact.name() + "_v" + artifact.version();
                    file(DEFINITIONS + definition + ".yaml")
                            .or(() -> file(METADATA + name + "_swagger.yaml"))
                            .ifPresent(f -> expected.put(name + "_swagger", Optional.of(f)));
                }
                case PROXY_SERVICE ->
                    expected.put(
                            artifact.name() + "_proxy_metadata",
                            file(METADATA + artifact.name() + "_proxy_metadata.yaml"));
                // The plugin looks for a data service's own description, but packs only the one it generates.
                case DATA_SERVICE -> expected.put(artifact.name() + "_data_service_metadata", Optional.empty());
                default -> {
                    // No other kind is a service.
                }
            }
        }
        return expected;
    }

    private Optional<String> file(String path) {
        return sources.tree().has(path) ? Optional.of(path) : Optional.empty();
    }

    private void same(String source, String packed) {
        byte[] content = car.entries().get(packed);
        if (content == null || !Arrays.equals(content, sources.tree().read(source))) {
            sources.findings()
                    .error(
                            "car-differs",
                            Location.of(source),
                            "the CAR has another content in " + packed,
                            "build it again: the CAR is not made from these sources");
        }
    }
}
