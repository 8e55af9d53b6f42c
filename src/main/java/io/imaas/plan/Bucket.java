package io.imaas.plan;

import java.io.Serializable;
import java.util.List;

/** Steps that run side by side; it ends when all of them ended. */
public record Bucket(String title, List<PlannedStep> steps) implements Serializable {
    public Bucket {
        steps = List.copyOf(steps);
    }

    public static Bucket of(PlannedStep step) {
        return new Bucket(step.title(), List.of(step));
    }
}
