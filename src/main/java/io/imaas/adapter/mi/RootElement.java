package io.imaas.adapter.mi;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The first element of an XML file: all that the packer needs to know of an artifact.
 *
 * @param attributes those without a namespace
 */
record RootElement(String name, Map<String, String> attributes, Location where) {
    RootElement {
        attributes = Map.copyOf(attributes);
    }

    Optional<String> attribute(String wanted) {
        return Optional.ofNullable(attributes.get(wanted));
    }

    /**
     * Reads the whole file, so that an error anywhere is found.
     *
     * @param shown the file as the user knows it
     * @throws FailureException INPUT with {@code file:line:column} when the file is not well-formed
     */
    static RootElement strict(byte[] xml, String shown) {
        try {
            XMLStreamReader reader = XmlSource.open(xml);
            RootElement root = first(reader, shown);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } catch (XMLStreamException e) {
            throw XmlElement.malformed(e, shown);
        }
    }

    /** Reads only as far as the root element; nothing when it is broken before. */
    static Optional<RootElement> peek(Path file, String shown) {
        return peek(Folders.bytes(file), shown);
    }

    /** The same for contents at hand. */
    static Optional<RootElement> peek(byte[] xml, String shown) {
        try {
            return Optional.of(first(XmlSource.open(xml), shown));
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static RootElement first(XMLStreamReader reader, String shown) throws XMLStreamException {
        while (!reader.isStartElement()) {
            reader.next();
        }
        return new RootElement(
                reader.getLocalName(), XmlElement.attributes(reader), XmlElement.where(reader.getLocation(), shown));
    }
}
