package io.imaas.report;

import io.imaas.model.failure.Failure;
import io.imaas.plan.Plan;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.report.RunReport.Status;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How a run stands whose end nobody told, from how its steps ended so far. */
record RunStanding(Plan plan, Map<String, Event.StepEnded> ended) {
    Status status() {
        if (!plan.closedGates().isEmpty()) {
            return Status.REFUSED;
        }
        if (!isOver()) {
            return Status.RUNNING;
        }
        if (plan.steps().anyMatch(this::stopped) || !plan.refusals().isEmpty()) {
            return Status.FAILED;
        }
        return plan.steps().anyMatch(this::remarkable) ? Status.UNSTABLE : Status.SUCCEEDED;
    }

    /** Whether nothing more is to come: a hard stop ends a plan after its group, but for what always runs. */
    boolean isOver() {
        if (!plan.closedGates().isEmpty()) {
            return true;
        }
        boolean stopped = false;
        for (StepGroup group : plan.groups()) {
            for (PlannedStep step : group.steps()) {
                if (!ended.containsKey(step.id()) && (!stopped || step.always())) {
                    return false;
                }
            }
            stopped = stopped || group.steps().stream().anyMatch(this::stopped);
        }
        return true;
    }

    /** When the last step ended. */
    Instant lastAt(Instant begun) {
        return ended.values().stream()
                .map(Event.StepEnded::at)
                .max(Comparator.naturalOrder())
                .orElse(begun);
    }

    List<Failure> failures() {
        List<Failure> failures = new ArrayList<>(plan.refusals());
        plan.steps()
                .map(step -> ended.get(step.id()))
                .filter(end -> end != null && end.outcome() instanceof Outcome.Failed)
                .forEach(end -> failures.add(((Outcome.Failed) end.outcome()).failure()));
        return failures;
    }

    private boolean stopped(PlannedStep step) {
        Event.StepEnded end = ended.get(step.id());
        return end != null && step.hardStop() && end.outcome() instanceof Outcome.Failed;
    }

    private boolean remarkable(PlannedStep step) {
        Outcome outcome = ended.get(step.id()).outcome();
        if (outcome instanceof Outcome.Succeeded done) {
            return !done.warnings().isEmpty();
        }
        return outcome instanceof Outcome.Skipped skipped ? skipped.unstable() : outcome instanceof Outcome.Failed;
    }
}
