package io.imaas.model.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that Git leaves in a file whose merge is not finished: no parser tells them from any other mistake. */
public final class ConflictMarkers {
    /** What is wrong, as a sentence. */
    public static final String WHAT = "this is the marker of a merge conflict that nobody has resolved";
    /** What to do. */
    public static final String FIX =
            "choose between the two sides, then remove the lines that begin with <<<<<<<, ======= and >>>>>>>";

    private static final Pattern MARKER = Pattern.compile("^(?:<{7} .*|={7}|>{7} .*)\\r?$", Pattern.MULTILINE);

    private ConflictMarkers() {}

    /** The offset of the first marker; empty when the text has none. */
    public static Optional<Integer> in(String text) {
        Matcher matcher = MARKER.matcher(text);
        return matcher.find() ? Optional.of(matcher.start()) : Optional.empty();
    }
}
