package io.imaas.report;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Problem;
import io.imaas.plan.Plan;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.Undo;
import io.imaas.report.RunReport.Status;
import io.imaas.run.Event;
import io.imaas.run.Event.EventSink;
import io.imaas.run.Outcome;
import io.imaas.run.RunResult;
import io.imaas.run.StepOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Folds the events of one run after the other into their reports. */
public final class ReportBuilder implements EventSink {
    private final List<RunReport> reports = new ArrayList<>();
    private final Map<String, Event.StepEnded> ended = new LinkedHashMap<>();
    private final Map<String, Event> underWay = new HashMap<>();
    private final Map<String, Instant> startedAt = new HashMap<>();
    private Instant begun = Instant.EPOCH;
    private Plan open;

    /** The runs that ended, in order. */
    public List<RunReport> reports() {
        return List.copyOf(reports);
    }

    /**
     * The run that began last, as it stands: of one that is still going on, or whose end nobody tells because its steps
     * are called one by one. Empty when it ended, or when none began.
     *
     * @param now what is under way has lasted until then
     */
    public Optional<RunReport> unfinished(Instant now) {
        return Optional.ofNullable(open).map(plan -> {
            RunStanding standing = new RunStanding(plan, ended);
            return new RunReport(
                    plan.title(),
                    standing.status(),
                    begun,
                    Duration.between(begun, standing.isOver() ? standing.lastAt(begun) : now)
                            .toMillis(),
                    plan.gates(),
                    steps(plan, now),
                    standing.failures(),
                    plan.notes(),
                    plan.changes());
        });
    }

    @Override
    public void accept(Event event) {
        if (event instanceof Event.RunStarted started) {
            begun = started.at();
            open = started.plan();
            ended.clear();
            underWay.clear();
            startedAt.clear();
        } else if (event instanceof Event.StepEnded step) {
            ended.put(step.step().id(), step);
        } else if (event instanceof Event.RunEnded run) {
            reports.add(report(run));
            open = null;
        } else {
            goesOn(event);
        }
    }

    private void goesOn(Event event) {
        if (event instanceof Event.StepStarted step) {
            underWay.put(step.step().id(), step);
            startedAt.putIfAbsent(step.step().id(), step.at());
            // Begun anew, as after a restart: how it ended before no longer counts.
            ended.remove(step.step().id());
        } else if (event instanceof Event.StepWaiting step) {
            underWay.put(step.step().id(), step);
        } else if (event instanceof Event.StepRetried step) {
            underWay.put(step.step().id(), step);
        }
    }

    private List<RunReport.Step> steps(Plan plan, Instant now) {
        List<RunReport.Step> steps = new ArrayList<>();
        for (StepGroup group : plan.groups()) {
            for (PlannedStep step : group.steps()) {
                Event.StepEnded end = ended.get(step.id());
                Event going = underWay.get(step.id());
                steps.add(
                        end == null && going != null
                                ? going(group.title(), step, going, now)
                                : step(group.title(), step, end));
            }
        }
        // What was taken back after a hard stop is in no plan.
        ended.values().stream()
                .filter(end -> end.step() instanceof Undo)
                .forEach(end -> steps.add(step(RunReport.Step.UNDO, end.step(), end)));
        return steps;
    }

    private RunReport.Step going(String group, PlannedStep step, Event going, Instant now) {
        Instant since = startedAt.getOrDefault(step.id(), going.at());
        return new RunReport.Step(
                step.id(),
                step.title(),
                group,
                Status.RUNNING,
                Words.detail(going),
                offset(step),
                Math.max(0, Duration.between(since, now).toMillis()),
                List.of(),
                List.of());
    }

    private RunReport report(Event.RunEnded run) {
        Plan plan = run.plan();
        List<RunReport.Step> steps = steps(plan, run.at());
        return new RunReport(
                plan.title(),
                plan.closedGates().isEmpty() ? ended(run.result().status()) : Status.REFUSED,
                begun,
                Duration.between(begun, run.at()).toMillis(),
                plan.gates(),
                steps,
                run.result().failures(),
                plan.notes(),
                plan.changes());
    }

    private static Status ended(RunResult.Status status) {
        return switch (status) {
            case SUCCEEDED -> Status.SUCCEEDED;
            case UNSTABLE -> Status.UNSTABLE;
            case FAILED -> Status.FAILED;
        };
    }

    private RunReport.Step step(String group, PlannedStep step, Event.StepEnded end) {
        if (end == null) {
            return new RunReport.Step(
                    step.id(), step.title(), group, Status.NOT_STARTED, "", 0, 0, List.of(), List.of());
        }
        Outcome outcome = end.outcome();
        return new RunReport.Step(
                step.id(),
                step.title(),
                group,
                Words.status(outcome),
                Words.detail(outcome),
                offset(step),
                end.took().toMillis(),
                outcome.effects().stream().map(Effect::told).toList(),
                problems(outcome));
    }

    private long offset(PlannedStep step) {
        Instant started = startedAt.get(step.id());
        return started == null
                ? 0
                : Math.max(0, Duration.between(begun, started).toMillis());
    }

    private static List<Problem> problems(Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded done) {
            return done.warnings();
        }
        return outcome instanceof Outcome.Failed failed ? failed.problems() : List.of();
    }

    /** Short words for outcomes, shared by console and reports. */
    static final class Words {
        private static final String LIVE = "is live";

        private Words() {}

        static Status status(Outcome outcome) {
            if (outcome instanceof Outcome.Succeeded) {
                return Status.SUCCEEDED;
            }
            return outcome instanceof Outcome.Failed ? Status.FAILED : Status.SKIPPED;
        }

        /** What a step that goes on is at. */
        static String detail(Event going) {
            if (going instanceof Event.StepWaiting waiting) {
                return waiting.reason();
            }
            return going instanceof Event.StepRetried retried
                    ? retried.failure().sentence() + "; again in "
                            + retried.delay().toSeconds() + " s"
                    : "";
        }

        static String detail(Outcome outcome) {
            if (outcome instanceof Outcome.Skipped skipped) {
                return skipped.reason();
            }
            if (outcome instanceof Outcome.Failed failed) {
                return failed.failure().sentence();
            }
            return outcome instanceof Outcome.Succeeded done ? detail(done) : "";
        }

        private static String detail(Outcome.Succeeded done) {
            if (done.output() instanceof StepOutput.RolledOut rolled) {
                String reasons = String.join("; ", rolled.outcome().reasons());
                return reasons.isEmpty() ? LIVE : LIVE + ": " + reasons;
            }
            return changes(done, e -> named(e) + (e.detail().isEmpty() ? "" : ": " + e.detail()));
        }

        /** The same in a few words, after the step's title. */
        static String shortly(Outcome.Succeeded done, String title) {
            return done.output() instanceof StepOutput.RolledOut
                    ? LIVE
                    : changes(
                            done, e -> named(e).equals(title) ? e.kind().name().toLowerCase(Locale.ROOT) : named(e));
        }

        private static String named(Effect effect) {
            return effect.type() + " " + effect.name();
        }

        private static String changes(Outcome.Succeeded done, Function<Effect, String> words) {
            List<Effect> changes =
                    done.effects().stream().filter(Effect::isChange).toList();
            if (changes.isEmpty()) {
                return done.effects().isEmpty() ? "" : "nothing to change";
            }
            return changes.size() > 2
                    ? changes.size() + " changes"
                    : changes.stream().map(words).collect(Collectors.joining("; "));
        }
    }
}
