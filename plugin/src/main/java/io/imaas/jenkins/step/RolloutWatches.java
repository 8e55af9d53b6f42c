package io.imaas.jenkins.step;

import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.report.RolloutProgress;
import io.imaas.run.Event;
import io.imaas.run.Event.EventSink;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.step.runner.AwaitRolloutRunner;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Watches the rollouts of one Pipeline step, so that asking again is only a guard, and tells how far they are. */
final class RolloutWatches implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(RolloutWatches.class.getName());

    private final EventSink events;
    private final Map<String, AutoCloseable> watches = new ConcurrentHashMap<>();
    private final Map<String, RolloutProgress> progress = new ConcurrentHashMap<>();

    RolloutWatches(EventSink events) {
        this.events = events;
    }

    boolean any() {
        return !watches.isEmpty();
    }

    /** How far it is: not more than people would read afterwards. */
    void tell(AwaitRollout step, Outcome.Waiting waiting) {
        Instant now = PlatformWorld.get().clock().now();
        if (waiting.standing() != null) {
            progress.computeIfAbsent(step.id(), id -> new RolloutProgress())
                    .line(waiting.standing(), now)
                    .ifPresent(line -> events.accept(new Event.StepLogged(now, step, step.title() + ": " + line)));
        }
    }

    /** @param news called from any thread when another attempt may be worth it */
    void watch(AwaitRollout step, StepContext context, Runnable news) {
        if (watches.containsKey(step.id())) {
            return;
        }
        try {
            Tenant tenant = PlatformWorld.get().tenant(step.tenant());
            watches.put(
                    step.id(),
                    PlatformWorld.get()
                            .engine(tenant)
                            .imaas()
                            .ports()
                            .deployments()
                            .watch(AwaitRolloutRunner.target(tenant, step, context), news));
            // What changed between the attempt and the watch is found by one more attempt.
            news.run();
        } catch (FailureException e) {
            LOGGER.log(Level.FINE, "without a watch it is asked again and again", e);
        }
    }

    @Override
    public void close() {
        for (String id : watches.keySet()) {
            AutoCloseable watch = watches.remove(id);
            try {
                if (watch != null) {
                    watch.close();
                }
            } catch (Exception e) {
                LOGGER.log(Level.WARNING, "a watch could not be closed", e);
            }
        }
    }
}
