package io.imaas.adapter.mi.source;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML of projects that nobody vouched for: no DTD, no entity but XML's own five, nothing fetched, and a limit on
 * depth. Not for use by several threads at once.
 */
public final class XmlParser {
    private static final Pattern JDK_PREFIX =
            Pattern.compile("(?s)^ParseError at \\[row,col\\]:\\[\\d+,\\d+\\]\\s*Message:\\s*");
    /** Far beyond any sane artifact, far below what would exhaust a stack elsewhere. */
    private static final int DEEPEST = 500;

    private final XMLInputFactory factory = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory;
    }

    /**
     * Reads a file.
     *
     * @param shown the path under which problems name it
     * @throws FailureException EXTERNAL when it can't be read
     */
    public XmlDocument parse(Path file, String shown) throws MalformedXmlException {
        try {
            return parse(Files.readAllBytes(file), shown);
        } catch (IOException e) {
            throw FailureException.external("the file can't be read: " + e.getMessage(), shown, "check its rights", e);
        }
    }

    /** Reads a document from memory. */
    public XmlDocument parse(byte[] bytes, String shown) throws MalformedXmlException {
        String text = XmlText.decode(shown, bytes);
        if (text.isBlank()) {
            throw new MalformedXmlException("the file is empty", new Location(shown, 1, 1));
        }
        XmlDocument document = new XmlDocument(shown, text);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            try {
                read(reader, document);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw malformed(e, shown);
        }
        return document;
    }

    private static void read(XMLStreamReader reader, XmlDocument document)
            throws XMLStreamException, MalformedXmlException {
        // Tags are found again only after the parser went over them, so the text before is known to be well-formed.
        TagPositions tags = new TagPositions(document.text());
        Deque<XmlElement> open = new ArrayDeque<>();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlElement element = element(reader, document, tags.next().orElseThrow());
                    if (open.isEmpty()) {
                        document.root(element);
                    } else {
                        open.peek().add(element);
                    }
                    open.push(element);
                    if (open.size() > DEEPEST) {
                        throw new MalformedXmlException(
                                "elements are nested more than " + DEEPEST + " deep", element.location());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement element = open.pop();
                    if (!element.emptyTag()) {
                        element.closedBy(tags.next().orElseThrow());
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.peek().addText(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD ->
                    throw new MalformedXmlException(
                            "a document type declaration is not allowed",
                            document.location(Math.max(0, document.text().indexOf("<!DOCTYPE"))));
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedXmlException(
                            "the entity '" + reader.getLocalName() + "' is not declared",
                            place(reader.getLocation(), document.file()));
                default -> {
                    // Comments and processing instructions mean nothing to the Micro Integrator.
                }
            }
        }
    }

    private static XmlElement element(XMLStreamReader reader, XmlDocument document, TagPositions.Tag tag) {
        List<XmlAttribute> attributes = new ArrayList<>(reader.getAttributeCount());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.add(new XmlAttribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i)));
        }
        String namespace = reader.getNamespaceURI();
        return new XmlElement(document, reader.getLocalName(), namespace == null ? "" : namespace, tag, attributes);
    }

    private static MalformedXmlException malformed(XMLStreamException e, String shown) {
        String message = e.getMessage() == null ? "not well-formed" : e.getMessage();
        Matcher prefix = JDK_PREFIX.matcher(message);
        return new MalformedXmlException(prefix.replaceFirst("").trim(), place(e.getLocation(), shown));
    }

    private static Location place(javax.xml.stream.Location at, String shown) {
        return at == null
                ? Location.of(shown)
                : new Location(shown, Math.max(0, at.getLineNumber()), Math.max(0, at.getColumnNumber()));
    }
}
