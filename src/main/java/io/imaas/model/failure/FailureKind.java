package io.imaas.model.failure;

/** Whose fault a {@link Failure} is, and therefore what happens next. The one table behind exit codes and job results. */
public enum FailureKind {
    /** The user's input is wrong; never retried. */
    INPUT(3, Again.NEVER),
    /** A gate said no; opens when its condition is met. */
    POLICY(5, Again.NEVER),
    /** The thing itself is bad: tests failed, a rollout degraded. */
    FAILED(1, Again.NEVER),
    /** A system we depend on did not do its part; retried with backoff. */
    EXTERNAL(6, Again.BACKOFF),
    /** Somebody else changed the same thing; planned again on the new state. */
    CONFLICT(7, Again.REPLAN),
    /** Ours: a bug in this project. */
    DEFECT(70, Again.NEVER);

    private final int exitCode;
    private final Again again;

    FailureKind(int exitCode, Again again) {
        this.exitCode = exitCode;
        this.again = again;
    }

    /** The command line's exit code. */
    public int exitCode() {
        return exitCode;
    }

    /** What may help. */
    public Again again() {
        return again;
    }

    /** How a failed step is tried again. */
    public enum Again {
        NEVER,
        /** The same after a while, and not before the other side's own Retry-After. */
        BACKOFF,
        /** Planned anew on the world as it is now. */
        REPLAN
    }
}
