package io.imaas.plan.promotion;

/** What becomes of a person's own change that a gate would have refused. */
public enum DirectChangePolicy {
    /** It stays, and is told. */
    ALLOW,
    /** It stays, and the run is refused so that everybody sees it. */
    FLAG,
    /** A commit takes it back. */
    REVERT
}
