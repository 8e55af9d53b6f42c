package io.imaas.adapter.direct;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.port.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks at watched rollouts when the cluster says that something changed, and now and then without: a cluster loses
 * events, and a new commit makes none. One thread, however many they are.
 */
final class RolloutWatches implements AutoCloseable {
    private static final String LABEL = "imaas.io/service";

    /** Where a change of a service shows. */
    private static final Map<String, String> KINDS = Map.of("Deployment", "apps/v1", "Job", "batch/v1", "Pod", "v1");

    /** Changes come in bursts: a rollout touches the Deployment and each of its pods. */
    private static final Duration BURST = Duration.ofMillis(50);

    private final Cluster cluster;
    private final Duration guard;
    private final ScheduledThreadPoolExecutor thread;
    private final Set<Watched<?>> open = ConcurrentHashMap.newKeySet();

    /** @param guard how often to look though nothing is heard */
    RolloutWatches(Cluster cluster, Duration guard) {
        this.cluster = cluster;
        this.guard = guard;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread created = new Thread(work, "rollout-watch");
            created.setDaemon(true);
            return created;
        });
        thread.setRemoveOnCancelPolicy(true);
    }

    /**
     * @param look finds out how things are, or throws why that can't be found out
     * @param essence what must differ for there to be news
     * @param news how things are now; empty when that can't be found out
     */
    <T> AutoCloseable add(
            RolloutTarget target, Supplier<T> look, Function<T, Object> essence, Consumer<Optional<T>> news) {
        Watched<T> watched = new Watched<>(target, look, essence, news);
        watched.begin();
        return watched;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        open.forEach(Watched::close);
    }

    /** One look after the other, by one thread; it may be closed by another one. */
    private final class Watched<T> implements AutoCloseable {
        private final RolloutTarget target;
        private final Supplier<T> look;
        private final Function<T, Object> essence;
        private final Consumer<Optional<T>> news;
        private final AtomicBoolean asked = new AtomicBoolean();
        private final List<AutoCloseable> informers = new ArrayList<>();
        private volatile boolean closed;
        private Future<?> repeated;
        private volatile Future<?> pending;
        private Optional<Object> last;

        private Watched(
                RolloutTarget target, Supplier<T> look, Function<T, Object> essence, Consumer<Optional<T>> news) {
            this.target = target;
            this.look = look;
            this.essence = essence;
            this.news = news;
        }

        private void begin() {
            repeated = thread.scheduleWithFixedDelay(this::guarded, 0, guard.toMillis(), TimeUnit.MILLISECONDS);
            open.add(this);
        }

        private void guarded() {
            listen();
            run();
        }

        /** Tried again at every look until the cluster lets us listen. */
        private synchronized void listen() {
            if (!informers.isEmpty() || closed) {
                return;
            }
            String namespace = target.tenant() + "-" + target.environment();
            try {
                for (Map.Entry<String, String> kind : KINDS.entrySet()) {
                    informers.add(cluster.watch(
                            kind.getValue(),
                            kind.getKey(),
                            namespace,
                            LABEL,
                            target.service().value(),
                            this::changed));
                }
            } catch (FailureException lost) {
                // The looks themselves tell what is wrong with the cluster; until it is well they are the watch.
                forgetInformers();
            }
        }

        private void changed() {
            if (!closed && asked.compareAndSet(false, true)) {
                try {
                    pending = thread.schedule(this::run, BURST.toMillis(), TimeUnit.MILLISECONDS);
                } catch (RejectedExecutionException ended) {
                    closed = true;
                }
            }
        }

        private void run() {
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

        private synchronized void forgetInformers() {
            List<AutoCloseable> listening = List.copyOf(informers);
            informers.clear();
            for (AutoCloseable informer : listening) {
                try {
                    informer.close();
                } catch (Exception e) {
                    throw FailureException.defect("an informer can't be closed: " + e, e);
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            open.remove(this);
            repeated.cancel(false);
            Future<?> looking = pending;
            if (looking != null) {
                looking.cancel(false);
            }
            forgetInformers();
        }
    }
}
