package io.imaas.adapter.cel;

/** An expression takes more than it may. No {@code ||} and no failure policy gets past it. */
final class TooCostly extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooCostly(String message) {
        super(message);
    }
}
