package io.imaas.adapter.argocd.machine;

import io.imaas.model.image.Digest;

/**
 * How a revision stands to the commit that must come live.
 *
 * @param digest the image that the revision wants at the application's path; null when it names none
 * @param reason why it is unknown; empty otherwise
 */
public record Standing(Relation relation, Digest digest, String reason) {
    /** Where the revision is in history. */
    public enum Relation {
        /** The commit itself, or a descendant of it. */
        CONTAINS,
        /** An ancestor of the commit. */
        OLDER,
        /** A commit of another line. */
        LACKS,
        /** Can't be told. */
        UNKNOWN
    }

    public static Standing contains(Digest digest) {
        return new Standing(Relation.CONTAINS, digest, "");
    }

    public static Standing lacks() {
        return new Standing(Relation.LACKS, null, "");
    }

    public static Standing older() {
        return new Standing(Relation.OLDER, null, "");
    }

    public static Standing unknown(String reason) {
        return new Standing(Relation.UNKNOWN, null, reason);
    }
}
