package io.imaas.run;

import io.imaas.model.failure.Effect;
import io.imaas.plan.step.PlannedStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where one step of the group under way is. Belongs to its {@link Scheduler}, which guards it. */
final class StepState {
    PlannedStep step;
    final boolean hard;
    final List<Effect> changed = new ArrayList<>();
    final Map<Class<?>, Object> memory = new ConcurrentHashMap<>();
    Instant begun;
    Instant due;
    boolean running;
    int attempts = 1;
    int conflicts;
    String waitingFor = "";
    Outcome outcome;

    StepState(PlannedStep step, Instant due) {
        this.step = step;
        this.hard = step.hardStop();
        this.due = due;
    }

    boolean isOver() {
        return outcome != null;
    }
}
