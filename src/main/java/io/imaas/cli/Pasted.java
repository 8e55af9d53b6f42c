package io.imaas.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Words as a shell reads them back: what we print can be pasted. */
public final class Pasted {
    private Pasted() {}

    /** One word, in quotes where it needs some. */
    public static String of(Object word) {
        String text = word.toString();
        return text.matches("[\\p{Alnum}_@%+=:,./~…-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** A whole command of this program. */
    static String imaas(List<String> words) {
        return "imaas " + words.stream().map(Pasted::of).collect(Collectors.joining(" "));
    }
}
