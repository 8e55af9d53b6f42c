package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.PackedArtifact;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The files of the artifact folders, and what describes them to a service catalogue. */
record ArtifactPacking(VsCodeLayout layout, Pom pom, CarAssembly car, Consumer<String> log) {
    void pack() {
        ServiceFiles descriptions = new ServiceFiles(layout, pom);
        for (ArtifactKind kind : ArtifactKind.values()) {
            for (Path file : Folders.files(layout.artifacts(kind))) {
                pack(kind, file, descriptions);
            }
        }
    }

    private void pack(ArtifactKind kind, Path file, ServiceFiles descriptions) {
        String shown = layout.shown(file);
        byte[] content = layout.read(file);
        if (!PackedArtifact.isArtifact(file) && XmlParser.rootOf(content, shown).isEmpty()) {
            log.accept("left out, as it is not XML: " + shown);
            return;
        }
        PackedArtifact artifact = PackedArtifact.strict(kind, file, shown, content, pom.artifactVersion());
        Item item = Item.of(artifact.listedName(), artifact.version(), kind);
        car.artifact(item, artifact.folder(), artifact.fileName(), content, shown);
        descriptions
                .of(kind, artifact.name(), artifact.ownVersion(), artifact.version())
                .forEach(one -> one.file()
                        .ifPresentOrElse(
                                own -> describe(one.name(), artifact, bytes(own), layout.shown(own)),
                                () -> describe(one.name(), artifact, made(artifact), shown)));
    }

    private void describe(String name, PackedArtifact artifact, byte[] content, String source) {
        String version = artifact.version();
        car.metadata(
                new Item(name, version, Item.INTEGRATOR, "synapse/metadata"),
                name + "_" + version,
                name + "-" + version + ".yaml",
                content,
                source);
    }

    private byte[] made(PackedArtifact artifact) {
        String yaml =
                switch (artifact.kind()) {
                    case API -> ServiceDescription.ofApi(artifact);
                    case PROXY_SERVICE -> ServiceDescription.ofProxy(artifact, pom.artifactVersion());
                    default -> ServiceDescription.ofDataService(artifact);
                };
        return yaml.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            throw FailureException.input(
                    "is not a file", Location.of(layout.shown(file)), "put a YAML file there, or nothing");
        }
        return layout.read(file);
    }

    /** The YAML that describes a service to a catalogue, letter by letter as WSO2's plugin writes it. */
    private static final class ServiceDescription {
        private static final String SERVER = "https://{MI_HOST}:{MI_PORT}";

        private ServiceDescription() {}

        static String ofApi(PackedArtifact api) {
            return yaml(api, api.name() + "-" + api.version(), api.version(), url(api), "OAS3");
        }

        /** A proxy is described with the project's version even when it has one of its own. */
        static String ofProxy(PackedArtifact proxy, String projectVersion) {
            return yaml(proxy, proxy.name() + "_proxy-" + projectVersion, projectVersion, service(proxy), "WSDL1");
        }

        /** The key says "proxy" for data services, too. */
        static String ofDataService(PackedArtifact service) {
            return yaml(
                    service,
                    service.name() + "_proxy-" + service.version(),
                    service.version(),
                    service(service),
                    "OAS3");
        }

        private static String service(PackedArtifact artifact) {
            return SERVER + "/services/" + artifact.name();
        }

        private static String url(PackedArtifact api) {
            String context = api.root().optional("context").orElseThrow(() -> missing(api, "context"));
            if (!"url".equals(api.root().attribute("version-type"))) {
                return SERVER + context;
            }
            if (api.ownVersion() == null) {
                throw missing(api, "version, which its version-type=\"url\" needs");
            }
            return SERVER + context + "/" + api.ownVersion();
        }

        private static FailureException missing(PackedArtifact api, String what) {
            return FailureException.input("the <api> has no " + what, api.root().location(), "give it one");
        }

        private static String yaml(PackedArtifact artifact, String key, String version, String url, String definition) {
            String description = artifact.root()
                    .optional("description")
                    .map(d -> "description: \"" + d + "\"\n")
                    .orElse("");
            return """
                    ---
                    key: "%s"
                    name: "%s"
                    displayName: "%2$s"
                    %sversion: "%s"
                    serviceUrl: "%s"
                    definitionType: "%s"
                    securityType: "BASIC"
                    mutualSSLEnabled: false
                    """
                    .formatted(key, artifact.name(), description, version, url, definition);
        }
    }
}
