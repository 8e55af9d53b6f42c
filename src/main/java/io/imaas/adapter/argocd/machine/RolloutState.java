package io.imaas.adapter.argocd.machine;

import io.imaas.adapter.argocd.machine.ApplicationView.Resource;
import io.imaas.adapter.argocd.machine.Observation.Confirmation;
import io.imaas.adapter.argocd.machine.Observation.Inspection;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.source.CommitId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a rollout remembers, and, while a step of it is worked out, what shall be done. One rollout's steps come one
 * after the other; {@link RolloutMachine} takes them.
 */
public final class RolloutState {
    /** An answer that has not come by then never will; longer than any call may take. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Between two tries of a call that is not answered well. */
    static final Duration RETRY = Duration.ofSeconds(3);

    final Goal goal;
    final Limits limits;
    final Instant began;
    Phase phase = Phase.OPENING;
    /** What it waits for, for people. */
    String waitingFor = "Argo CD's answer";
    /** When it began to wait for just this. */
    private Instant since;
    /** The application as last seen, or null. */
    ApplicationView view;
    /** Whether the view was read for us and not taken from the stream. */
    boolean direct;
    /** The operation that had ended already when we first looked: it proves nothing bad about our commit. */
    String baseline;
    /** How revisions stand to the commit. */
    final Map<String, Standing> standings = new HashMap<>();
    /** When each kind of command was last asked for. */
    private final Map<Class<? extends Command>, Instant> asked = new HashMap<>();
    /** Commands under way. */
    private final Set<Class<? extends Command>> pending = new HashSet<>();
    /** Conditions that hold, and since when. */
    private final Map<Mark, Instant> marks = new EnumMap<>(Mark.class);
    /** What the cluster, the service and the pods said last; null while they were not asked. */
    Confirmation confirmation;

    ProbeResult probe;
    Inspection inspection;
    /** The reasons that were collected last; empty when none were. */
    List<String> explanation = List.of();
    /** When the server last gave any answer. */
    Instant lastContact;
    /** When anything was last heard of the application. */
    Instant lastSeen;
    /** How often Argo CD was asked to read Git. */
    int nudges = 1;
    /** How often a sync was asked for. */
    int syncs;
    /** How many refreshes in a row the controller did not answer. */
    int silentRefreshes;
    /** Since when reads find no application, or are refused; null while they do not. */
    Instant absentSince;

    Instant deniedSince;
    /** The last refusal, for people; empty when the last call was well. */
    String trouble = "";
    /** The outcome while its reasons are being collected, or null. */
    RolloutOutcome ending;
    /** How it ended, or null. */
    RolloutOutcome outcome;

    /** Of the step that is worked out. */
    Instant now;

    private final Set<Mark> held = EnumSet.noneOf(Mark.class);
    private List<Command> commands = List.of();
    private Instant wakeAt;
    private boolean lastCall;

    RolloutState(Goal goal, Limits limits, Instant now) {
        this.goal = goal;
        this.limits = limits;
        began = now;
        since = now;
        lastContact = now;
        lastSeen = now;
        begin(now);
    }

    void begin(Instant moment) {
        now = moment;
        commands = new ArrayList<>();
        wakeAt = null;
        held.clear();
        lastCall = false;
    }

    /** It is worked out: conditions that were not seen again do not hold any more. */
    void end(boolean decided) {
        if (decided) {
            marks.keySet().retainAll(held);
        }
        if (outcome != null) {
            commands = List.of();
            wakeAt = null;
        }
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
        Instant last = asked.get(command.getClass());
        if (last != null && pending.contains(command.getClass()) && !due(last.plus(ANSWER))) {
            return false;
        }
        if (last != null && !due(last.plus(pause))) {
            return false;
        }
        asked.put(command.getClass(), now);
        pending.add(command.getClass());
        commands.add(command);
        return true;
    }

    boolean want(Command command) {
        return want(command, Duration.ZERO);
    }

    void answered(Class<? extends Command> kind) {
        pending.remove(kind);
    }

    boolean awaiting(Class<? extends Command> kind) {
        return pending.contains(kind);
    }

    /**
     * Ends the rollout. A bad end is never taken from the stream's word alone: the application is read first. Where the
     * reasons lie in the cluster they are collected before the outcome is given.
     */
    void conclude(Verdict verdict, CommitId live, List<String> reasons) {
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
        // An object's events follow its line, so a line that comes again stays where they are.
        all.removeIf(reason -> all.indexOf(reason) > 0 && explanation.contains(reason));
        explanation.stream().filter(reason -> !all.contains(reason)).forEach(all::add);
        return new RolloutOutcome(found.verdict(), found.liveCommit(), all, found.observedAt());
    }

    void finish(RolloutOutcome found) {
        outcome = found;
        waitFor(Phase.ENDED, "");
    }

    public Instant began() {
        return began;
    }

    public Phase phase() {
        return phase;
    }

    public String waitingFor() {
        return waitingFor;
    }

    /** When the current state was entered. */
    public Instant since() {
        return since;
    }

    /** The application as last seen, or null. */
    public ApplicationView view() {
        return view;
    }

    /** What the last step wants done. */
    public List<Command> commands() {
        return List.copyOf(commands);
    }

    /** When time itself changes something, unless an observation comes first; null when it ended. */
    public Instant wakeAt() {
        return wakeAt;
    }

    public RolloutOutcome outcome() {
        return outcome;
    }

    public boolean ended() {
        return outcome != null;
    }

    /** What is not done yet, one line each. */
    public List<String> unfinished() {
        return view == null
                ? List.of()
                : view.unfinished().stream().map(Resource::line).toList();
    }
}
