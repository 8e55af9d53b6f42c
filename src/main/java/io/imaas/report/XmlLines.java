package io.imaas.report;

import io.imaas.model.failure.FailureException;
import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML for programs: one element a line, indented, and never a character that XML 1.0 forbids. */
final class XmlLines {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;
    private int depth;

    XmlLines() {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    XmlLines open(String name, Map<String, String> attributes) {
        try {
            newLine();
            xml.writeStartElement(name);
            attributes(attributes);
            depth++;
            return this;
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    XmlLines close() {
        try {
            depth--;
            newLine();
            xml.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    /** An element with text only; an empty text gives an empty element. */
    XmlLines element(String name, Map<String, String> attributes, String content) {
        try {
            newLine();
            if (content.isEmpty()) {
                xml.writeEmptyElement(name);
                attributes(attributes);
            } else {
                xml.writeStartElement(name);
                attributes(attributes);
                xml.writeCharacters(allowed(content));
                xml.writeEndElement();
            }
            return this;
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    String end() {
        try {
            xml.writeEndDocument();
            xml.close();
            return text + "\n";
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    private void attributes(Map<String, String> attributes) throws XMLStreamException {
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            xml.writeAttribute(attribute.getKey(), allowed(attribute.getValue()));
        }
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** Results hold whatever a service answered. */
    private static String allowed(String content) {
        StringBuilder clean = new StringBuilder(content.length());
        content.codePoints()
                .map(c -> c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || (c >= 0x20 && c <= 0xD7FF)
                                || (c >= 0xE000 && c <= 0xFFFD)
                                || c >= 0x10000
                        ? c
                        : 0xFFFD)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static FailureException broken(XMLStreamException e) {
        return FailureException.defect("a report can't be written as XML", e);
    }
}
