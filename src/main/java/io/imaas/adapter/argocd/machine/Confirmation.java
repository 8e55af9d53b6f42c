package io.imaas.adapter.argocd.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The cluster's own word.
 *
 * @param version of the application that was read just before
 */
record Confirmation(String version, Instant at, List<Workload> workloads) {
    private static final Duration VALID = Duration.ofSeconds(10);

    Confirmation {
        workloads = List.copyOf(workloads);
    }

    /** Evidence ages: it speaks for the state of the application that it was read with, and not for long. */
    boolean speaksFor(ApplicationView view, Instant now) {
        return version.equals(view.version()) && now.isBefore(at.plus(VALID));
    }
}
