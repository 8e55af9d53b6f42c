package io.imaas.adapter.yaml;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A YAML file as text, with its byte order mark set aside. Offsets count UTF-16 units. */
record YamlText(String file, String text, boolean marked) {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** Refuses what is not UTF-8, since it could not be written back byte by byte. */
    static YamlText decode(String file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        if (decoder.decode(in, out, true).isError()) {
            YamlText before = new YamlText(file, out.flip().toString(), false);
            throw before.refuse(before.length(), "this is not UTF-8 text", "save the file as UTF-8");
        }
        decoder.flush(out);
        return of(file, out.flip().toString());
    }

    static YamlText of(String file, String text) {
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return new YamlText(file, marked ? text.substring(1) : text, marked);
    }

    byte[] encode() throws CharacterCodingException {
        ByteBuffer bytes = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .encode(CharBuffer.wrap(marked ? BYTE_ORDER_MARK + text : text));
        byte[] result = new byte[bytes.remaining()];
        bytes.get(result);
        return result;
    }

    int length() {
        return text.length();
    }

    /** The text with a stretch of it replaced. */
    YamlText splice(int from, int to, String replacement) {
        return new YamlText(file, text.substring(0, from) + replacement + text.substring(to), marked);
    }

    FailureException refuse(int offset, String what, String suggestion) {
        return FailureException.input(what, location(offset), suggestion);
    }

    /** Columns count characters as people see them in an editor: code points. */
    Location location(int offset) {
        int line = 1;
        int start = 0;
        for (int next = lineEnd(0); next < offset; next = lineEnd(start)) {
            int after = afterBreak(next);
            if (after > offset) {
                break;
            }
            start = after;
            line++;
            if (start >= length()) {
                break;
            }
        }
        return new Location(file, line, text.codePointCount(start, Math.max(start, offset)) + 1);
    }

    /** Where the line that holds an offset begins. */
    int lineStart(int offset) {
        int at = offset;
        while (at > 0 && !isBreak(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** The end of the line that holds an offset, before its break. */
    int lineEnd(int offset) {
        int at = offset;
        while (at < length() && !isBreak(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The offset behind the line break at an offset; at the end of the text there is none. */
    int afterBreak(int offset) {
        if (offset >= length()) {
            return offset;
        }
        boolean pair = text.startsWith("\r\n", offset);
        return offset + (pair ? 2 : 1);
    }

    /** The break this file uses. */
    String lineBreak() {
        int first = lineEnd(0);
        return first == length() ? "\n" : text.substring(first, afterBreak(first));
    }

    boolean endsWithBreak() {
        return text.isEmpty() || isBreak(text.charAt(length() - 1));
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }
}
