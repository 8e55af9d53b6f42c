package io.imaas.adapter.xml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the tags of a document stand. The JDK's parsers only tell where a tag ends, and not exactly; a document that one
 * of them found well-formed and without a DTD is simple enough to find the tags again.
 */
final class TagPositions {
    private final String text;
    private int position;

    TagPositions(String text) {
        this.text = text;
    }

    /** A tag from its {@code <} to behind its {@code >}. */
    record Tag(int start, int end, boolean empty) {
        /** Where an attribute's name stands in the text, or -1. */
        int attribute(String text, String name) {
            Matcher matcher = Pattern.compile("\\s([\\w.-]+:)?" + Pattern.quote(name) + "\\s*=")
                    .matcher(text)
                    .region(start, end);
            return matcher.find() ? matcher.start() + 1 : -1;
        }
    }

    /** The next start or end tag. */
    Optional<Tag> next() {
        while (true) {
            int open = text.indexOf('<', position);
            if (open < 0) {
                return Optional.empty();
            }
            if (text.startsWith("<!--", open)) {
                position = after("-->", open + 4);
            } else if (text.startsWith("<![CDATA[", open)) {
                position = after("]]>", open + 9);
            } else if (text.startsWith("<?", open)) {
                position = after("?>", open + 2);
            } else {
                position = afterTag(open);
                return Optional.of(new Tag(open, position, text.charAt(position - 2) == '/'));
            }
        }
    }

    private int after(String delimiter, int from) {
        return text.indexOf(delimiter, from) + delimiter.length();
    }

    /** A {@code >} may stand in an attribute's value. */
    private int afterTag(int open) {
        char quote = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i + 1;
            }
        }
        return text.length();
    }
}
