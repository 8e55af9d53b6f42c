package io.imaas.adapter.cel;

/**
 * An expression takes more than it may, or nobody here knows for sure what the API server would make of it. No exception,
 * for those are values to CEL: {@code x || true} holds although x failed, and so such an expression would be let off.
 */
final class GivenUp extends Error {
    private static final long serialVersionUID = 1;

    GivenUp(String message) {
        super(message);
    }

    /** Of a text that two programs may read as two things. */
    static GivenUp reading(String text) {
        return new GivenUp("the API server may read '" + text + "' otherwise than we do");
    }
}
