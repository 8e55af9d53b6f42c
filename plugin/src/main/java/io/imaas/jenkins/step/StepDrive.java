package io.imaas.jenkins.step;

import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.FailureException;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.PlannedStep;
import io.imaas.report.RolloutProgress;
import io.imaas.run.Event;
import io.imaas.run.EventSink;
import io.imaas.run.Outcome;
import io.imaas.run.RetryPolicy;
import io.imaas.run.StepAttempts;
import io.imaas.run.StepRunners;
import io.imaas.step.runner.AwaitRolloutRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One planned step under way in this process; begun anew when the tenant's engine was made anew meanwhile. What can be
 * watched is watched: then looking again by itself is only a guard.
 */
final class StepDrive implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(StepDrive.class.getName());

    private static final Duration GUARD = Duration.ofSeconds(10);

    private final KeptPlan plan;
    private final PlannedStep step;
    private final EventSink events;
    private final Instant begun;
    private final Runnable news;
    private final RolloutProgress progress = new RolloutProgress();
    private AutoCloseable watch;
    private StepRunners runners;
    private StepAttempts attempts;

    /**
     * @param begun when the Pipeline step began, in whatever process: what has a limit has it once
     * @param news called from any thread when another attempt may be worth it
     */
    StepDrive(KeptPlan plan, PlannedStep step, EventSink events, Instant begun, Runnable news) {
        this.plan = plan;
        this.step = step;
        this.events = events;
        this.begun = begun;
        this.news = news;
    }

    PlannedStep step() {
        return step;
    }

    /** Makes an attempt. Returns after what time the next is due; empty when the step ended. */
    Optional<Duration> next() {
        StepRunners now = PlatformWorld.get().runners(plan.tenant());
        if (now != runners) {
            close();
            if (runners == null) {
                // Attempts that are told since when they are made don't say that they begin.
                events.accept(new Event.StepStarted(begun, step));
            }
            runners = now;
            attempts = new StepAttempts(
                            step, now, PlatformWorld.get().clock(), events, RetryPolicy.DEFAULT, plan.results())
                    .since(begun);
        }
        Optional<Duration> due = attempts.next();
        if (due.isEmpty()) {
            close();
        } else if (step instanceof AwaitRollout rollout) {
            tell();
            if (watch == null) {
                // What changed between the attempt and the watch is found by one more attempt soon.
                watch(rollout);
                return due;
            }
        }
        return due.map(delay -> watch == null || delay.compareTo(GUARD) > 0 ? delay : GUARD);
    }

    /** How far it is: not more than people would read afterwards. */
    private void tell() {
        Instant now = PlatformWorld.get().clock().now();
        attempts.waiting()
                .map(Outcome.Waiting::standing)
                .flatMap(standing -> progress.line(standing, now))
                .ifPresent(line -> events.accept(new Event.StepLogged(now, step, step.title() + ": " + line)));
    }

    private void watch(AwaitRollout rollout) {
        try {
            watch = PlatformWorld.get()
                    .engine(rollout.tenant())
                    .imaas()
                    .ports()
                    .deployments()
                    .watch(AwaitRolloutRunner.target(rollout, attempts), news);
        } catch (FailureException e) {
            LOGGER.log(Level.FINE, "without a watch it is asked again and again", e);
        }
    }

    @Override
    public void close() {
        AutoCloseable old = watch;
        watch = null;
        if (old != null) {
            try {
                old.close();
            } catch (Exception e) {
                LOGGER.log(Level.WARNING, "a watch could not be closed", e);
            }
        }
    }

    /** How it ended. */
    Outcome outcome() {
        return attempts.outcome();
    }
}
