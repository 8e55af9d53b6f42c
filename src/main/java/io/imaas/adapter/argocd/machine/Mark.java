package io.imaas.adapter.argocd.machine;

/** Conditions whose age matters: each is timed from when it was first seen until it is once not seen. */
enum Mark {
    IDLE,
    PAUSED,
    OLDER,
    RETRY,
    FAILING,
    OPERATION,
    WINDOW,
    ERROR,
    STALE,
    PROGRESS,
    DEGRADED,
    UNAFFECTED,
    FAULTY,
    SHUT;

    /** Whether it is evidence as soon as it is seen, when there is no time left to see whether it lasts. */
    boolean isEvidence() {
        return switch (this) {
            case ERROR, RETRY, FAILING, DEGRADED, FAULTY, SHUT, WINDOW, PAUSED -> true;
            case IDLE, OLDER, OPERATION, STALE, PROGRESS, UNAFFECTED -> false;
        };
    }
}
