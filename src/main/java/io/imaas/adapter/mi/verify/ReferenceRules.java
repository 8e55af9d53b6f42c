package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.synapse.SynapseLanguage;
import io.imaas.adapter.mi.synapse.SynapseWalk.Visited;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlElement.XmlAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which attributes and elements name another artifact: the table {@code synapse/references.txt}. */
final class ReferenceRules {
    private static final Map<String, ArtifactKind> TABLE = table();

    private ReferenceRules() {}

    private static Map<String, ArtifactKind> table() {
        Map<String, ArtifactKind> table = new HashMap<>();
        for (String row : SynapseLanguage.rows("/synapse/references.txt")) {
            String[] words = row.split(" ");
            Arrays.stream(words).skip(1).forEach(place -> table.put(place, ArtifactKind.valueOf(words[0])));
        }
        return Map.copyOf(table);
    }

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
        ArtifactKind kind = TABLE.get(element.name() + "@" + attribute.name());
        return Optional.ofNullable(kind == null ? TABLE.get("@" + attribute.name()) : kind);
    }

    private static Optional<Reference> parameter(SourceArtifact artifact, XmlElement element) {
        boolean carrier = element.name().equals("parameter")
                || (element.name().equals("property")
                        && (artifact.kind() == ArtifactKind.TASK || artifact.kind() == ArtifactKind.DATA_SERVICE));
        String name = element.attribute("name");
        // A sampling processor hands each message to this sequence.
        boolean sampled = artifact.kind() == ArtifactKind.MESSAGE_PROCESSOR && name.equals("sequence");
        ArtifactKind kind = !carrier ? null : sampled ? ArtifactKind.SEQUENCE : TABLE.get(name);
        if (kind == null) {
            return Optional.empty();
        }
        return Optional.of(
                element.has("value")
                        ? new Reference(kind, element.attribute("value"), element, "value")
                        : new Reference(kind, element.text().strip(), element, ""));
    }
}
