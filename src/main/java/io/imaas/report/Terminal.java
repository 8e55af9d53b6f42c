package io.imaas.report;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What the output can do.
 *
 * @param live whether lines may be drawn again: a terminal that is not dumb
 * @param color whether colour is wanted; see no-color.org
 */
public record Terminal(boolean live, boolean color) {
    /** Reads the environment; the launcher says in {@code IMAAS_TTY} whether standard output is a terminal. */
    public static Terminal of(Map<String, String> environment) {
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean tty = environment.getOrDefault("IMAAS_TTY", "").equals("1") && !dumb;
        boolean color = tty && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(tty, color);
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
