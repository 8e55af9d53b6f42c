package io.imaas.adapter.mi.verify;

import static java.util.Map.entry;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.source.XmlAttribute;
import io.imaas.adapter.mi.source.XmlElement;
import io.imaas.adapter.mi.synapse.SynapseWalk.Visited;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which attributes and elements name another artifact, after the configuration language of Synapse. */
final class ReferenceRules {
    private static final Map<String, ArtifactKind> BY_ATTRIBUTE = Map.ofEntries(
            entry("sequence", ArtifactKind.SEQUENCE),
            entry("inSequence", ArtifactKind.SEQUENCE),
            entry("outSequence", ArtifactKind.SEQUENCE),
            entry("faultSequence", ArtifactKind.SEQUENCE),
            entry("onError", ArtifactKind.SEQUENCE),
            entry("onAccept", ArtifactKind.SEQUENCE),
            entry("onReject", ArtifactKind.SEQUENCE),
            entry("obligations", ArtifactKind.SEQUENCE),
            entry("advice", ArtifactKind.SEQUENCE),
            entry("receive", ArtifactKind.SEQUENCE),
            entry("endpoint", ArtifactKind.ENDPOINT),
            entry("endpointKey", ArtifactKind.ENDPOINT),
            entry("targetEndpoint", ArtifactKind.ENDPOINT),
            entry("messageStore", ArtifactKind.MESSAGE_STORE),
            entry("configKey", ArtifactKind.LOCAL_ENTRY),
            entry("config-key", ArtifactKind.LOCAL_ENTRY));
    private static final Map<String, ArtifactKind> BY_ELEMENT_AND_ATTRIBUTE = Map.ofEntries(
            entry("sequence key", ArtifactKind.SEQUENCE),
            entry("endpoint key", ArtifactKind.ENDPOINT),
            entry("endpoint template", ArtifactKind.TEMPLATE),
            entry("call-template target", ArtifactKind.TEMPLATE),
            entry("dataServiceCall serviceName", ArtifactKind.DATA_SERVICE),
            entry("xslt key", ArtifactKind.LOCAL_ENTRY),
            entry("fastXSLT key", ArtifactKind.LOCAL_ENTRY),
            entry("jsontransform schema", ArtifactKind.LOCAL_ENTRY),
            entry("enableSec policy", ArtifactKind.LOCAL_ENTRY),
            entry("enableSec inboundPolicy", ArtifactKind.LOCAL_ENTRY),
            entry("enableSec outboundPolicy", ArtifactKind.LOCAL_ENTRY),
            entry("xquery key", ArtifactKind.LOCAL_ENTRY),
            entry("variable key", ArtifactKind.LOCAL_ENTRY),
            entry("schema key", ArtifactKind.LOCAL_ENTRY),
            entry("resource key", ArtifactKind.LOCAL_ENTRY),
            entry("script key", ArtifactKind.LOCAL_ENTRY),
            entry("include key", ArtifactKind.LOCAL_ENTRY),
            entry("format key", ArtifactKind.LOCAL_ENTRY),
            entry("policy key", ArtifactKind.LOCAL_ENTRY),
            entry("publishWSDL key", ArtifactKind.LOCAL_ENTRY),
            entry("source key", ArtifactKind.LOCAL_ENTRY),
            entry("datamapper config", ArtifactKind.LOCAL_ENTRY),
            entry("datamapper inputSchema", ArtifactKind.LOCAL_ENTRY),
            entry("datamapper outputSchema", ArtifactKind.LOCAL_ENTRY));
    /** {@code <parameter name>} of message stores and processors, {@code <property name>} of tasks. */
    private static final Map<String, ArtifactKind> BY_PARAMETER = Map.ofEntries(
            entry("message.processor.reply.sequence", ArtifactKind.SEQUENCE),
            entry("message.processor.fault.sequence", ArtifactKind.SEQUENCE),
            entry("message.processor.deactivate.sequence", ArtifactKind.SEQUENCE),
            entry("message.processor.failMessagesStore", ArtifactKind.MESSAGE_STORE),
            entry("store.failover.message.store.name", ArtifactKind.MESSAGE_STORE),
            entry("sequenceName", ArtifactKind.SEQUENCE),
            entry("proxyName", ArtifactKind.PROXY_SERVICE),
            entry("store.jdbc.dsName", ArtifactKind.DATA_SOURCE),
            entry("carbon_datasource_name", ArtifactKind.DATA_SOURCE));

    private ReferenceRules() {}

    /** @param attribute where it stands; empty when it is the element's text */
    record Reference(ArtifactKind kind, String key, XmlElement element, String attribute) {}

    static List<Reference> of(SourceArtifact artifact, List<Visited> elements) {
        List<Reference> found = new ArrayList<>();
        elements.stream().filter(Visited::isLanguage).map(Visited::element).forEach(element -> {
            if (artifact.kind() != ArtifactKind.DATA_SERVICE) {
                for (XmlAttribute attribute : element.attributes()) {
                    kind(element, attribute)
                            .ifPresent(kind ->
                                    found.add(new Reference(kind, attribute.value(), element, attribute.name())));
                }
            }
            parameter(artifact, element).ifPresent(found::add);
            if (element.name().equals("dsName")) {
                found.add(new Reference(ArtifactKind.DATA_SOURCE, element.text().strip(), element, ""));
            }
        });
        return found;
    }

    private static Optional<ArtifactKind> kind(XmlElement element, XmlAttribute attribute) {
        ArtifactKind kind = BY_ELEMENT_AND_ATTRIBUTE.get(element.name() + " " + attribute.name());
        return Optional.ofNullable(kind == null ? BY_ATTRIBUTE.get(attribute.name()) : kind);
    }

    private static Optional<Reference> parameter(SourceArtifact artifact, XmlElement element) {
        boolean carrier = element.name().equals("parameter")
                || (element.name().equals("property")
                        && (artifact.kind() == ArtifactKind.TASK || artifact.kind() == ArtifactKind.DATA_SERVICE));
        String name = element.attribute("name");
        // A sampling processor hands each message to this sequence.
        boolean sampled = artifact.kind() == ArtifactKind.MESSAGE_PROCESSOR && name.equals("sequence");
        ArtifactKind kind = !carrier ? null : sampled ? ArtifactKind.SEQUENCE : BY_PARAMETER.get(name);
        if (kind == null) {
            return Optional.empty();
        }
        return Optional.of(
                element.has("value")
                        ? new Reference(kind, element.attribute("value"), element, "value")
                        : new Reference(kind, element.text().strip(), element, ""));
    }
}
