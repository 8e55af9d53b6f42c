package io.imaas.run;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One step, attempt by attempt, without a thread between them: tried again where that may help, asked again where it
 * waits. Whoever drives it decides how the time in between passes. Not safe for use by two threads at once.
 */
public final class StepAttempts implements StepContext {
    private final PlannedStep step;
    private final StepRunners runners;
    private final Clock clock;
    private final EventSink events;
    private final RetryPolicy retries;
    private final StepResults results;
    private Instant begun;
    private int attempt = 1;
    private Outcome.Waiting waiting;
    private Outcome outcome;
    private List<Effect> earlier = List.of();

    /** @param results of earlier steps; this step's own is added */
    public StepAttempts(
            PlannedStep step,
            StepRunners runners,
            Clock clock,
            EventSink events,
            RetryPolicy retries,
            StepResults results) {
        this.step = step;
        this.runners = runners;
        this.clock = clock;
        this.events = events;
        this.retries = retries;
        this.results = results;
    }

    /** The same, begun before this process: what has a limit has it once. */
    public StepAttempts since(Instant moment) {
        begun = moment;
        return this;
    }

    /** Makes one attempt. Returns after what time the next one is due; empty when the step ended. */
    public Optional<Duration> next() {
        if (begun == null) {
            begun = clock.now();
            events.accept(new Event.StepStarted(begun, step));
        }
        Outcome now = once().after(earlier);
        if (now instanceof Outcome.Waiting still) {
            if (waiting == null || !waiting.reason().equals(still.reason())) {
                events.accept(new Event.StepWaiting(clock.now(), step, still.reason()));
            }
            waiting = still;
            return Optional.of(still.pollAfter());
        }
        if (now instanceof Outcome.Failed failed) {
            earlier = failed.effects();
            Optional<Duration> delay = retries.next(failed.failure(), attempt, ThreadLocalRandom.current());
            if (delay.isPresent()) {
                events.accept(
                        new Event.StepRetried(clock.now(), step, attempt++, failed.failure(), delay.orElseThrow()));
                return delay;
            }
        }
        end(now);
        return Optional.empty();
    }

    /** Drives the step to its end on this thread. */
    public Outcome toItsEnd() {
        Optional<Duration> delay = next();
        while (delay.isPresent()) {
            try {
                clock.pause(delay.orElseThrow());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                end(Outcome.failed(new Failure(
                        FailureKind.EXTERNAL, "interrupted while it waited", step.title(), "run it again")));
                break;
            }
            delay = next();
        }
        return outcome;
    }

    /** What the last attempt that found it waiting said; empty when there was none. */
    public Optional<Outcome.Waiting> waiting() {
        return Optional.ofNullable(waiting);
    }

    /** How it ended; null until then. */
    public Outcome outcome() {
        return outcome;
    }

    private void end(Outcome ended) {
        outcome = ended;
        results.put(step.id(), ended);
        Instant now = clock.now();
        events.accept(new Event.StepEnded(now, step, ended, Duration.between(begun, now)));
    }

    private Outcome once() {
        if (step instanceof NotNeeded notNeeded) {
            return Outcome.skipped(notNeeded.reason());
        }
        try {
            return runners.run(step, this);
        } catch (FailureException e) {
            return Outcome.failed(e.failure());
        } catch (RuntimeException | LinkageError e) {
            return Outcome.failed(defect(e, step.title()));
        }
    }

    static Failure defect(Throwable cause, String where) {
        StackTraceElement[] trace = cause.getStackTrace();
        String at = trace.length > 0 ? " at " + trace[0] : "";
        return new Failure(
                FailureKind.DEFECT, cause + at, where, "this is a defect of the orchestrator: please report it");
    }

    @Override
    public <T extends StepOutput> T output(String stepId, Class<T> type) {
        StepOutput output = results.outcome(stepId).flatMap(Outcome::handedOver).orElse(null);
        if (!type.isInstance(output)) {
            throw FailureException.defect(
                    "step " + step.id() + " needs " + type.getSimpleName() + " of step " + stepId + ", known: "
                            + results.outputs().keySet(),
                    null);
        }
        return type.cast(output);
    }

    @Override
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(begun);
    }

    @Override
    public Optional<Outcome> outcome(String stepId) {
        return results.outcome(stepId);
    }

    @Override
    public void log(String line) {
        events.accept(new Event.StepLogged(clock.now(), step, line));
    }
}
