package io.imaas.adapter.xml;

import io.imaas.adapter.xml.XmlElement.XmlAttribute;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.ConflictMarkers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.io.input.XmlStreamReader;

/**
 * Reads XML of projects that nobody vouched for: no DTD, no entity but XML's own five, nothing fetched, and a limit on
 * depth. Not for use by several threads at once.
 */
public final class XmlParser {
    /** Far beyond any sane artifact, far below what would exhaust a stack elsewhere. */
    private static final int DEEPEST = 500;

    /** Bytes that an element takes with what the checks note of it. */
    private static final int ELEMENT = 600;

    private final XMLInputFactory factory = factory();
    /** Bytes of memory that this parser's documents may still take: all of them are kept. */
    private long left = Runtime.getRuntime().maxMemory() / 2;

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
     * Reads a document whose faults end the work.
     *
     * @param shown the file as the user knows it
     * @throws FailureException INPUT with {@code file:line:column} when the file is not well-formed
     */
    public static XmlElement read(byte[] bytes, String shown) {
        try {
            return new XmlParser().parse(bytes, shown).root();
        } catch (MalformedXmlException e) {
            throw FailureException.input("not well-formed XML: " + e.getMessage(), e.where(), "correct it there");
        }
    }

    /** Reads a document; empty for a broken one: for those who leave the finding of faults to others. */
    public static Optional<XmlElement> readIfWellFormed(byte[] bytes, String shown) {
        try {
            return Optional.of(new XmlParser().parse(bytes, shown).root());
        } catch (MalformedXmlException e) {
            return Optional.empty();
        }
    }

    /** The root element with its attributes and nothing in it, even when the document is broken behind its tag. */
    public static Optional<XmlElement> rootOf(byte[] bytes, String shown) {
        try {
            return Optional.of(new XmlParser().parse(bytes, shown, true).root());
        } catch (MalformedXmlException e) {
            return e.root();
        }
    }

    /** Reads a document from memory; {@code shown} is the path under which problems name it. */
    public XmlDocument parse(byte[] bytes, String shown) throws MalformedXmlException {
        return parse(bytes, shown, false);
    }

    private XmlDocument parse(byte[] bytes, String shown, boolean rootOnly) throws MalformedXmlException {
        long before = left;
        try {
            take(6L * bytes.length, new XmlDocument(shown, ""));
            return document(bytes, shown, rootOnly);
        } catch (MalformedXmlException e) {
            // It is dropped, so that the next one has its memory.
            left = before;
            throw e;
        }
    }

    private XmlDocument document(byte[] bytes, String shown, boolean rootOnly) throws MalformedXmlException {
        String text = XmlText.decode(shown, bytes);
        XmlDocument document = new XmlDocument(shown, text);
        if (text.isBlank()) {
            throw malformed("the file is empty", 0, document);
        }
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            try {
                read(reader, document, rootOnly);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            XmlFault.Found fault = ConflictMarkers.in(text)
                    .map(offset -> new XmlFault.Found(ConflictMarkers.WHAT, offset))
                    .or(() -> XmlFault.in(text))
                    .orElseGet(() -> new XmlFault.Found("the XML is not well-formed here", offset(e, text)));
            throw malformed(fault.what(), fault.offset(), document);
        }
        return document;
    }

    private void take(long memory, XmlDocument document) throws MalformedXmlException {
        left -= memory;
        if (left < 0) {
            throw malformed("this is more XML than fits into Java's memory; give it more with -Xmx", 0, document);
        }
    }

    private void read(XMLStreamReader reader, XmlDocument document, boolean rootOnly)
            throws XMLStreamException, MalformedXmlException {
        // Tags are found again only after the parser went over them, so the text before is known to be well-formed.
        TagPositions tags = new TagPositions(document.text());
        Deque<XmlElement> open = new ArrayDeque<>();
        while (reader.hasNext() && !(rootOnly && document.root() != null)) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    take(ELEMENT, document);
                    XmlElement element = element(reader, document, tags.next().orElseThrow());
                    if (open.isEmpty()) {
                        document.root(element);
                    } else {
                        open.peek().add(element);
                    }
                    open.push(element);
                    if (open.size() > DEEPEST) {
                        throw malformed(
                                "elements are nested more than " + DEEPEST + " deep", element.start(), document);
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
                        open.peek().add(new XmlNode.Text(reader.getText()));
                    }
                }
                case XMLStreamConstants.COMMENT -> {
                    if (!open.isEmpty()) {
                        open.peek().add(new XmlNode.Comment(reader.getText()));
                    }
                }
                case XMLStreamConstants.DTD ->
                    throw malformed(
                            "a document type declaration is not allowed",
                            Math.max(0, document.text().indexOf("<!DOCTYPE")),
                            document);
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("an entity that nobody declared", reader.getLocation());
                default -> {
                    // Processing instructions mean nothing to the Micro Integrator.
                }
            }
        }
    }

    private static XmlElement element(XMLStreamReader reader, XmlDocument document, TagPositions.Tag tag) {
        List<XmlAttribute> attributes = new ArrayList<>(reader.getAttributeCount());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String namespace = reader.getAttributeNamespace(i);
            attributes.add(new XmlAttribute(
                    reader.getAttributeLocalName(i), namespace == null ? "" : namespace, reader.getAttributeValue(i)));
        }
        String namespace = reader.getNamespaceURI();
        return new XmlElement(document, reader.getLocalName(), namespace == null ? "" : namespace, tag, attributes);
    }

    private static int offset(XMLStreamException e, String text) {
        int offset = e.getLocation() == null ? 0 : e.getLocation().getCharacterOffset();
        return Math.max(0, Math.min(offset, text.length() - 1));
    }

    private static MalformedXmlException malformed(String what, int offset, XmlDocument document) {
        return new MalformedXmlException(what, document.location(offset), document.root());
    }

    /** Bytes to text by XML 1.0's rules (appendix F): byte order mark, then the declaration, else UTF-8. */
    private static final class XmlText {
        private static final String MARK = "\uFEFF";
        /** What Java puts in place of bytes that are no text: only then is it asked which, for that is slow. */
        private static final String REPLACED = "\uFFFD";

        private XmlText() {}

        static String decode(String file, byte[] bytes) throws MalformedXmlException {
            Charset charset = charset(file, bytes);
            String plain = charset.equals(StandardCharsets.UTF_8) ? new String(bytes, charset) : REPLACED;
            if (!plain.contains(REPLACED)) {
                return withoutMark(plain);
            }
            CharsetDecoder decoder = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            CharBuffer out = CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 1);
            boolean wrong = decoder.decode(ByteBuffer.wrap(bytes), out, true).isError();
            String text = out.flip().toString();
            String content = withoutMark(text);
            if (wrong) {
                throw new MalformedXmlException(
                        "these bytes are not valid " + charset.name(),
                        new XmlDocument(file, content).location(content.length()),
                        null);
            }
            return content;
        }

        private static String withoutMark(String text) {
            return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
        }

        private static Charset charset(String file, byte[] bytes) throws MalformedXmlException {
            try (XmlStreamReader reader = XmlStreamReader.builder()
                    .setInputStream(new ByteArrayInputStream(bytes))
                    .setLenient(false)
                    .get()) {
                return Charset.forName(reader.getEncoding());
            } catch (IOException | IllegalArgumentException e) {
                throw new MalformedXmlException(
                        "the encoding that its first line names is unknown, or not that of its bytes",
                        new XmlDocument(file, "").location(0),
                        null);
            }
        }
    }
}
