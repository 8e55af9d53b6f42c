package io.imaas.plan.step;

import java.io.Serializable;
import java.util.List;

/** Steps that run side by side; it ends when all of them ended. */
public record StepGroup(String title, List<PlannedStep> steps) implements Serializable {
    public StepGroup {
        steps = List.copyOf(steps);
    }

    public static StepGroup of(PlannedStep step) {
        return new StepGroup(step.title(), List.of(step));
    }
}
