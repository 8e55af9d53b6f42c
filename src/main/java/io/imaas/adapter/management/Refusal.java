package io.imaas.adapter.management;

import io.imaas.model.rollout.ProbeResult;
import java.io.IOException;

/** An exchange that ended without what was asked for. */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean denied;

    private Refusal(boolean denied, String message) {
        super(message);
        this.denied = denied;
    }

    /** It does not let us in. */
    static Refusal denied(String message) {
        return new Refusal(true, message);
    }

    /** It may answer better later. */
    static Refusal notYet(String message) {
        return new Refusal(false, message);
    }

    ProbeResult result() {
        return denied ? new ProbeResult.Denied(getMessage()) : new ProbeResult.Silent(getMessage());
    }
}
