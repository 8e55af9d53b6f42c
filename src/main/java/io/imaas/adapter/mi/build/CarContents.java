package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lists of a CAR's contents, {@code artifacts.xml} and {@code metadata.xml}. WSO2's plugin writes them in the order
 * in which the file system happens to list folders; here they have one order that follows from the contents: the
 * plugin's order of types, then the name, and registry resources as their {@code artifact.xml} orders them.
 */
public record CarContents(String name, String version, String mainSequence, List<Item> items) {
    /** Behind the kinds that have a folder of their own; the empty one stands for all that are unknown. */
    private static final List<String> TYPES = Stream.concat(
                    Arrays.stream(ArtifactKind.values()).map(ArtifactKind::type),
                    Stream.of(
                            "synapse/lib",
                            "registry/resource",
                            "config/property",
                            "lib/synapse/mediator",
                            "lib/connector/dependency",
                            "",
                            "synapse/metadata"))
            .toList();

    public CarContents {
        items = List.copyOf(items);
    }

    /** In the order that follows from the contents. */
    public CarContents sorted() {
        return new CarContents(
                name,
                version,
                mainSequence,
                items.stream()
                        .sorted(Comparator.comparingInt(Item::rank).thenComparing(Item::order))
                        .toList());
    }

    /**
     * One artifact.
     *
     * @param type as in its {@code artifact.xml}; empty when unknown
     */
    public record Item(String artifact, String version, String serverRole, String type) {
        static final String INTEGRATOR = "EnterpriseIntegrator";

        /** WSO2's plugin gives the data kinds the old name of the other server. */
        static Item of(String artifact, String version, ArtifactKind kind) {
            return new Item(artifact, version, kind.isSynapse() ? INTEGRATOR : "EnterpriseServiceBus", kind.type());
        }

        /**
         * Of its {@code artifact.xml}.
         *
         * @param connector whose library it is, or null
         */
        String[] attributes(String connector) {
            return new String[] {
                "name", artifact, "version", version, "type", type, "serverRole", serverRole, "connector", connector
            };
        }

        int rank() {
            int rank = TYPES.indexOf(type);
            return rank < 0 ? TYPES.indexOf("") : rank;
        }

        /** Unknown kinds and registry resources keep the order in which they came. */
        String order() {
            return type.isEmpty() || type.equals("registry/resource") ? "" : artifact + '\0' + version;
        }
    }

    public byte[] xml() {
        CarXml xml = new CarXml().open("artifacts");
        String[] head = {"name", name, "version", version, "type", "carbon/application", "mainSequence", mainSequence};
        if (items.isEmpty()) {
            xml.empty("artifact", head);
        } else {
            xml.open("artifact", head);
            items.forEach(i -> xml.empty(
                    "dependency",
                    "artifact",
                    i.artifact(),
                    "version",
                    i.version(),
                    "include",
                    "true",
                    "serverRole",
                    i.serverRole()));
            xml.close("artifact");
        }
        return xml.close("artifacts").bytes();
    }

    /** Reads such a list; nothing when it has another shape than WSO2's plugin gives it. */
    public static Optional<CarContents> read(byte[] list, Map<String, String> typeByNameAndVersion) {
        XmlElement root = XmlParser.read(list, "artifacts.xml");
        List<XmlElement> applications = root.children("artifact");
        if (applications.size() != 1) {
            return Optional.empty();
        }
        XmlElement application = applications.get(0);
        List<Item> items = new ArrayList<>();
        for (XmlElement one : application.children("dependency")) {
            if (!"true".equals(one.attribute("include"))) {
                return Optional.empty();
            }
            String artifact = one.attribute("artifact");
            String version = one.attribute("version");
            String type = typeByNameAndVersion.getOrDefault(artifact + '\0' + version, "");
            items.add(new Item(artifact, version, one.attribute("serverRole"), type));
        }
        return Optional.of(new CarContents(
                application.attribute("name"),
                application.attribute("version"),
                application.optional("mainSequence").orElse(null),
                items));
    }
}
