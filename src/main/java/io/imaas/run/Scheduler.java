package io.imaas.run;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.Undo;
import io.imaas.port.Clock;
import io.imaas.run.Event.EventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Says which steps of a plan are due, and takes how their attempts ended. Groups run one after the other, the steps of a
 * group side by side. It has no thread: the command line's {@link Runner}, Jenkins' steps and the server drive the same
 * object. After a hard stop, steps that know their inverse are undone. What outlives a process is given to it again: how steps ended, and since when a step is under way.
 */
public final class Scheduler {
    /** How often a step is planned again because somebody else changed the same thing. */
    private static final int CONFLICTS = 3;

    private final List<StepGroup> groups;
    private final StepResults results;
    private final Clock clock;
    private final EventSink events;
    private final RetryPolicy retries;
    private final Replanner replanner;
    private final Map<String, Instant> begunBefore = new HashMap<>();
    private final Map<String, Outcome> endedBefore = new HashMap<>();
    private List<StepState> group = List.of();
    private int next;
    private RunResult.Status status = RunResult.Status.SUCCEEDED;
    private boolean interrupted;
    private boolean changed;
    private boolean undoing;
    private boolean trying;
    private Permission permission;

    /**
     * @param results of steps that ended before; those of this run are added
     * @param events takes events one at a time, from any thread
     */
    public Scheduler(
            List<StepGroup> groups,
            StepResults results,
            Clock clock,
            EventSink events,
            RetryPolicy retries,
            Replanner replanner) {
        this.groups = new ArrayList<>(groups);
        this.results = results;
        this.clock = clock;
        this.events = events;
        this.retries = retries;
        this.replanner = replanner;
        this.permission = new Permission(null, clock);
    }

    /** A step that another process began: its time limit counts from then, and its beginning is not told again. */
    public synchronized Scheduler begunBefore(String stepId, Instant moment) {
        begunBefore.put(stepId, moment);
        return this;
    }

    /** A step that another process ended in this very run: it is not begun again, and its end is not told again. */
    public synchronized Scheduler endedBefore(String stepId, Outcome outcome) {
        endedBefore.put(stepId, outcome);
        return this;
    }

    /** A dry run: nothing was done that could be taken back, and all reasons against it are told at once. */
    public synchronized Scheduler trying() {
        trying = true;
        return this;
    }

    /** It begins when the permit is there, which is given back when it is over. */
    public synchronized Scheduler needing(RunPermit given) {
        permission = new Permission(given, clock);
        return this;
    }

    /** The steps to be attempted now; each is given once, until {@link #ended} is told of it. */
    public List<DueStep> next() {
        Permission needed;
        synchronized (this) {
            needed = permission;
            if (interrupted && !needed.granted()) {
                return List.of();
            }
        }
        return needed.ask() ? dueNow() : List.of();
    }

    private synchronized List<DueStep> dueNow() {
        beginGroups();
        Instant now = clock.now();
        List<DueStep> due = new ArrayList<>();
        for (StepState state : group) {
            if (!state.isOver() && !state.running && !state.due.isAfter(now)) {
                begin(state, now);
                due.add(due(state));
            }
        }
        givePermitBack();
        return due;
    }

    private void givePermitBack() {
        boolean over = interrupted
                ? group.stream().noneMatch(state -> state.running)
                : next >= groups.size()
                        && group.stream().allMatch(StepState::isOver)
                        && (undoing || trying || status != RunResult.Status.FAILED);
        if (over) {
            permission.giveBack();
        }
    }

    /** The next attempt of one step, whenever it was due; empty when it is over or being attempted. */
    public synchronized Optional<DueStep> next(String stepId) {
        return group.stream()
                .filter(state -> state.step.id().equals(stepId) && !state.isOver() && !state.running)
                .findFirst()
                .map(state -> {
                    begin(state, clock.now());
                    return due(state);
                });
    }

    /** When the next attempt is due; empty while all are being attempted, and in the end. */
    public synchronized Optional<Instant> dueAt() {
        if (!permission.granted()) {
            return interrupted ? Optional.empty() : Optional.of(permission.asksAgain());
        }
        beginGroups();
        return group.stream()
                .filter(state -> !state.isOver() && !state.running)
                .map(state -> state.due)
                .min(Instant::compareTo);
    }

    /** Something happened that a waiting step may be glad to see: its next attempt is due now. */
    public synchronized void wake(String stepId) {
        group.stream().filter(state -> state.step.id().equals(stepId)).forEach(state -> state.due = clock.now());
    }

    /**
     * How an attempt ended.
     *
     * @return when the next attempt of the step is due; empty when the step is over
     */
    public Optional<Instant> ended(PlannedStep step, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed && failed.failure().kind().again() == FailureKind.Again.REPLAN) {
            Optional<Instant> again = plannedAgain(step, failed);
            if (again.isPresent()) {
                return again;
            }
        }
        return taken(step, outcome);
    }

    private synchronized Optional<Instant> taken(PlannedStep step, Outcome outcome) {
        StepState state = state(step.id());
        state.running = false;
        Instant now = clock.now();
        if (interrupted && outcome instanceof Outcome.Waiting) {
            return over(state, Outcome.failed(interruption(state.step)));
        }
        if (outcome instanceof Outcome.Waiting waiting) {
            if (!waiting.reason().equals(state.waitingFor)) {
                events.accept(new Event.StepWaiting(now, state.step, waiting.reason()));
                state.waitingFor = waiting.reason();
            }
            return again(state, now.plus(waiting.pollAfter()));
        }
        state.changed.addAll(outcome.effects());
        changed |= outcome.effects().stream().anyMatch(Effect::isChange);
        if (outcome instanceof Outcome.Succeeded) {
            retries.answered(state.step.server());
        }
        Optional<Duration> delay = outcome instanceof Outcome.Failed failed && !interrupted
                ? (changed && state.hard ? retries.patient() : retries)
                        .next(failed.failure(), state.attempts, ThreadLocalRandom.current())
                : Optional.empty();
        if (delay.isPresent()) {
            Failure failure = ((Outcome.Failed) outcome).failure();
            events.accept(new Event.StepRetried(now, state.step, state.attempts++, failure, delay.get()));
            return again(state, now.plus(delay.get()));
        }
        return over(state, outcome.after(state.changed));
    }

    /** Not under the lock: planning reads the world. */
    private Optional<Instant> plannedAgain(PlannedStep step, Outcome.Failed conflict) {
        synchronized (this) {
            StepState state = state(step.id());
            if (interrupted || state.conflicts++ >= CONFLICTS) {
                return Optional.empty();
            }
        }
        Optional<PlannedStep> again;
        try {
            again = replanner.again(step);
        } catch (FailureException e) {
            return taken(step, Outcome.failed(e.failure()));
        }
        synchronized (this) {
            StepState state = state(step.id());
            if (again.isEmpty() || interrupted) {
                return Optional.empty();
            }
            state.changed.addAll(conflict.effects());
            state.step = again.get();
            state.running = false;
            Instant now = clock.now();
            events.accept(new Event.StepRetried(now, state.step, state.conflicts, conflict.failure(), Duration.ZERO));
            return again(state, now);
        }
    }

    /** Ends what waits, and begins nothing more. Steps that are being attempted are still to be told of. */
    public synchronized void interrupt() {
        interrupted = true;
        group.stream()
                .filter(state -> !state.isOver() && !state.running)
                .forEach(state -> over(state, Outcome.failed(interruption(state.step))));
        givePermitBack();
    }

    /** What the steps under way wait for, for people; null while none says so. */
    public synchronized String waitingFor() {
        if (permission.waitsFor() != null) {
            return permission.waitsFor();
        }
        String reasons = group.stream()
                .filter(state -> !state.isOver() && !state.waitingFor.isEmpty())
                .map(state -> state.step.title() + ": " + state.waitingFor)
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? null : reasons;
    }

    /** Whether nothing is left to do. */
    public synchronized boolean isOver() {
        if (!permission.granted()) {
            return interrupted;
        }
        beginGroups();
        givePermitBack();
        return group.stream().allMatch(StepState::isOver);
    }

    /** How it went so far; the whole when {@link #isOver}. */
    public synchronized RunResult result() {
        List<Failure> failures = groups.stream()
                .flatMap(planned -> planned.steps().stream())
                .flatMap(step -> results.outcome(step.id()).stream())
                .filter(Outcome.Failed.class::isInstance)
                .map(outcome -> ((Outcome.Failed) outcome).failure())
                .toList();
        return new RunResult(interrupted ? RunResult.Status.FAILED : status, failures, results.outputs());
    }

    private void beginGroups() {
        while (group.stream().allMatch(StepState::isOver) && (next < groups.size() || undo()) && !interrupted) {
            StepGroup planned = groups.get(next++);
            boolean stopped = status == RunResult.Status.FAILED && !trying;
            Instant now = clock.now();
            group = planned.steps().stream()
                    .filter(step -> !stopped || step.always() || step instanceof Undo)
                    .map(step -> new StepState(step, now))
                    .toList();
            group.forEach(this::takeEndedBefore);
            if (!group.stream().allMatch(StepState::isOver)) {
                events.accept(new Event.GroupStarted(now, planned.title()));
            }
        }
    }

    /** After a hard stop: what this run changed is taken back, the last group first. Returns whether there is any. */
    private boolean undo() {
        if (undoing || trying || interrupted || status != RunResult.Status.FAILED) {
            return false;
        }
        undoing = true;
        for (StepGroup done : List.copyOf(groups)) {
            List<PlannedStep> steps = done.steps().stream()
                    .filter(step -> step.isUndone() && changed(step))
                    .<PlannedStep>map(Undo::new)
                    .toList();
            if (!steps.isEmpty()) {
                groups.add(next, new StepGroup("Undo: " + done.title(), steps));
            }
        }
        return next < groups.size();
    }

    private boolean changed(PlannedStep step) {
        return results.outcome(step.id()).stream()
                .flatMap(outcome -> outcome.effects().stream())
                .anyMatch(Effect::isChange);
    }

    private void takeEndedBefore(StepState state) {
        Outcome outcome = endedBefore.get(state.step.id());
        if (outcome != null) {
            state.outcome = outcome;
            results.put(state.step.id(), outcome);
            status = status.worse(RunResult.Status.of(outcome, state.hard));
        }
    }

    private void begin(StepState state, Instant now) {
        state.running = true;
        if (state.begun == null) {
            Instant before = begunBefore.get(state.step.id());
            state.begun = before == null ? now : before;
            if (before == null) {
                events.accept(new Event.StepStarted(now, state.step));
            }
        }
    }

    private DueStep due(StepState state) {
        PlannedStep step = state.step;
        // What it tried itself, it tries to the end.
        Failure outage =
                state.attempts > 1 ? null : retries.outage(step.server()).orElse(null);
        StepContext context = new AttemptContext(step.id(), results, state.begun, state.memory, line -> {
            synchronized (this) {
                events.accept(new Event.StepLogged(clock.now(), step, line));
            }
        });
        return new DueStep(step, context, outage);
    }

    private static Optional<Instant> again(StepState state, Instant moment) {
        state.due = moment;
        return Optional.of(moment);
    }

    private Optional<Instant> over(StepState state, Outcome outcome) {
        state.outcome = outcome;
        results.put(state.step.id(), outcome);
        status = status.worse(RunResult.Status.of(outcome, state.hard));
        Instant now = clock.now();
        Instant begun = state.begun == null ? now : state.begun;
        events.accept(new Event.StepEnded(now, state.step, outcome, Duration.between(begun, now)));
        if (interrupted) {
            givePermitBack();
        }
        return Optional.empty();
    }

    /** Why a step did not end that somebody stopped. */
    public static Failure interruption(PlannedStep step) {
        return new Failure(FailureKind.EXTERNAL, "interrupted", step.title(), "run it again: it goes on");
    }

    private StepState state(String stepId) {
        return group.stream()
                .filter(state -> state.step.id().equals(stepId))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("step " + stepId + " is not under way"));
    }
}
