package io.imaas.adapter.direct;

import io.imaas.model.FailureException;
import io.imaas.model.RolloutStatus;
import io.imaas.model.RolloutTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Looks at watched rollouts in turn, on one thread however many they are, and calls out when something changed. */
final class RolloutWatches implements AutoCloseable {
    private final Function<RolloutTarget, RolloutStatus> follow;
    private final Duration interval;
    private final ScheduledExecutorService thread;

    RolloutWatches(Function<RolloutTarget, RolloutStatus> follow, Duration interval) {
        this.follow = follow;
        this.interval = interval;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread created = new Thread(work, "rollout-watch");
            created.setDaemon(true);
            return created;
        });
    }

    AutoCloseable add(RolloutTarget target, Runnable listener) {
        Look look = new Look(target, listener);
        Future<?> repeated = thread.scheduleWithFixedDelay(look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return () -> repeated.cancel(false);
    }

    @Override
    public void close() {
        ExecutorService stopped = thread;
        stopped.shutdownNow();
    }

    /** One look after the other, by one thread: nothing here needs a lock. */
    private final class Look implements Runnable {
        private final RolloutTarget target;
        private final Runnable listener;
        private Optional<RolloutStatus> last = Optional.empty();

        private Look(RolloutTarget target, Runnable listener) {
            this.target = target;
            this.listener = listener;
        }

        @Override
        public void run() {
            Optional<RolloutStatus> now = status();
            if (!now.isEmpty() && now.map(RolloutWatches::told).equals(last.map(RolloutWatches::told))) {
                return;
            }
            last = now;
            listener.run();
        }

        /** A look that failed is news as well: whoever asks then learns why. */
        private Optional<RolloutStatus> status() {
            try {
                return Optional.of(follow.apply(target));
            } catch (FailureException e) {
                return Optional.empty();
            }
        }
    }

    /** A status without the time at which it was observed, which is always another one. */
    private static Object told(RolloutStatus status) {
        if (status instanceof RolloutStatus.Ended ended) {
            return List.of(ended.outcome().verdict(), ended.outcome().reasons());
        }
        return status;
    }
}
