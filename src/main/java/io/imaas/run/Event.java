package io.imaas.run;

import io.imaas.model.failure.Failure;
import io.imaas.plan.Plan;
import io.imaas.plan.step.PlannedStep;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/** What happens in a run, as it happens; reports are folded from these and from nothing else. */
public sealed interface Event extends Serializable {
    Instant at();

    record RunStarted(Instant at, Plan plan) implements Event {}

    record GroupStarted(Instant at, String title) implements Event {}

    record StepStarted(Instant at, PlannedStep step) implements Event {}

    record StepLogged(Instant at, PlannedStep step, String line) implements Event {}

    record StepWaiting(Instant at, PlannedStep step, String reason) implements Event {}

    record StepRetried(Instant at, PlannedStep step, int attempt, Failure failure, Duration delay) implements Event {}

    record StepEnded(Instant at, PlannedStep step, Outcome outcome, Duration took) implements Event {}

    record RunEnded(Instant at, Plan plan, RunResult result) implements Event {}

    /** Takes events; called from several threads, one at a time. It must not throw. */
    interface EventSink {
        void accept(Event event);
    }
}
