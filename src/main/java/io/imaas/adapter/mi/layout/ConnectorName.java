package io.imaas.adapter.mi.layout;

import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a connector calls itself in its {@code connector.xml}.
 *
 * @param name what stands before the dot of its operations
 */
public record ConnectorName(String space, String name) {
    /** Of the root of a {@code connector.xml}; empty when it names no component. */
    public static Optional<ConnectorName> of(XmlElement connector) {
        List<XmlElement> components = new ArrayList<>();
        connector.walk(element -> {
            if (element.name().equals("component")) {
                components.add(element);
            }
        });
        return components.stream()
                .findFirst()
                .map(component -> new ConnectorName(component.attribute("package"), component.attribute("name")));
    }

    /** Of a connector's zip; empty when the bytes are none. */
    public static Optional<ConnectorName> ofZip(byte[] zip) {
        try {
            return Optional.of(readZip(zip));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Of a connector's zip. @throws IOException that says why the runtime cannot take it for a connector */
    public static ConnectorName readZip(byte[] zip) throws IOException {
        Map<String, byte[]> entries;
        try {
            entries = CarZip.entries(zip);
        } catch (IOException e) {
            throw new IOException("it cannot be unzipped: " + e.getMessage(), e);
        }
        byte[] connector = entries.get("connector.xml");
        if (connector == null) {
            throw new IOException("it has no connector.xml");
        }
        return XmlParser.readIfWellFormed(connector, "connector.xml")
                .flatMap(ConnectorName::of)
                .filter(component -> !component.name().isBlank())
                .orElseThrow(() -> new IOException("its connector.xml names no component"));
    }

    /** As the CAR's lists have it. */
    public String qualified() {
        return (space.isEmpty() ? "" : "{" + space + "}") + name;
    }
}
