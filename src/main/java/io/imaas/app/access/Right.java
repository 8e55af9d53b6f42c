package io.imaas.app.access;

import java.util.Locale;

/** What somebody may ask for beyond looking. */
public enum Right {
    PROMOTE,
    APPROVE,
    ROLLBACK,
    RESUME;

    /** As it is written in the file of tokens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
