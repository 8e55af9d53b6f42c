package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.layout.PackedArtifact;
import io.imaas.model.failure.FailureException;

/** The YAML that describes a service to a catalogue, letter by letter as WSO2's plugin writes it. */
final class ServiceDescription {
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
                service, service.name() + "_proxy-" + service.version(), service.version(), service(service), "OAS3");
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
        return FailureException.input(
                "the <api> has no " + what, api.root().location().toString(), "give it one");
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
