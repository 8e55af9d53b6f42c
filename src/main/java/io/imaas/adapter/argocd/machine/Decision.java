package io.imaas.adapter.argocd.machine;

import io.imaas.adapter.argocd.machine.ApplicationView.Resource;
import io.imaas.adapter.argocd.machine.ApplicationView.SyncStatus;
import io.imaas.adapter.argocd.machine.Sight.Place;
import io.imaas.model.image.Digest;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to make of all that is known now. The order of the questions is the algorithm; {@code docs/rollout.md}. */
final class Decision {
    /** Longer without contact at the end of the time allowed, and 'timed out' would claim more than is known. */
    private static final Duration BLIND = Duration.ofSeconds(60);

    /** The codes by which Argo CD's server says that its own repo-server is not there. */
    private static final Pattern SILENT = Pattern.compile("code = (Unavailable|DeadlineExceeded)");

    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(60);

    private final RolloutState state;
    private final Sight sight;

    private Decision(RolloutState state) {
        this.state = state;
        this.sight = Sight.of(state);
    }

    static void decide(RolloutState state) {
        if (state.ending != null) {
            if (state.due(state.since().plus(state.limits.explain()))) {
                state.finish(state.ending);
            }
        } else if (state.due(state.goal.deadline(state.began))) {
            atTheEnd(state);
        } else if (state.due(state.lastContact.plus(state.limits.lost()))) {
            state.conclude(Verdict.UNKNOWN, null, List.of(lost(state)));
        } else if (state.deniedSince != null) {
            denied(state);
        } else if (state.absentSince != null) {
            absent(state);
        } else if (state.view == null) {
            state.waitFor(Phase.OPENING, "Argo CD's answer" + (state.trouble.isEmpty() ? "" : ": " + state.trouble));
            if (!state.awaiting(Command.Refresh.class)) {
                state.want(new Command.Look(), RolloutState.RETRY);
            }
        } else {
            lookWhenSilent(state);
            lookBeforeTheEnd(state);
            new Decision(state).decide();
            nameWhoIsSilent(state);
        }
    }

    /** Whatever is waited for: as long as somebody does not answer it cannot come. */
    private static void nameWhoIsSilent(RolloutState state) {
        String silent = state.silentRefreshes > 0
                ? "Argo CD's application controller has not answered " + state.silentRefreshes + " refreshes"
                : state.trouble;
        if (state.outcome == null && !silent.isEmpty() && !state.waitingFor.contains(silent)) {
            state.waitingFor += "; " + silent;
        }
    }

    /** What is known comes before the clock: nobody is told of a timeout who could be told of a failure. */
    private static void atTheEnd(RolloutState state) {
        state.lastCall();
        if (state.view != null && !blind(state)) {
            new Decision(state).decide();
        }
        if (state.outcome == null) {
            timedOut(state);
        }
    }

    private static boolean blind(RolloutState state) {
        return !state.lastContact.plus(BLIND).isAfter(state.now);
    }

    private static void timedOut(RolloutState state) {
        boolean blind = blind(state);
        List<String> reasons = new ArrayList<>();
        reasons.add("not live after " + state.goal.timeout().toSeconds() + " s: still waiting for " + state.waitingFor);
        if (blind) {
            reasons.add(lost(state));
        } else if (state.view != null) {
            state.view.unfinished().stream().map(Resource::line).forEach(reasons::add);
        }
        state.conclude(blind ? Verdict.UNKNOWN : Verdict.TIMED_OUT, null, reasons);
    }

    /** So that the end can come in time, and with its reasons. */
    private static void lookBeforeTheEnd(RolloutState state) {
        if (state.due(state.goal.deadline(state.began).minus(LAST_LOOK))) {
            state.want(new Command.Look(), LAST_LOOK);
            state.want(new Command.Explain(), LAST_LOOK);
        }
    }

    private static String lost(RolloutState state) {
        return "Argo CD has not answered since " + state.lastContact
                + (state.trouble.isEmpty() ? "" : ": " + state.trouble);
    }

    private static void denied(RolloutState state) {
        if (state.due(state.deniedSince.plus(state.limits.denied()))) {
            state.finish(new RolloutOutcome(Verdict.REFUSED, null, List.of(state.trouble), state.now));
            return;
        }
        state.waitFor(Phase.OPENING, "the right to read the application: " + state.trouble);
        state.want(new Command.Look(), RolloutState.RETRY);
    }

    private static void absent(RolloutState state) {
        if (state.due(state.absentSince.plus(state.limits.absent()))) {
            state.finish(new RolloutOutcome(
                    Verdict.FAILED,
                    null,
                    List.of("there is no application " + state.goal.application() + " in project "
                            + state.goal.project()),
                    state.now));
            return;
        }
        state.waitFor(Phase.OPENING, "the application to be made: " + state.trouble);
        state.want(new Command.Look(), RolloutState.RETRY);
    }

    /** A stream loses events; the longer a rollout lasts the less often it is worth a read of its own. */
    private static void lookWhenSilent(RolloutState state) {
        Duration tenth = Duration.between(state.began, state.now).dividedBy(10);
        Duration pause = tenth.compareTo(state.limits.look()) < 0 ? state.limits.look() : tenth;
        Duration bounded = pause.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : pause;
        if (state.due(state.lastSeen.plus(bounded))) {
            // The server answers from what it remembers; whether the controller lives only a refresh tells, which reads
            // the application as well. While it does not see the commit it is asked to refresh anyway.
            state.want(state.phase == Phase.UNSEEN ? new Command.Look() : new Command.Refresh(false), bounded);
        }
    }

    private void decide() {
        ApplicationView view = state.view;
        Operation operation = view.operation();
        Place operated = operation == null ? Place.LACKS : sight.place(sight.operated());
        boolean ours = operation != null && operation.rolloutId().equals(state.goal.id());
        Optional<String> contradiction = sight.contradiction();
        if (contradiction.isPresent()) {
            state.finish(new RolloutOutcome(Verdict.FAILED, null, List.of(contradiction.get()), state.now));
        } else if (view.deleting()) {
            state.conclude(Verdict.FAILED, null, List.of("the application is being deleted"));
        } else if (view.operating()) {
            new Operating(state, sight).decide(ours || operated == Place.CONTAINS);
        } else if (operation != null
                && operation.failed()
                && (ours || operated == Place.CONTAINS)
                && !Sight.key(operation).equals(state.baseline)) {
            state.conclude(sight.verdict(Verdict.FAILED, sight.operated().get(0)), null, failures(operation));
        } else if (!erroneous()) {
            bySight(operated);
        }
    }

    static List<String> failures(Operation operation) {
        List<String> reasons = new ArrayList<>();
        reasons.add("the sync failed: " + operation.message());
        reasons.addAll(operation.failures());
        return reasons;
    }

    private void bySight(Place operated) {
        Place seen = sight.place(sight.seen());
        if (seen == Place.ASKED || operated == Place.ASKED) {
            String why = state.trouble.isEmpty() ? "" : " (" + state.trouble + ")";
            state.waitFor(
                    Phase.ORDERING,
                    "the GitOps repository to tell whether " + named(sight.seen()) + " holds the change" + why);
        } else if (seen == Place.LACKS) {
            new Starting(state, sight).unseen(operated == Place.CONTAINS);
        } else {
            contained(operated == Place.CONTAINS);
        }
    }

    private void contained(boolean operated) {
        String revision = sight.seen().get(0);
        Optional<Digest> wanted = sight.digest(revision);
        if (wanted.isEmpty()) {
            state.conclude(
                    Verdict.FAILED,
                    Sight.commit(revision),
                    List.of("superseded by " + revision + ", which names no image for this service any more"));
            return;
        }
        Operation last = state.view.operation();
        if (state.view.sync() == SyncStatus.UNKNOWN) {
            state.waitFor(Phase.COMPARING, "Argo CD to compare " + named(sight.seen()) + " with the cluster");
        } else if (operated && last.failed()) {
            // It failed before we came: Argo CD will not try this commit again by itself, so we do, once.
            new Starting(state, sight).begin("the earlier sync of this commit failed: " + last.message());
        } else if (state.view.sync() == SyncStatus.SYNCED) {
            new Converging(state, sight, revision, wanted.get(), "").decide();
        } else {
            outOfSync(operated);
        }
    }

    private void outOfSync(boolean operated) {
        // A partial sync is not evidence for the whole commit: the rest is still to be asked for.
        boolean applied = operated
                && state.view.operation().succeeded()
                && !state.view.operation().partial();
        if (applied && sight.operated().equals(sight.seen())) {
            changedSince();
        } else if (applied && !state.view.automated()) {
            // A pinned manual sync while the branch moved on: the operation's own word, health and the live digest
            // count.
            String revision = sight.operated().get(0);
            sight.digest(revision).ifPresent(digest -> new Converging(
                            state,
                            sight,
                            revision,
                            digest,
                            "the branch has moved on to " + sight.seen().get(0))
                    .decide());
        } else {
            // Argo CD puts what somebody changed back by partial syncs, as often as it is changed.
            new Starting(state, sight).begin(operated && state.view.operation().succeeded() ? different() : "");
        }
    }

    private String different() {
        return state.view.unfinished().stream()
                .filter(resource -> resource.sync() == SyncStatus.OUT_OF_SYNC)
                .findFirst()
                .map(resource -> resource.title() + " is not as Git wants it")
                .orElse("");
    }

    /** Applied, and out of sync all the same: somebody changed a resource, or the comparison is an old one. */
    private void changedSince() {
        Optional<Resource> changed = state.view.unfinished().stream()
                .filter(resource -> resource.sync() == SyncStatus.OUT_OF_SYNC)
                .findFirst();
        if (changed.isEmpty() || !state.view.comparedAsSpecified()) {
            state.waitFor(Phase.COMPARING, "Argo CD to compare again");
            if (state.heldFor(Mark.STALE, Converging.COMPARE_AGAIN)) {
                state.want(new Command.Refresh(false), Converging.COMPARE_AGAIN);
            }
        } else {
            state.waitFor(
                    Phase.COMPARING,
                    changed.get().title() + " to be as Git wants it: it was applied, and somebody changed it since");
        }
    }

    /** Of a sync that failed the operation itself says more than the condition, whatever its words. */
    private boolean erroneous() {
        Operation last = state.view.operation();
        List<String> errors = state.view.conditions().stream()
                .filter(condition -> last == null || !last.failed() || !condition.startsWith("SyncError:"))
                .toList();
        if (errors.isEmpty()) {
            return false;
        }
        boolean silent = SILENT.matcher(errors.get(0)).find();
        String error = silent ? "Argo CD's repo-server does not answer: " + errors.get(0) : errors.get(0);
        state.waitFor(Phase.COMPARING, "an error to go away: " + error);
        if (state.heldFor(Mark.ERROR, silent ? state.limits.lost() : state.limits.error())) {
            state.conclude(silent ? Verdict.UNKNOWN : Verdict.FAILED, null, silent ? List.of(error) : errors);
        } else {
            state.want(new Command.Refresh(false), state.limits.nudge());
        }
        return true;
    }

    /** Revisions, for people. */
    static String named(List<String> revisions) {
        List<String> abbreviated = revisions.stream()
                .map(r -> r.isEmpty() ? "nothing" : r.substring(0, Math.min(10, r.length())))
                .toList();
        return String.join(", ", abbreviated);
    }
}
