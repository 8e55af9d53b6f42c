package io.imaas.run;

import io.imaas.model.Failure;
import io.imaas.model.FailureException;
import io.imaas.model.FailureKind;
import io.imaas.plan.NotNeeded;
import io.imaas.plan.PlannedStep;
import io.imaas.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Drives one step to its end: tries again where that may help, asks again where it waits. */
final class StepExecution implements StepContext {
    private final PlannedStep step;
    private final StepRunners runners;
    private final Clock clock;
    private final EventSink events;
    private final RetryPolicy retries;
    private final Map<String, StepOutput> outputs;
    private Instant begun;

    StepExecution(
            PlannedStep step,
            StepRunners runners,
            Clock clock,
            EventSink events,
            RetryPolicy retries,
            Map<String, StepOutput> outputs) {
        this.step = step;
        this.runners = runners;
        this.clock = clock;
        this.events = events;
        this.retries = retries;
        this.outputs = outputs;
    }

    Outcome toItsEnd() {
        begun = clock.now();
        events.accept(new Event.StepStarted(begun, step));
        Outcome outcome = attempts();
        outputOf(outcome).ifPresent(output -> outputs.put(step.id(), output));
        events.accept(new Event.StepEnded(clock.now(), step, outcome, Duration.between(begun, clock.now())));
        return outcome;
    }

    private Outcome attempts() {
        int attempt = 1;
        String lastReason = "";
        while (true) {
            Outcome outcome = once();
            Duration delay;
            if (outcome instanceof Outcome.Waiting waiting) {
                if (!waiting.reason().equals(lastReason)) {
                    events.accept(new Event.StepWaiting(clock.now(), step, waiting.reason()));
                    lastReason = waiting.reason();
                }
                delay = waiting.pollAfter();
            } else if (outcome instanceof Outcome.Failed failed) {
                Optional<Duration> next = retries.next(failed.failure(), attempt, ThreadLocalRandom.current());
                if (next.isEmpty()) {
                    return outcome;
                }
                delay = next.get();
                events.accept(new Event.StepRetried(clock.now(), step, attempt++, failed.failure(), delay));
            } else {
                return outcome;
            }
            try {
                clock.pause(delay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Outcome.failed(
                        new Failure(FailureKind.EXTERNAL, "interrupted while it waited", step.title(), "run it again"));
            }
        }
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

    private static Optional<StepOutput> outputOf(Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded done) {
            return Optional.ofNullable(done.output());
        }
        return outcome instanceof Outcome.Skipped skipped ? Optional.ofNullable(skipped.output()) : Optional.empty();
    }

    @Override
    public <T extends StepOutput> T output(String stepId, Class<T> type) {
        StepOutput output = outputs.get(stepId);
        if (!type.isInstance(output)) {
            throw FailureException.defect(
                    "step " + step.id() + " needs " + type.getSimpleName() + " of step " + stepId + ", known: "
                            + List.copyOf(outputs.keySet()),
                    null);
        }
        return type.cast(output);
    }

    @Override
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(begun);
    }

    @Override
    public void log(String line) {
        events.accept(new Event.StepLogged(clock.now(), step, line));
    }
}
