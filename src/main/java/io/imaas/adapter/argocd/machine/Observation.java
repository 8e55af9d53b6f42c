package io.imaas.adapter.argocd.machine;

import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the world tells a rollout. */
public sealed interface Observation {
    /** Time passed. */
    record Tick() implements Observation {}

    /**
     * The application, from the shared stream or from a read of its own.
     *
     * @param direct whether it was read for us: a stream may be late, repeat itself or lie
     */
    record Seen(ApplicationView view, boolean direct) implements Observation {}

    /** The stream says that the application was removed; a read must confirm it. */
    record Removed() implements Observation {}

    /** How a revision stands to the commit. */
    record Compared(String revision, Standing standing) implements Observation {}

    /** Whether sync windows hold automatic syncs back, and which. */
    record Windows(boolean closed, String description) implements Observation {}

    /**
     * A fresh read of the live workloads.
     *
     * @param view of the application, as it was seen before
     */
    record Confirmed(ApplicationView view, List<Workload> workloads) implements Observation {
        public Confirmed {
            workloads = List.copyOf(workloads);
        }
    }

    /** What pods say of themselves. */
    record Inspected(Inspection inspection) implements Observation {}

    /** What the service itself says. */
    record Probed(ProbeResult result) implements Observation {}

    /** Why it failed, most important first. */
    record Explained(List<String> reasons) implements Observation {
        public Explained {
            reasons = List.copyOf(reasons);
        }
    }

    /** A command was done and there is nothing more to say. */
    record Done(Command command) implements Observation {}

    /** A command was not done. */
    record Refused(Command command, Why why, String message) implements Observation {}

    /** Why a call was refused. */
    enum Why {
        /** A right is missing or the token is bad. */
        DENIED,
        /** A sync window is closed. */
        WINDOW,
        /** Another operation runs. */
        BUSY,
        /** There is no such application. */
        ABSENT,
        /** The URL or the certificate is wrong: no later answer will be better. */
        MISADDRESSED,
        /** The server finds the request wrong. */
        REJECTED,
        /** No answer in time; it may have been heard. */
        SLOW,
        /** No answer at all, or one that says that the server is not well. */
        UNREACHABLE
    }

    /**
     * What pods say of themselves.
     *
     * @param of what was asked
     * @param rejected whether the release could not be applied: a Job before it is stuck, or the cluster refuses its pods
     * @param reasons one line each for what fails; empty when nothing does
     * @param waiting why pods have no node yet, in the server's words: that may end by itself, so it is told and no evidence
     */
    record Inspection(Command.Inspect of, boolean rejected, List<String> reasons, List<String> waiting) {
        public Inspection {
            reasons = List.copyOf(reasons);
            waiting = List.copyOf(waiting);
        }

        Verdict verdict() {
            return rejected ? Verdict.FAILED : Verdict.DEGRADED;
        }
    }

    /**
     * The cluster's own word.
     *
     * @param view of the application that was seen before it was asked for
     */
    record Confirmation(ApplicationView view, Instant at, List<Workload> workloads) {
        private static final Duration VALID = Duration.ofSeconds(10);

        public Confirmation {
            workloads = List.copyOf(workloads);
        }

        /** Evidence ages: it speaks for what was seen of the application, however often that is told, and not for long. */
        boolean speaksFor(ApplicationView seen, Instant now) {
            return view.saysTheSameAs(seen) && now.isBefore(at.plus(VALID));
        }
    }
}
