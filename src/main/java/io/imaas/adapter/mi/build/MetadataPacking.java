package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.build.PluginTraits.Trait;
import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.PackedArtifact;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.model.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What describes APIs, proxies and data services to a service catalogue: the project's own files where it has them,
 * else what can be told from the artifact. File names and wording are those of WSO2's plugin; the catalogue matches
 * services by them.
 */
final class MetadataPacking {
    private static final String TYPE = "synapse/metadata";

    private final VsCodeLayout layout;
    private final Pom pom;
    private final CarAssembly car;
    private final Path metadata;
    private final Path definitions;

    MetadataPacking(VsCodeLayout layout, Pom pom, CarAssembly car) {
        this.layout = layout;
        this.pom = pom;
        this.car = car;
        this.metadata = layout.resources().resolve("metadata");
        this.definitions = layout.resources().resolve("api-definitions");
    }

    void pack(PackedArtifact artifact) {
        if (!PluginTraits.of(pom).has(Trait.DESCRIBES_SERVICES)) {
            packOwn(artifact);
            return;
        }
        if (artifact.kind() == ArtifactKind.DATA_SERVICE
                && !PluginTraits.of(pom).has(Trait.DESCRIBES_DATA_SERVICES)) {
            return;
        }
        switch (artifact.kind()) {
            case API -> api(artifact);
            case PROXY_SERVICE -> proxy(artifact);
            case DATA_SERVICE -> dataService(artifact);
            default -> {
                // Nothing else is listed in a catalogue.
            }
        }
    }

    /** Early versions generate nothing, and take an API's two files only together. */
    private void packOwn(PackedArtifact artifact) {
        if (artifact.kind() == ArtifactKind.API) {
            Path description = metadata.resolve(withVersion(artifact, "_") + "_metadata.yaml");
            Path definition = metadata.resolve(withVersion(artifact, "_") + "_swagger.yaml");
            if (Files.exists(description) && Files.exists(definition)) {
                addFile(artifact.listedName() + "_metadata", artifact.version(), description);
                addFile(artifact.listedName() + "_swagger", artifact.version(), definition);
            }
        } else if (artifact.kind() == ArtifactKind.PROXY_SERVICE) {
            Path description = metadata.resolve(artifact.name() + "_proxy_metadata.yaml");
            if (Files.exists(description)) {
                addFile(artifact.name() + "_proxy_metadata", artifact.version(), description);
            }
        }
    }

    private void api(PackedArtifact api) {
        Path own = metadata.resolve(withVersion(api, "_") + "_metadata.yaml");
        if (Files.exists(own)) {
            addFile(api.listedName() + "_metadata", api.version(), own);
        } else {
            addGenerated(api.listedName() + "_metadata", api, ServiceDescription.ofApi(api));
        }
        Path definition = definitions.resolve(withVersion(api, "_v") + ".yaml");
        Path older = metadata.resolve(withVersion(api, "_") + "_swagger.yaml");
        if (Files.exists(definition)) {
            addFile(api.listedName() + "_swagger", api.version(), definition);
        } else if (Files.exists(older)) {
            addFile(api.listedName() + "_swagger", api.version(), older);
        }
    }

    /** The plugin looks for a versioned proxy's file under one name and packs it under another. */
    private void proxy(PackedArtifact proxy) {
        Path asked = metadata.resolve(withVersion(proxy, "_") + "_proxy_metadata.yaml");
        Path packed = metadata.resolve(proxy.name() + "_proxy_metadata.yaml");
        if (!Files.exists(asked)) {
            String name = proxy.ownVersion() == null ? proxy.name() + "_proxy" : proxy.listedName();
            addGenerated(name + "_metadata", proxy, ServiceDescription.ofProxy(proxy, pom.artifactVersion()));
        }
        if (Files.exists(packed)) {
            addFile(proxy.name() + "_proxy_metadata", proxy.version(), packed);
        }
    }

    /** A file of its own only keeps the plugin from generating one; it is not packed. */
    private void dataService(PackedArtifact service) {
        Path own = metadata.resolve(service.name() + "_" + service.version() + "_data_service_metadata.yaml");
        if (!Files.exists(own)) {
            String name = service.ownVersion() == null ? service.name() + "_data_service" : service.listedName();
            addGenerated(name + "_metadata", service, ServiceDescription.ofDataService(service));
        }
    }

    private static String withVersion(PackedArtifact artifact, String separator) {
        String own = artifact.ownVersion();
        return own == null || own.isBlank() ? artifact.name() : artifact.name() + separator + own;
    }

    private void addFile(String name, String version, Path file) {
        if (!Files.isRegularFile(file)) {
            throw FailureException.input("is no file", layout.shown(file), "put a YAML file there, or nothing");
        }
        add(name, version, Folders.bytes(file), layout.shown(file));
    }

    private void addGenerated(String name, PackedArtifact artifact, String yaml) {
        add(name, artifact.version(), yaml.getBytes(StandardCharsets.UTF_8), artifact.shown());
    }

    private void add(String name, String version, byte[] content, String source) {
        car.metadata(
                new Item(name, version, Item.INTEGRATOR, TYPE),
                name + "_" + version,
                name + "-" + version + ".yaml",
                content,
                source);
    }
}
