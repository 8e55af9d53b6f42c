package io.imaas.adapter.argocd.machine;

import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The next state while it is being worked out, and what shall be done; lives for one step only. */
final class Draft {
    /** An answer that has not come by then never will; longer than any call may take. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Between two tries of a call that is not answered well. */
    static final Duration RETRY = Duration.ofSeconds(3);

    final Instant now;
    final Goal goal;
    final Limits limits;
    final Instant began;
    Phase phase;
    String waitingFor;
    private Instant since;
    ApplicationView view;
    boolean direct;
    String baseline;
    final Map<String, Standing> standings;
    private final Map<Command.Kind, Instant> asked;
    private final Set<Command.Kind> pending = EnumSet.noneOf(Command.Kind.class);
    private final Map<Mark, Instant> marks;
    private final Set<Mark> held = EnumSet.noneOf(Mark.class);
    Confirmation confirmation;
    ProbeResult probe;
    Inspection inspection;
    List<String> explanation;
    Instant lastContact;
    Instant lastSeen;
    int nudges;
    int syncs;
    int silentRefreshes;
    Instant absentSince;
    Instant deniedSince;
    String trouble;
    RolloutOutcome ending;
    RolloutOutcome outcome;
    private final List<Command> commands = new ArrayList<>();
    private Instant wakeAt;
    private boolean lastCall;

    Draft(RolloutState state, Instant now) {
        this.now = now;
        goal = state.goal();
        limits = state.limits();
        began = state.began();
        phase = state.phase();
        waitingFor = state.waitingFor();
        since = state.since();
        view = state.view();
        direct = state.direct();
        baseline = state.baseline();
        standings = new HashMap<>(state.standings());
        asked = copy(Command.Kind.class, state.asked());
        pending.addAll(state.pending());
        marks = copy(Mark.class, state.marks());
        confirmation = state.confirmation();
        probe = state.probe();
        inspection = state.inspection();
        explanation = state.explanation();
        lastContact = state.lastContact();
        lastSeen = state.lastSeen();
        nudges = state.nudges();
        syncs = state.syncs();
        silentRefreshes = state.silentRefreshes();
        absentSince = state.absentSince();
        deniedSince = state.deniedSince();
        trouble = state.trouble();
        ending = state.ending();
        outcome = state.outcome();
    }

    private static <K extends Enum<K>> Map<K, Instant> copy(Class<K> type, Map<K, Instant> from) {
        Map<K, Instant> copy = new EnumMap<>(type);
        copy.putAll(from);
        return copy;
    }

    /** Whether a moment has come; if not, the machine is woken then. */
    boolean due(Instant moment) {
        if (!now.isBefore(moment)) {
            return true;
        }
        if (wakeAt == null || moment.isBefore(wakeAt)) {
            wakeAt = moment;
        }
        return false;
    }

    /** There is no time left: what was seen to be bad is taken to be so. */
    void lastCall() {
        lastCall = true;
    }

    /** Says that a condition holds, and whether it has held for that long. */
    boolean heldFor(Mark mark, Duration duration) {
        held.add(mark);
        if (lastCall && mark.isEvidence() && marks.containsKey(mark)) {
            return true;
        }
        return due(marks.computeIfAbsent(mark, m -> now).plus(duration));
    }

    /** Says what is being waited for; the clock of a state starts when the state is entered. */
    void waitFor(Phase next, String what) {
        if (next != phase) {
            since = now;
        }
        phase = next;
        waitingFor = what;
    }

    /**
     * Asks for something, unless the same is under way or was asked for just now.
     *
     * @param pause at least this long after the last time
     * @return whether it is asked for now
     */
    boolean want(Command command, Duration pause) {
        Instant last = asked.get(command.kind());
        if (last != null && pending.contains(command.kind()) && !due(last.plus(ANSWER))) {
            return false;
        }
        if (last != null && !due(last.plus(pause))) {
            return false;
        }
        asked.put(command.kind(), now);
        pending.add(command.kind());
        commands.add(command);
        return true;
    }

    boolean want(Command command) {
        return want(command, Duration.ZERO);
    }

    void answered(Command.Kind kind) {
        pending.remove(kind);
    }

    boolean awaiting(Command.Kind kind) {
        return pending.contains(kind);
    }

    /**
     * Ends the rollout. A bad end is never taken from the stream's word alone: the application is read first. Where the
     * reasons lie in the cluster they are collected before the outcome is given.
     */
    void conclude(Verdict verdict, io.imaas.model.source.CommitId live, List<String> reasons) {
        RolloutOutcome found = new RolloutOutcome(verdict, live, reasons, now);
        if (verdict == Verdict.LIVE || verdict == Verdict.SUPERSEDED || verdict == Verdict.UNKNOWN) {
            finish(found);
        } else if (!direct && view != null && verdict != Verdict.TIMED_OUT) {
            want(new Command.Look(), RETRY);
        } else if (verdict == Verdict.REFUSED || view == null) {
            finish(found);
        } else if (lastCall) {
            finish(explained(found));
        } else {
            ending = found;
            waitFor(Phase.EXPLAINING, "the reasons");
            want(new Command.Explain());
            due(now.plus(limits.explain()));
        }
    }

    /** The outcome stands; the reasons that were collected follow the one already known. */
    RolloutOutcome explained(RolloutOutcome found) {
        List<String> all = new ArrayList<>(found.reasons());
        explanation.stream().filter(reason -> !all.contains(reason)).forEach(all::add);
        return new RolloutOutcome(found.verdict(), found.liveCommit(), all, found.observedAt());
    }

    void finish(RolloutOutcome found) {
        outcome = found;
        waitFor(Phase.ENDED, "");
    }

    /** When the current state was entered. */
    Instant since() {
        return since;
    }

    Step freeze(boolean decided) {
        if (decided) {
            marks.keySet().retainAll(held);
        }
        RolloutState state = new RolloutState(
                goal,
                limits,
                began,
                phase,
                waitingFor,
                since,
                view,
                direct,
                baseline,
                Map.copyOf(standings),
                Map.copyOf(asked),
                Set.copyOf(pending),
                Map.copyOf(marks),
                confirmation,
                probe,
                inspection,
                explanation,
                lastContact,
                lastSeen,
                nudges,
                syncs,
                silentRefreshes,
                absentSince,
                deniedSince,
                trouble,
                ending,
                outcome);
        return new Step(state, outcome == null ? commands : List.of(), outcome == null ? wakeAt : null);
    }
}
