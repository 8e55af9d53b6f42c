package io.imaas.model.tenancy;

import java.util.Locale;

/** What becomes of a person's own change of an environment that a gate would have refused. */
public enum DirectChangePolicy {
    /** It stays, and is told. */
    ALLOW,
    /** It stays, and the run is refused so that everybody sees it. */
    FLAG,
    /** A commit takes it back. */
    REVERT;

    /** As it is written in metadata and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
