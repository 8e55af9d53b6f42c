package io.imaas.adapter.mi.unittest;

import java.io.IOException;
import java.io.Serial;

/** Why a suite got no reply. */
final class ExchangeException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What it means for the suite and for its server. */
    enum Kind {
        /** Nobody listens: the suite was not sent. */
        UNREACHABLE,
        /** The connection was lost before the whole reply had come; another try may help. */
        DROPPED,
        /** No reply in time; the server may still be busy with the suite. */
        TIMED_OUT,
        /** The reply came when the time was up already: the server is done with the suite. */
        LATE,
        /** What came is not a reply of a unit-test server. */
        NOT_A_REPLY
    }

    private final Kind kind;

    ExchangeException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
