package io.imaas.adapter.mi.unittest;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Files as text within an element. */
final class XmlEscapes {
    private XmlEscapes() {}

    /** @throws FailureException INPUT when the file holds what XML can't */
    static String text(byte[] bytes, String file) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notText(file);
        }
        StringBuilder escaped = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                // A parser would make a line feed of it.
                case '\r' -> escaped.append("&#xd;");
                default -> {
                    if ((c < ' ' && c != '\n' && c != '\t') || c == '\uFFFE' || c == '\uFFFF') {
                        throw notText(file);
                    }
                    escaped.append(c);
                }
            }
        }
        return escaped.toString();
    }

    private static FailureException notText(String file) {
        return FailureException.input(
                "the registry resource is not UTF-8 text, and the protocol sends text only",
                Location.of(file),
                "test with a text resource");
    }
}
