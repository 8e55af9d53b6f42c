package io.imaas.plan.step;

/**
 * Takes back what a step of the same run changed, because a later one ended the plan. What was there before stays.
 *
 * @param step how it ended, its run knows
 */
public record Undo(PlannedStep step) implements PlannedStep {
    @Override
    public String id() {
        return "undo-" + step.id();
    }

    @Override
    public String title() {
        return "Undo: " + step.title();
    }

    /** What can't be taken back is told; the rest is taken back all the same. */
    @Override
    public boolean hardStop() {
        return false;
    }
}
