package io.imaas.adapter.cel;

/**
 * An expression takes more than it may. No exception, for those are values to CEL: {@code x || true} holds although x
 * failed, and so a costly expression would be let off.
 */
final class TooCostly extends Error {
    private static final long serialVersionUID = 1;

    TooCostly(String message) {
        super(message);
    }
}
