package io.imaas.plan;

import java.util.List;

/**
 * Words from sources, logs and people as text in Markdown: a pull request of strangers must not make our comment
 * mention people, show pictures, or hide what follows.
 */
public final class MarkdownText {
    private MarkdownText() {}

    /** One line, every character as itself. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder();
        for (char c :
                VisibleText.of(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip()).toCharArray()) {
            switch (c) {
                case '&' -> line.append("&amp;");
                case '<' -> line.append("&lt;");
                case '>' -> line.append("&gt;");
                // Between the two no server sees the name of somebody to be told.
                case '@' -> line.append("@\u200b");
                case '\\', '`', '*', '_', '[', ']', '|', '~', '#', '!' ->
                    line.append('\\').append(c);
                default -> line.append(c);
            }
        }
        return line.toString();
    }

    /** The same, short enough for a cell of a table. */
    public static String cell(String text) {
        return line(text.length() > 300 ? text.substring(0, 299) + "…" : text);
    }

    /** Lines as they are, in a fence longer than any within. */
    public static String fenced(String language, List<String> lines) {
        int longest = 2;
        for (String text : lines) {
            int run = 0;
            for (int i = 0; i < text.length(); i++) {
                run = text.charAt(i) == '`' ? run + 1 : 0;
                longest = Math.max(longest, run);
            }
        }
        String fence = "`".repeat(longest + 1);
        return fence + language + "\n" + VisibleText.of(String.join("\n", lines)) + "\n" + fence + "\n";
    }
}
