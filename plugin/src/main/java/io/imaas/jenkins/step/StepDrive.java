package io.imaas.jenkins.step;

import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.plan.PlannedStep;
import io.imaas.run.Event;
import io.imaas.run.EventSink;
import io.imaas.run.Outcome;
import io.imaas.run.RetryPolicy;
import io.imaas.run.StepAttempts;
import io.imaas.run.StepRunners;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One planned step under way in this process; begun anew when the tenant's engine was made anew meanwhile. */
final class StepDrive {
    private final KeptPlan plan;
    private final PlannedStep step;
    private final EventSink events;
    private final Instant begun;
    private StepRunners runners;
    private StepAttempts attempts;

    /** @param begun when the Pipeline step began, in whatever process: what has a limit has it once */
    StepDrive(KeptPlan plan, PlannedStep step, EventSink events, Instant begun) {
        this.plan = plan;
        this.step = step;
        this.events = events;
        this.begun = begun;
    }

    PlannedStep step() {
        return step;
    }

    /** Makes an attempt. Returns after what time the next is due; empty when the step ended. */
    Optional<Duration> next() {
        StepRunners now = PlatformWorld.get().runners(plan.tenant());
        if (now != runners) {
            if (runners == null) {
                // Attempts that are told since when they are made don't say that they begin.
                events.accept(new Event.StepStarted(begun, step));
            }
            runners = now;
            attempts = new StepAttempts(
                            step, now, PlatformWorld.get().clock(), events, RetryPolicy.DEFAULT, plan.results())
                    .since(begun);
        }
        return attempts.next();
    }

    /** How it ended. */
    Outcome outcome() {
        return attempts.outcome();
    }
}
