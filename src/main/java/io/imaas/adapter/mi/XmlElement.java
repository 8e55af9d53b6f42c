package io.imaas.adapter.mi;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML element with its attributes in the order written. Read without ever loading anything outside of the file.
 *
 * @param name local name; namespaces are told by {@link #namespaced}
 * @param content elements, texts ({@code String}) and comments ({@link Remark}), in order
 * @param where its start tag's end
 */
record XmlElement(
        String name, boolean namespaced, Map<String, String> attributes, List<Object> content, Location where) {
    XmlElement {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        content = List.copyOf(content);
    }

    /** A comment. */
    record Remark(String text) {}

    /**
     * @param shown the file as the user knows it
     * @throws FailureException INPUT with {@code file:line:column} when the file is not well-formed
     */
    static XmlElement read(Path file, String shown) {
        return read(Folders.bytes(file), shown);
    }

    /** Nothing for a broken file: for those who only look for something and leave the finding of faults to others. */
    static Optional<XmlElement> readIfWellFormed(Path file, String shown) {
        try {
            return Optional.of(read(file, shown));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    /** The same as {@link #read(Path, String)} for contents at hand. */
    static XmlElement read(byte[] xml, String shown) {
        try {
            XMLStreamReader reader = XmlSource.open(xml);
            while (!reader.isStartElement()) {
                reader.next();
            }
            XmlElement root = element(reader, shown);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } catch (XMLStreamException e) {
            throw malformed(e, shown);
        }
    }

    private static XmlElement element(XMLStreamReader reader, String shown) throws XMLStreamException {
        String name = reader.getLocalName();
        String namespace = reader.getNamespaceURI();
        boolean namespaced = namespace != null && !namespace.isEmpty();
        Location where = where(reader.getLocation(), shown);
        Map<String, String> attributes = attributes(reader);
        List<Object> content = new ArrayList<>();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            switch (reader.getEventType()) {
                case XMLStreamConstants.START_ELEMENT -> content.add(element(reader, shown));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    content.add(reader.getText());
                case XMLStreamConstants.COMMENT -> content.add(new Remark(reader.getText()));
                default -> {
                    // Processing instructions and unresolved entities mean nothing in these files.
                }
            }
        }
        return new XmlElement(name, namespaced, attributes, content, where);
    }

    /** Those without a namespace, in their order. */
    static Map<String, String> attributes(XMLStreamReader reader) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String namespace = reader.getAttributeNamespace(i);
            if (namespace == null || namespace.isEmpty()) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }
        return attributes;
    }

    static Location where(javax.xml.stream.Location at, String shown) {
        return at == null
                ? Location.of(shown)
                : new Location(shown, Math.max(0, at.getLineNumber()), Math.max(0, at.getColumnNumber()));
    }

    static FailureException malformed(XMLStreamException e, String shown) {
        String message = String.valueOf(e.getMessage());
        int text = message.indexOf("Message: ");
        return FailureException.input(
                "not well-formed XML: " + (text < 0 ? message : message.substring(text + "Message: ".length())),
                where(e.getLocation(), shown).toString(),
                "correct the file");
    }

    List<XmlElement> elements() {
        return content.stream()
                .filter(XmlElement.class::isInstance)
                .map(XmlElement.class::cast)
                .toList();
    }

    /** Child elements with this local name, in order, whatever their namespace. */
    List<XmlElement> children(String wanted) {
        return elements().stream().filter(e -> e.name.equals(wanted)).toList();
    }

    Optional<XmlElement> child(String wanted) {
        return elements().stream().filter(e -> e.name.equals(wanted)).findFirst();
    }

    /** Its own text, as it is; what its children say is not part of it. */
    String text() {
        StringBuilder text = new StringBuilder();
        content.forEach(c -> text.append(c instanceof String s ? s : ""));
        return text.toString();
    }

    /** Trimmed text of a child, or an empty string. */
    String text(String wanted) {
        return child(wanted).map(c -> c.text().trim()).orElse("");
    }

    /** An attribute without a namespace, or null when there is none. */
    String attribute(String wanted) {
        return attributes.get(wanted);
    }

    /** Whether it or anything in it has a namespace. */
    boolean usesNamespaces() {
        return namespaced || elements().stream().anyMatch(XmlElement::usesNamespaces);
    }
}
