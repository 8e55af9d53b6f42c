package io.imaas.adapter.mi;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Opens XML that others wrote: nothing outside of it is ever loaded. Bytes are decoded here, because the JDK's parser
 * prints wrong ones to standard error besides throwing.
 */
final class XmlSource {
    private static final int HEAD = 256;
    private static final Pattern ENCODING = Pattern.compile("^<\\?xml[^>]*?encoding\\s*=\\s*[\"']([\\w.:-]+)[\"']");

    private XmlSource() {}

    static XMLStreamReader open(byte[] xml) throws XMLStreamException {
        // The JDK's own, without the look-up on the class path that newInstance() repeats for every file.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        if (xml.length > 1 && (isMark(xml, 0xFE, 0xFF) || isMark(xml, 0xFF, 0xFE))) {
            return factory.createXMLStreamReader(new ByteArrayInputStream(xml));
        }
        String text = decode(xml, charset(xml));
        return factory.createXMLStreamReader(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
    }

    private static boolean isMark(byte[] xml, int first, int second) {
        return (xml[0] & 0xFF) == first && (xml[1] & 0xFF) == second;
    }

    private static Charset charset(byte[] xml) throws XMLStreamException {
        String head = new String(xml, 0, Math.min(HEAD, xml.length), StandardCharsets.ISO_8859_1);
        Matcher declared = ENCODING.matcher(head.startsWith("\u00EF\u00BB\u00BF") ? head.substring(3) : head);
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(declared.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new XMLStreamException("unknown encoding " + declared.group(1), new Place(1, 1, 0));
        }
    }

    private static String decode(byte[] xml, Charset charset) throws XMLStreamException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(xml);
        CharBuffer out = CharBuffer.allocate((int) Math.ceil(xml.length * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new XMLStreamException("these bytes are no " + charset.name(), Place.at(xml, in.position()));
        }
        return out.flip().toString();
    }

    /** Where decoding stopped. */
    private record Place(int line, int column, int offset) implements Location {
        static Place at(byte[] xml, int offset) {
            int line = 1;
            int start = 0;
            for (int i = 0; i < offset; i++) {
                if (xml[i] == '\n') {
                    line++;
                    start = i + 1;
                }
            }
            return new Place(line, offset - start + 1, offset);
        }

        @Override
        public int getLineNumber() {
            return line;
        }

        @Override
        public int getColumnNumber() {
            return column;
        }

        @Override
        public int getCharacterOffset() {
            return offset;
        }

        @Override
        public String getPublicId() {
            return null;
        }

        @Override
        public String getSystemId() {
            return null;
        }
    }
}
