package io.imaas.adapter.argocd.machine;

/** Conditions whose age matters: each is timed from when it was first seen until it is once not seen. */
enum Mark {
    IDLE,
    OPERATION,
    WINDOW,
    ERROR,
    STALE,
    PROGRESS,
    DEGRADED,
    UNAFFECTED,
    FAULTY,
    SHUT
}
