package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.PluginTraits.Trait;
import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a version of WSO2's plugin packs to describe APIs, proxies and data services to a service catalogue: the project's
 * own files where it takes them, else what it makes from the artifact. The catalogue matches services by these names.
 */
public final class ServiceFiles {
    private final PluginTraits traits;
    private final Path metadata;
    private final Path definitions;

    public ServiceFiles(VsCodeLayout layout, Pom pom) {
        this.traits = PluginTraits.of(pom);
        this.metadata = layout.resources().resolve("metadata");
        this.definitions = layout.resources().resolve("api-definitions");
    }

    /**
     * One description.
     *
     * @param name in the CAR
     * @param file that is packed; empty where it is made from the artifact
     */
    public record Description(String name, Optional<Path> file) {
        private static Description made(String name) {
            return new Description(name, Optional.empty());
        }
    }

    /**
     * @param ownVersion of the artifact, or null
     * @param version that, or the project's
     */
    public List<Description> of(ArtifactKind kind, String name, String ownVersion, String version) {
        List<Description> found = new ArrayList<>();
        switch (kind) {
            case API -> api(name, ownVersion, found);
            case PROXY_SERVICE -> proxy(name, ownVersion, found);
            case DATA_SERVICE -> dataService(name, ownVersion, version, found);
            default -> {
                // Nothing else is listed in a catalogue.
            }
        }
        return found;
    }

    private void api(String name, String ownVersion, List<Description> found) {
        String listed = ownVersion == null ? name : name + "_" + ownVersion;
        String written = withVersion(name, ownVersion, "_");
        Path own = metadata.resolve(written + "_metadata.yaml");
        Path older = metadata.resolve(written + "_swagger.yaml");
        Path definition = definitions.resolve(withVersion(name, ownVersion, "_v") + ".yaml");
        if (traits.has(Trait.DESCRIBES_SERVICES) && !(traits.has(Trait.LOOKS_FOR_OWN_APIS) && Files.exists(own))) {
            found.add(Description.made(listed + "_metadata"));
        }
        boolean defined = traits.has(Trait.DESCRIBES_SERVICES) && Files.exists(definition);
        boolean apart = traits.has(Trait.OWN_DESCRIPTIONS);
        boolean both = Files.exists(own) && Files.exists(older) && !(defined && traits.has(Trait.DEFINITIONS_FIRST));
        if (apart || both) {
            file(listed + "_metadata", own, found);
        }
        if (defined) {
            file(listed + "_swagger", definition, found);
        }
        if (apart ? !defined : both) {
            file(listed + "_swagger", older, found);
        }
    }

    /** The plugin looks for a versioned proxy's file under one name and packs it under another. */
    private void proxy(String name, String ownVersion, List<Description> found) {
        boolean looks = traits.has(Trait.LOOKS_FOR_OWN_PROXIES);
        if (traits.has(Trait.DESCRIBES_SERVICES)
                && !(looks
                        && Files.exists(
                                metadata.resolve(withVersion(name, ownVersion, "_") + "_proxy_metadata.yaml")))) {
            found.add(Description.made((ownVersion == null ? name + "_proxy" : name + "_" + ownVersion) + "_metadata"));
        }
        file(name + "_proxy_metadata", metadata.resolve(name + "_proxy_metadata.yaml"), found);
    }

    /** A file of its own only keeps the plugin from making one; it is not packed. */
    private void dataService(String name, String ownVersion, String version, List<Description> found) {
        Path own = metadata.resolve(name + "_" + version + "_data_service_metadata.yaml");
        if (traits.has(Trait.DESCRIBES_DATA_SERVICES) && !Files.exists(own)) {
            found.add(Description.made(
                    (ownVersion == null ? name + "_data_service" : name + "_" + ownVersion) + "_metadata"));
        }
    }

    private static void file(String name, Path file, List<Description> found) {
        if (Files.exists(file)) {
            found.add(new Description(name, Optional.of(file)));
        }
    }

    private static String withVersion(String name, String ownVersion, String separator) {
        return ownVersion == null || ownVersion.isBlank() ? name : name + separator + ownVersion;
    }
}
