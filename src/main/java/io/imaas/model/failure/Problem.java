package io.imaas.model.failure;

import java.io.Serializable;

/**
 * One finding in a user's file.
 *
 * @param rule stable identifier for machines and for filters, such as {@code unknown-key}
 * @param what what is wrong
 * @param fix what to try
 */
public record Problem(Severity severity, String rule, Location where, String what, String fix) implements Serializable {
    /** Whether a finding stops the work. */
    public enum Severity {
        ERROR,
        WARNING,
        INFO
    }

    public static Problem error(String rule, Location where, String what, String fix) {
        return new Problem(Severity.ERROR, rule, where, what, fix);
    }

    public static Problem warning(String rule, Location where, String what, String fix) {
        return new Problem(Severity.WARNING, rule, where, what, fix);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The same with another path of its file. */
    public Problem in(String file) {
        return new Problem(severity, rule, new Location(file, where.line(), where.column()), what, fix);
    }

    /** The same as seen from a folder above, {@code ""} for the same one. What lies in an archive has no such path. */
    public Problem below(String folder) {
        return folder.isEmpty() || where.file().contains("!/") ? this : in(folder + "/" + where.file());
    }

    /** One line: place, severity, what, and what to try. */
    public String sentence() {
        return where + ": " + severity.name().toLowerCase(java.util.Locale.ROOT) + ": " + what
                + (fix.isEmpty() ? "" : " (" + fix + ")");
    }
}
