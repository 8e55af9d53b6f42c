package io.imaas.adapter.argocd.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The cluster's own word.
 *
 * @param view of the application that was seen before it was asked for
 */
record Confirmation(ApplicationView view, Instant at, List<Workload> workloads) {
    private static final Duration VALID = Duration.ofSeconds(10);

    Confirmation {
        workloads = List.copyOf(workloads);
    }

    /** Evidence ages: it speaks for what was seen of the application, however often that is told, and not for long. */
    boolean speaksFor(ApplicationView seen, Instant now) {
        return view.saysTheSameAs(seen) && now.isBefore(at.plus(VALID));
    }
}
