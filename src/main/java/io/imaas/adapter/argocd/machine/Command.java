package io.imaas.adapter.argocd.machine;

/** What a rollout wants done. Each is answered by an {@link Observation}, at the latest by a refusal. */
public sealed interface Command {
    /** Which answer belongs to which command. */
    Kind kind();

    /** One command of each kind is under way at most. */
    enum Kind {
        REFRESH,
        LOOK,
        SYNC,
        TERMINATE,
        COMPARE,
        WINDOWS,
        CONFIRM,
        INSPECT,
        PROBE,
        EXPLAIN
    }

    /** Let Argo CD read Git now. */
    record Refresh(boolean hard) implements Command {
        @Override
        public Kind kind() {
            return Kind.REFRESH;
        }
    }

    /** Read the application, nothing else. */
    record Look() implements Command {
        @Override
        public Kind kind() {
            return Kind.LOOK;
        }
    }

    /**
     * Begin a sync.
     *
     * @param revision what to sync to; empty for what the application follows
     * @param sources which sources (from 0) the revision is for, in an application of several; empty for the only one
     * @param prune whether to remove what Git no longer has
     */
    record Sync(String revision, java.util.List<Integer> sources, boolean prune) implements Command {
        public Sync {
            sources = java.util.List.copyOf(sources);
        }

        @Override
        public Kind kind() {
            return Kind.SYNC;
        }
    }

    /** End the running operation. */
    record Terminate() implements Command {
        @Override
        public Kind kind() {
            return Kind.TERMINATE;
        }
    }

    /** Find out how a revision stands to the commit. */
    record Compare(String revision) implements Command {
        @Override
        public Kind kind() {
            return Kind.COMPARE;
        }
    }

    /** Read the application's sync windows. */
    record Windows() implements Command {
        @Override
        public Kind kind() {
            return Kind.WINDOWS;
        }
    }

    /**
     * Read the live workloads of an application.
     *
     * @param view that was seen, and for which they are to speak
     */
    record Confirm(ApplicationView view) implements Command {
        @Override
        public Kind kind() {
            return Kind.CONFIRM;
        }
    }

    /**
     * Find out whether pods fail though the application is only called progressing, or its sync goes on.
     *
     * @param image whose pods count
     * @param applied whether the newest ReplicaSet is of this image
     * @param jobs whose pods count as well, and which must have some
     */
    record Inspect(io.imaas.model.image.Digest image, boolean applied, java.util.List<String> jobs) implements Command {
        public Inspect {
            jobs = java.util.List.copyOf(jobs);
        }

        @Override
        public Kind kind() {
            return Kind.INSPECT;
        }
    }

    /** Ask the service itself. */
    record Probe() implements Command {
        @Override
        public Kind kind() {
            return Kind.PROBE;
        }
    }

    /** Collect the reasons of a failure: resource tree, events, last log lines. */
    record Explain() implements Command {
        @Override
        public Kind kind() {
            return Kind.EXPLAIN;
        }
    }
}
