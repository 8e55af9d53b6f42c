package io.imaas.server;

import java.io.Serial;
import java.util.Objects;

/** What is wrong with a request as HTTP sees it, before anything of ours is asked. */
public final class HttpProblem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    final int status;
    /** May be empty. */
    final String fix;

    /** @param fix what to do about it; may be empty */
    public HttpProblem(int status, String what, String fix) {
        super(Objects.requireNonNull(what));
        this.status = status;
        this.fix = fix;
    }
}
