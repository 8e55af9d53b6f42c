package io.imaas.app.access;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody may ask for beyond looking. */
public enum Right {
    PROMOTE,
    APPROVE,
    ROLLBACK,
    RESUME,
    RELEASE,
    REVIEW,
    ONBOARD,
    /** Remove previews of pull requests. */
    PREVIEW;

    /** All of them as they are written, with commas between. */
    public static String words() {
        return Stream.of(values()).map(Right::word).collect(Collectors.joining(", "));
    }

    /** As it is written in the file of tokens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
