package io.imaas.adapter.argocd.machine;

import io.imaas.model.image.Digest;
import java.util.List;

/**
 * What a rollout wants done. Each is answered by an {@link Observation}, at the latest by a refusal; one command of each kind
 * is under way at most.
 */
public sealed interface Command {
    /** Let Argo CD read Git now. */
    record Refresh(boolean hard) implements Command {}

    /** Read the application, nothing else. */
    record Look() implements Command {}

    /**
     * Begin a sync.
     *
     * @param revision what to sync to; empty for what the application follows
     * @param sources which sources (from 0) the revision is for, in an application of several; empty for the only one
     * @param prune whether to remove what Git no longer has
     */
    record Sync(String revision, List<Integer> sources, boolean prune) implements Command {
        public Sync {
            sources = List.copyOf(sources);
        }
    }

    /** End the running operation. */
    record Terminate() implements Command {}

    /** Find out how a revision stands to the commit. */
    record Compare(String revision) implements Command {}

    /** Read the application's sync windows. */
    record Windows() implements Command {}

    /**
     * Read the live workloads of an application.
     *
     * @param view that was seen, and for which they are to speak
     */
    record Confirm(ApplicationView view) implements Command {}

    /**
     * Find out whether pods fail though the application is only called progressing, or its sync goes on.
     *
     * @param image whose pods count
     * @param applied whether the newest ReplicaSet is of this image
     * @param jobs whose pods count as well, and which must have some
     */
    record Inspect(Digest image, boolean applied, List<String> jobs) implements Command {
        public Inspect {
            jobs = List.copyOf(jobs);
        }
    }

    /** Ask the service itself. */
    record Probe() implements Command {}

    /** Collect the reasons of a failure: resource tree, events, last log lines. */
    record Explain() implements Command {}
}
