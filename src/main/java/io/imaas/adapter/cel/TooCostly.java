package io.imaas.adapter.cel;

/** An expression takes more than it may. */
final class TooCostly extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooCostly(String message) {
        super(message);
    }
}
