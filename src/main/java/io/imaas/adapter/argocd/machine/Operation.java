package io.imaas.adapter.argocd.machine;

import java.time.Instant;
import java.util.List;

/**
 * An application's {@code status.operationState}: the sync that runs, or the last that ran.
 *
 * @param finishedAt null while it runs; set while it runs when Argo CD will try again
 * @param revisions what it syncs to, by source; elements may be empty before Argo CD resolved them
 * @param rolloutId the mark that our own requests carry, or empty
 * @param retries how often it was tried again after it failed
 * @param partial whether it touched only some resources, or changed nothing (dry run): no evidence for a whole commit
 * @param jobs names of those that it waits for
 * @param failures what Argo CD says of the resources it could not apply
 */
public record Operation(
        Phase phase,
        Instant startedAt,
        Instant finishedAt,
        List<String> revisions,
        String rolloutId,
        int retries,
        boolean partial,
        String message,
        List<String> jobs,
        List<String> failures) {
    /** Argo CD's operation phases. */
    public enum Phase {
        RUNNING,
        TERMINATING,
        SUCCEEDED,
        FAILED,
        ERROR;

        /** An unknown word counts as running: it is not evidence of an end. */
        public static Phase parse(String word) {
            return switch (word) {
                case "Succeeded" -> SUCCEEDED;
                case "Failed" -> FAILED;
                case "Error" -> ERROR;
                case "Terminating" -> TERMINATING;
                default -> RUNNING;
            };
        }
    }

    public Operation {
        revisions = List.copyOf(revisions);
        jobs = List.copyOf(jobs);
        failures = List.copyOf(failures);
    }

    public boolean running() {
        return phase == Phase.RUNNING || phase == Phase.TERMINATING;
    }

    /** Whether it failed, and Argo CD tries it again now or will. */
    public boolean retrying() {
        return phase == Phase.RUNNING && (finishedAt != null || retries > 0);
    }

    public boolean failed() {
        return phase == Phase.FAILED || phase == Phase.ERROR;
    }

    public boolean succeeded() {
        return phase == Phase.SUCCEEDED;
    }

    /** Argo CD's words where a sync window holds an operation back (controller/sync.go). */
    public boolean blockedByWindow() {
        return running() && message.contains("blocked by sync window");
    }
}
