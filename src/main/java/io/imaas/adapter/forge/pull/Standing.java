package io.imaas.adapter.forge.pull;

import io.imaas.model.source.CommitId;

/**
 * What a server says of merging a pull request.
 *
 * @param merged the merge commit; null until merged
 * @param reference what the server wants to be told when it merges, such as an id or a version; may be empty
 */
public record Standing(State state, CommitId head, CommitId merged, String reference) {
    /** States, whatever a server calls them. */
    public enum State {
        /** It can be merged. */
        READY,
        /** A rule of the server still holds it back: a check, a review. */
        HELD,
        /** The branches do not go together. */
        CONFLICTING,
        /** The server is still finding out. */
        UNKNOWN,
        CLOSED
    }
}
