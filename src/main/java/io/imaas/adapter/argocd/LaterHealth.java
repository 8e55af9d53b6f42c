package io.imaas.adapter.argocd;

import io.imaas.adapter.argocd.follow.ApplicationFeed;
import io.imaas.adapter.argocd.follow.Timeline;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.adapter.argocd.machine.ApplicationView.Resource;
import io.imaas.adapter.argocd.machine.Health;
import io.imaas.adapter.argocd.machine.Observation;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.RolloutTarget;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Follows the health of a digest after its rollout, on the shared stream. Lives on the timeline. */
final class LaterHealth implements AutoCloseable {
    private final RolloutTarget target;
    private final Timeline timeline;
    private final Executor notices;
    private final Consumer<HealthRecord> listener;
    private final AtomicReference<HealthRecord> latest = new AtomicReference<>();
    private HealthRecord.Status told;
    private Runnable unsubscribe = () -> {};

    LaterHealth(RolloutTarget target, Timeline timeline, Executor notices, Consumer<HealthRecord> listener) {
        this.target = target;
        this.timeline = timeline;
        this.notices = notices;
        this.listener = listener;
    }

    LaterHealth begin(ApplicationFeed feed) {
        timeline.execute(() -> unsubscribe =
                feed.subscribe(target.project(), ApplicationName.parse(target.application()), this::observe));
        return this;
    }

    private void observe(Observation observation) {
        if (observation instanceof Observation.Seen news) {
            record(target, news.view(), timeline.now()).ifPresent(this::seen);
        }
    }

    private void seen(HealthRecord record) {
        if (record.status() != told) {
            told = record.status();
            latest.set(record);
            notices.execute(this::tell);
        }
    }

    /** One after the other, whatever the threads: told in the wrong order, the last word would be the wrong one. */
    private synchronized void tell() {
        HealthRecord news = latest.getAndSet(null);
        if (news != null) {
            listener.accept(news);
        }
    }

    /** What a view says of the target's digest; empty when it does not run alone, or its health is not decided. */
    static Optional<HealthRecord> record(RolloutTarget target, ApplicationView view, Instant now) {
        String repository = target.image().repository() + "@";
        boolean runs = view.images().stream()
                .anyMatch(i -> i.endsWith("@" + target.image().digest()));
        boolean another = view.images().stream()
                .anyMatch(i -> i.startsWith(repository)
                        && !i.endsWith("@" + target.image().digest()));
        boolean decided = view.health() == Health.HEALTHY || view.health() == Health.DEGRADED;
        if (!runs || another || !decided) {
            return Optional.empty();
        }
        String first =
                view.unfinished().stream().map(Resource::line).findFirst().orElse("");
        return Optional.of(target.health(
                view.health() == Health.HEALTHY ? HealthRecord.Status.HEALTHY : HealthRecord.Status.DEGRADED,
                now,
                "Argo CD: " + view.health().word() + (first.isEmpty() ? "" : ", " + first)));
    }

    @Override
    public void close() {
        timeline.execute(() -> unsubscribe.run());
    }
}
