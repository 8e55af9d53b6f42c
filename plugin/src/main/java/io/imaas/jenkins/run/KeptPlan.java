package io.imaas.jenkins.run;

import io.imaas.app.IntendedPlan;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.Event;
import io.imaas.run.Scheduler;
import io.imaas.run.StepResults;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One of a build's plans, with what happened to it.
 *
 * @param number from 1, in the order in which they were made
 */
public record KeptPlan(int number, IntendedPlan intended, EventLog log) {
    public Plan plan() {
        return intended.plan();
    }

    /** Whose plan it is; empty for the platform's own. */
    public Optional<Tenant> tenant() {
        return Optional.ofNullable(intended.tenant());
    }

    /** The id of a step in the build: the plan's number and the step's id. */
    public String idOf(PlannedStep step) {
        return number + "/" + step.id();
    }

    public PlannedStep step(String id) {
        return plan().steps()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow(() -> FailureException.input(
                        "plan " + number + " has no step '" + id + "'",
                        plan().title(),
                        "its steps: " + plan().steps().map(PlannedStep::id).toList()));
    }

    /** How its steps ended so far. */
    public StepResults results() {
        StepResults results = new StepResults();
        log.read().stream()
                .filter(Event.StepEnded.class::isInstance)
                .map(Event.StepEnded.class::cast)
                .forEach(ended -> results.put(ended.step().id(), ended.outcome()));
        return results;
    }

    /** Whether it onboards, and each of its steps has ended. */
    public boolean isApplied() {
        StepResults results = results();
        return intended.intent() == Intent.ONBOARD
                && plan().steps().allMatch(step -> results.outcome(step.id()).isPresent());
    }

    /** A scheduler's memory of this plan: what is under way, and what ended since a Pipeline step began. */
    public Scheduler remembered(Scheduler scheduler, Instant since) {
        begun().forEach(scheduler::begunBefore);
        for (Event event : log.read()) {
            if (event instanceof Event.StepEnded ended && ended.at().isAfter(since)) {
                scheduler.endedBefore(ended.step().id(), ended.outcome());
            }
        }
        return scheduler;
    }

    /** Since when steps are under way that have not ended yet, by their ids. */
    private Map<String, Instant> begun() {
        Map<String, Instant> begun = new HashMap<>();
        for (Event event : log.read()) {
            if (event instanceof Event.StepStarted started) {
                begun.putIfAbsent(started.step().id(), started.at());
            } else if (event instanceof Event.StepEnded ended) {
                begun.remove(ended.step().id());
            }
        }
        return begun;
    }
}
