package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.source.MiRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Inbound endpoints that listen: on a port of their own, and on none of the runtime's. */
public final class InboundPortCheck {
    private static final Set<String> PORTS =
            Set.of("inbound.http.port", "inbound.ws.port", "inbound.hl7.Port", "inbound.cxf.rm.port");
    private static final Set<String> RUNTIME = Set.of(
            String.valueOf(MiRuntime.HTTP),
            String.valueOf(MiRuntime.HTTPS),
            String.valueOf(MiRuntime.MANAGEMENT),
            String.valueOf(MiRuntime.INTERNAL));

    private InboundPortCheck() {}

    static void run(ProjectSources sources) {
        Map<String, SourceArtifact> taken = new HashMap<>();
        for (SourceArtifact artifact : sources.artifacts()) {
            if (artifact.kind() == ArtifactKind.INBOUND_ENDPOINT) {
                port(artifact.root()).ifPresent(parameter -> {
                    String port = parameter.text().strip();
                    SourceArtifact other = taken.putIfAbsent(port, artifact);
                    if (other != null || RUNTIME.contains(port)) {
                        sources.error(
                                "duplicate-port",
                                parameter.location(),
                                artifact.words() + " listens on port " + port + ", which "
                                        + (other == null ? "is the runtime's own" : other.words() + " has"),
                                "give it another one");
                    }
                });
            }
        }
    }

    /** The parameter of an inbound endpoint that says on which port it listens. */
    public static Optional<XmlElement> port(XmlElement inbound) {
        return inbound.children("parameters").stream()
                .flatMap(parameters -> parameters.children("parameter").stream())
                .filter(p -> PORTS.contains(p.attribute("name")))
                .filter(p -> p.text().strip().matches("\\d+"))
                .findFirst();
    }
}
