package io.imaas.model.failure;

/** Whose fault a {@link Failure} is, and therefore what happens next. The one table behind exit codes and job results. */
public enum FailureKind {
    /** The user's input is wrong; never retried. */
    INPUT(3, "FAILURE", false),
    /** A gate said no; opens when its condition is met. */
    POLICY(5, "FAILURE", false),
    /** The thing itself is bad: tests failed, a rollout degraded. */
    FAILED(1, "FAILURE", false),
    /** A system we depend on did not do its part; retried with backoff. */
    EXTERNAL(6, "FAILURE", true),
    /** Somebody else changed the same thing; planned again on the new state. */
    CONFLICT(7, "FAILURE", true),
    /** Ours: a bug in this project. */
    DEFECT(70, "FAILURE", false);

    private final int exitCode;
    private final String jenkinsResult;
    private final boolean retried;

    FailureKind(int exitCode, String jenkinsResult, boolean retried) {
        this.exitCode = exitCode;
        this.jenkinsResult = jenkinsResult;
        this.retried = retried;
    }

    /** The command line's exit code. */
    public int exitCode() {
        return exitCode;
    }

    /** The name of the {@code hudson.model.Result}. */
    public String jenkinsResult() {
        return jenkinsResult;
    }

    /** Whether trying the same again may help. */
    public boolean retried() {
        return retried;
    }
}
