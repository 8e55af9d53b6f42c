package io.imaas.report;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What the output can do.
 *
 * @param live whether lines may be drawn again: a terminal that is not dumb
 * @param color whether colour is wanted; see no-color.org
 * @param columns how many characters a line has; no limit where nobody looks at it
 */
public record Terminal(boolean live, boolean color, int columns) {
    private static final int FEWEST = 40;

    /** A file, a pipe or a log: lines are as long as they are. */
    public static final Terminal NONE = new Terminal(false, false);

    public Terminal(boolean live, boolean color) {
        this(live, color, Integer.MAX_VALUE);
    }

    /**
     * Reads the environment; the launcher says in {@code IMAAS_TTY} whether standard output is a terminal, and in
     * {@code IMAAS_COLUMNS} how wide it is.
     */
    public static Terminal of(Map<String, String> environment) {
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean tty = environment.getOrDefault("IMAAS_TTY", "").equals("1") && !dumb;
        boolean color = tty && environment.getOrDefault("NO_COLOR", "").isEmpty();
        String columns = environment.getOrDefault("IMAAS_COLUMNS", "");
        return tty && columns.matches("[1-9]\\d{0,4}")
                ? new Terminal(true, color, Math.max(FEWEST, Integer.parseInt(columns)))
                : new Terminal(tty, color);
    }

    /** The same of standard error, which may be a file where the output is a terminal: {@code IMAAS_ERROR_TTY} says so. */
    public static Terminal ofErrors(Map<String, String> environment) {
        return environment.getOrDefault("IMAAS_ERROR_TTY", "").equals("1") ? of(environment) : NONE;
    }

    /**
     * A text that is too long for a line, on several; the next ones are indented. Words longer than a line stay whole, so
     * that they can be copied.
     */
    String folded(String text, int indent) {
        StringBuilder folded = new StringBuilder();
        int column = 0;
        for (String word : text.split("(?<=\\S)(?= )")) {
            if (column > indent && column + word.length() > columns) {
                folded.append('\n').append(" ".repeat(indent));
                column = indent;
                folded.append(word.stripLeading());
                column += word.stripLeading().length();
            } else {
                folded.append(word);
                column += word.length();
            }
        }
        return folded.toString();
    }

    /** Moves to where the next line is to stand. */
    public void command(PrintWriter out, String sequence) {
        if (out instanceof TerminalWriter terminal) {
            terminal.command(sequence);
        } else {
            out.print(sequence);
        }
    }

    public String good(String text) {
        return paint("32", text);
    }

    public String bad(String text) {
        return paint("31;1", text);
    }

    public String warn(String text) {
        return paint("33", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String bold(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
