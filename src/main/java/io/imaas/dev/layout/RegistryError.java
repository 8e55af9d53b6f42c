package io.imaas.dev.layout;

import java.io.IOException;
import java.io.Serial;

/**
 * A refusal as the OCI distribution specification words it ("Error Codes"): an HTTP status and a code for machines.
 *
 * <p>It never leaves this package: the endpoint answers with it.
 */
final class RegistryError extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    RegistryError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** A full or read-only disk: the client can't fix it, but must not think that it is done. */
    static RegistryError noRoom(IOException cause) {
        RegistryError error = new RegistryError(507, "UNKNOWN", "this can't be stored: " + cause.getMessage());
        error.initCause(cause);
        return error;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
