package io.imaas.model.failure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a file. Lines and columns count from 1; 0 means unknown.
 *
 * @param file path as the user knows it, with forward slashes
 */
public record Location(String file, int line, int column) implements Place, Comparable<Location> {
    private static final Pattern FORM = Pattern.compile("(.+?):(\\d{1,9})(?::(\\d{1,9}))?");

    public static Location of(String file) {
        return new Location(file, 0, 0);
    }

    /** Reads {@link #toString()}, as it stands in JSON. */
    public static Location parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return of(text);
        }
        return new Location(
                form.group(1),
                Integer.parseInt(form.group(2)),
                form.group(3) == null ? 0 : Integer.parseInt(form.group(3)));
    }

    @Override
    public Location below(String folder) {
        boolean stays = folder.isEmpty() || file.startsWith("/") || file.matches("\\p{Alpha}:.*");
        return stays ? this : new Location(folder + (file.isEmpty() ? "" : "/" + file), line, column);
    }

    @Override
    public int compareTo(Location other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code file:line:column}, the form that editors and CI servers turn into a link. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
    }
}
