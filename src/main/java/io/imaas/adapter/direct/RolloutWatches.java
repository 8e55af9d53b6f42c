package io.imaas.adapter.direct;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks at watched rollouts when the cluster says that something changed, when their time is over, and now and then
 * without: a cluster loses events, and a new commit makes none. A few threads, however many they are.
 */
final class RolloutWatches implements AutoCloseable {
    private static final int THREADS = 4;

    /** Changes come in bursts: a rollout touches the Deployment and each of its pods. */
    private static final Duration BURST = Duration.ofMillis(50);

    private final Duration guard;
    private final Clock clock;
    private final ClusterChanges changes;
    private final ScheduledThreadPoolExecutor threads;
    private final Set<Watched<?>> open = ConcurrentHashMap.newKeySet();

    /** @param guard how often to look though nothing is heard */
    RolloutWatches(Cluster cluster, Duration guard, Clock clock) {
        this.guard = guard;
        this.clock = clock;
        this.changes = new ClusterChanges(cluster);
        this.threads = new ScheduledThreadPoolExecutor(THREADS, work -> {
            Thread created = new Thread(work, "rollout-watch");
            created.setDaemon(true);
            return created;
        });
        threads.setRemoveOnCancelPolicy(true);
    }

    /**
     * @param look finds out how things are, or throws why that can't be found out
     * @param essence what must differ for there to be news
     * @param news how things are now; empty when that can't be found out
     * @param deadline when time alone changes something; {@link Instant#MAX}: never
     */
    <T> AutoCloseable add(
            RolloutTarget target,
            Supplier<T> look,
            Function<T, Object> essence,
            Consumer<Optional<T>> news,
            Instant deadline) {
        Watched<T> watched = new Watched<>(look, essence, news);
        watched.begin(target, deadline);
        return watched;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        open.forEach(Watched::close);
        changes.close();
    }

    /** One look after the other; it may be closed by any thread. */
    private final class Watched<T> implements AutoCloseable {
        private final Supplier<T> look;
        private final Function<T, Object> essence;
        private final Consumer<Optional<T>> news;
        private final AtomicBoolean asked = new AtomicBoolean();
        private final List<Future<?>> scheduled = new CopyOnWriteArrayList<>();
        private volatile Runnable unlisten = () -> {};
        private volatile boolean closed;
        private volatile Future<?> pending;
        private Optional<Object> last;

        private Watched(Supplier<T> look, Function<T, Object> essence, Consumer<Optional<T>> news) {
            this.look = look;
            this.essence = essence;
            this.news = news;
        }

        private void begin(RolloutTarget target, Instant deadline) {
            unlisten = changes.listen(
                    target.tenant() + "-" + target.environment(),
                    target.service().value(),
                    this::changed);
            open.add(this);
            scheduled.add(threads.scheduleWithFixedDelay(this::guarded, 0, guard.toMillis(), TimeUnit.MILLISECONDS));
            if (deadline.isBefore(Instant.MAX)) {
                Duration left = Duration.between(clock.now(), deadline);
                scheduled.add(threads.schedule(this::run, Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS));
            }
        }

        private void guarded() {
            changes.open();
            run();
        }

        private void changed() {
            if (!closed && asked.compareAndSet(false, true)) {
                try {
                    pending = threads.schedule(this::run, BURST.toMillis(), TimeUnit.MILLISECONDS);
                } catch (RejectedExecutionException ended) {
                    closed = true;
                }
            }
        }

        private synchronized void run() {
            // Before the look: what changes while it lasts is looked at again.
            asked.set(false);
            if (closed) {
                return;
            }
            Optional<T> now = looked();
            Optional<Object> told = now.map(essence);
            // That it can't be found out is news as well, each time: whoever asks then learns why.
            if (told.isPresent() && told.equals(last)) {
                return;
            }
            last = told;
            news.accept(now);
        }

        private Optional<T> looked() {
            try {
                return Optional.of(look.get());
            } catch (FailureException e) {
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            closed = true;
            open.remove(this);
            unlisten.run();
            scheduled.forEach(future -> future.cancel(false));
            Future<?> looking = pending;
            if (looking != null) {
                looking.cancel(false);
            }
        }
    }
}
