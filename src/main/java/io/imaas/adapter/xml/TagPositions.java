package io.imaas.adapter.xml;

import java.util.Optional;

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
            for (int equals = text.indexOf('=', start); 0 <= equals && equals < end; ) {
                int behind = equals;
                while (Character.isWhitespace(text.charAt(behind - 1))) {
                    behind--;
                }
                int at = behind;
                while (!Character.isWhitespace(text.charAt(at - 1))) {
                    at--;
                }
                String written = text.substring(at, behind);
                if (written.substring(written.indexOf(':') + 1).equals(name)) {
                    return at;
                }
                int quote = equals + 1;
                while (Character.isWhitespace(text.charAt(quote))) {
                    quote++;
                }
                equals = text.indexOf('=', text.indexOf(text.charAt(quote), quote + 1));
            }
            return -1;
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
