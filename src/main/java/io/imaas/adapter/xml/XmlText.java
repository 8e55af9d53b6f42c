package io.imaas.adapter.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import org.apache.commons.io.input.XmlStreamReader;

/** Bytes to text by XML 1.0's rules (appendix F): byte order mark, then the declaration, else UTF-8. */
final class XmlText {
    private static final String MARK = "\uFEFF";

    private XmlText() {}

    static String decode(String file, byte[] bytes) throws MalformedXmlException {
        Charset charset = charset(file, bytes);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 1);
        boolean wrong = decoder.decode(ByteBuffer.wrap(bytes), out, true).isError();
        String text = out.flip().toString();
        String content = text.startsWith(MARK) ? text.substring(MARK.length()) : text;
        if (wrong) {
            throw new MalformedXmlException(
                    "these bytes are not valid " + charset.name(),
                    new XmlDocument(file, content).location(content.length()),
                    null);
        }
        return content;
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
