package io.imaas.adapter.argocd.machine;

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

    private final Draft draft;
    private final Sight sight;

    private Decision(Draft draft) {
        this.draft = draft;
        this.sight = Sight.of(draft);
    }

    static void decide(Draft draft) {
        if (draft.ending != null) {
            if (draft.due(draft.since().plus(draft.limits.explain()))) {
                draft.finish(draft.ending);
            }
        } else if (draft.due(draft.goal.deadline(draft.began))) {
            atTheEnd(draft);
        } else if (draft.due(draft.lastContact.plus(draft.limits.lost()))) {
            draft.conclude(Verdict.UNKNOWN, null, List.of(lost(draft)));
        } else if (draft.deniedSince != null) {
            denied(draft);
        } else if (draft.absentSince != null) {
            absent(draft);
        } else if (draft.view == null) {
            draft.waitFor(Phase.OPENING, "Argo CD's answer" + (draft.trouble.isEmpty() ? "" : ": " + draft.trouble));
            if (!draft.awaiting(Command.Kind.REFRESH)) {
                draft.want(new Command.Look(), Draft.RETRY);
            }
        } else {
            lookWhenSilent(draft);
            lookBeforeTheEnd(draft);
            new Decision(draft).decide();
            nameWhoIsSilent(draft);
        }
    }

    /** Whatever is waited for: as long as somebody does not answer it cannot come. */
    private static void nameWhoIsSilent(Draft draft) {
        String silent = draft.silentRefreshes > 0
                ? "Argo CD's application controller has not answered " + draft.silentRefreshes + " refreshes"
                : draft.trouble;
        if (draft.outcome == null && !silent.isEmpty() && !draft.waitingFor.contains(silent)) {
            draft.waitingFor += "; " + silent;
        }
    }

    /** What is known comes before the clock: nobody is told of a timeout who could be told of a failure. */
    private static void atTheEnd(Draft draft) {
        draft.lastCall();
        if (draft.view != null && !blind(draft)) {
            new Decision(draft).decide();
        }
        if (draft.outcome == null) {
            timedOut(draft);
        }
    }

    private static boolean blind(Draft draft) {
        return !draft.lastContact.plus(BLIND).isAfter(draft.now);
    }

    private static void timedOut(Draft draft) {
        boolean blind = blind(draft);
        List<String> reasons = new ArrayList<>();
        reasons.add("not live after " + draft.goal.timeout().toSeconds() + " s: still waiting for " + draft.waitingFor);
        if (blind) {
            reasons.add(lost(draft));
        } else if (draft.view != null) {
            draft.view.unfinished().stream().map(Resource::line).forEach(reasons::add);
        }
        draft.conclude(blind ? Verdict.UNKNOWN : Verdict.TIMED_OUT, null, reasons);
    }

    /** So that the end can come in time, and with its reasons. */
    private static void lookBeforeTheEnd(Draft draft) {
        if (draft.due(draft.goal.deadline(draft.began).minus(LAST_LOOK))) {
            draft.want(new Command.Look(), LAST_LOOK);
            draft.want(new Command.Explain(), LAST_LOOK);
        }
    }

    private static String lost(Draft draft) {
        return "Argo CD has not answered since " + draft.lastContact
                + (draft.trouble.isEmpty() ? "" : ": " + draft.trouble);
    }

    private static void denied(Draft draft) {
        if (draft.due(draft.deniedSince.plus(draft.limits.denied()))) {
            draft.finish(new RolloutOutcome(Verdict.REFUSED, null, List.of(draft.trouble), draft.now));
            return;
        }
        draft.waitFor(Phase.OPENING, "the right to read the application: " + draft.trouble);
        draft.want(new Command.Look(), Draft.RETRY);
    }

    private static void absent(Draft draft) {
        if (draft.due(draft.absentSince.plus(draft.limits.absent()))) {
            draft.finish(new RolloutOutcome(
                    Verdict.FAILED,
                    null,
                    List.of("there is no application " + draft.goal.application() + " in project "
                            + draft.goal.project()),
                    draft.now));
            return;
        }
        draft.waitFor(Phase.OPENING, "the application to be made: " + draft.trouble);
        draft.want(new Command.Look(), Draft.RETRY);
    }

    /** A stream loses events; the longer a rollout lasts the less often it is worth a read of its own. */
    private static void lookWhenSilent(Draft draft) {
        Duration tenth = Duration.between(draft.began, draft.now).dividedBy(10);
        Duration pause = tenth.compareTo(draft.limits.look()) < 0 ? draft.limits.look() : tenth;
        Duration bounded = pause.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : pause;
        if (draft.due(draft.lastSeen.plus(bounded))) {
            draft.want(new Command.Look(), bounded);
            // The server answers from what it remembers; whether the controller lives only a refresh tells.
            // While it does not see the commit it is asked to refresh anyway.
            if (draft.phase != Phase.UNSEEN) {
                draft.want(new Command.Refresh(false), bounded);
            }
        }
    }

    private void decide() {
        ApplicationView view = draft.view;
        Operation operation = view.operation();
        Place operated = operation == null ? Place.LACKS : sight.place(sight.operated());
        boolean ours = operation != null && operation.rolloutId().equals(draft.goal.id());
        Optional<String> contradiction = sight.contradiction();
        if (contradiction.isPresent()) {
            draft.finish(new RolloutOutcome(Verdict.FAILED, null, List.of(contradiction.get()), draft.now));
        } else if (view.deleting()) {
            draft.conclude(Verdict.FAILED, null, List.of("the application is being deleted"));
        } else if (view.operating()) {
            new Operating(draft, sight).decide(ours || operated == Place.CONTAINS);
        } else if (operation != null
                && operation.failed()
                && (ours || operated == Place.CONTAINS)
                && !Sight.key(operation).equals(draft.baseline)) {
            draft.conclude(sight.verdict(Verdict.FAILED, sight.operated().get(0)), null, failures(operation));
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
            String why = draft.trouble.isEmpty() ? "" : " (" + draft.trouble + ")";
            draft.waitFor(
                    Phase.ORDERING,
                    "the GitOps repository to tell whether " + named(sight.seen()) + " holds the change" + why);
        } else if (seen == Place.LACKS) {
            new Starting(draft, sight).unseen(operated == Place.CONTAINS);
        } else {
            contained(operated == Place.CONTAINS);
        }
    }

    private void contained(boolean operated) {
        String revision = sight.seen().get(0);
        Optional<Digest> wanted = sight.digest(revision);
        if (wanted.isEmpty()) {
            draft.conclude(
                    Verdict.FAILED,
                    Sight.commit(revision),
                    List.of("superseded by " + revision + ", which names no image for this service any more"));
            return;
        }
        Operation last = draft.view.operation();
        if (draft.view.sync() == SyncStatus.UNKNOWN) {
            draft.waitFor(Phase.COMPARING, "Argo CD to compare " + named(sight.seen()) + " with the cluster");
        } else if (operated && last.failed()) {
            // It failed before we came: Argo CD will not try this commit again by itself, so we do, once.
            new Starting(draft, sight).begin("the earlier sync of this commit failed: " + last.message());
        } else if (draft.view.sync() == SyncStatus.SYNCED) {
            new Converging(draft, sight, revision, wanted.get(), "").decide();
        } else {
            outOfSync(operated);
        }
    }

    private void outOfSync(boolean operated) {
        // A partial sync is no evidence for the whole commit: the rest is still to be asked for.
        boolean applied = operated
                && draft.view.operation().succeeded()
                && !draft.view.operation().partial();
        if (applied && sight.operated().equals(sight.seen())) {
            changedSince();
        } else if (applied && !draft.view.automated()) {
            // A pinned manual sync while the branch moved on: the operation's own word, health and the live digest
            // count.
            String revision = sight.operated().get(0);
            sight.digest(revision).ifPresent(digest -> new Converging(
                            draft,
                            sight,
                            revision,
                            digest,
                            "the branch has moved on to " + sight.seen().get(0))
                    .decide());
        } else {
            new Starting(draft, sight).begin("");
        }
    }

    /** Applied, and out of sync all the same: somebody changed a resource, or the comparison is an old one. */
    private void changedSince() {
        Optional<Resource> changed = draft.view.unfinished().stream()
                .filter(resource -> resource.sync() == SyncStatus.OUT_OF_SYNC)
                .findFirst();
        if (changed.isEmpty() || !draft.view.comparedAsSpecified()) {
            draft.waitFor(Phase.COMPARING, "Argo CD to compare again");
            if (draft.heldFor(Mark.STALE, Converging.COMPARE_AGAIN)) {
                draft.want(new Command.Refresh(false), Converging.COMPARE_AGAIN);
            }
        } else {
            draft.waitFor(
                    Phase.COMPARING,
                    changed.get().title() + " to be as Git wants it: it was applied, and somebody changed it since");
        }
    }

    /** Of a sync that failed the operation itself says more than the condition, whatever its words. */
    private boolean erroneous() {
        Operation last = draft.view.operation();
        List<String> errors = draft.view.conditions().stream()
                .filter(condition -> last == null || !last.failed() || !condition.startsWith("SyncError:"))
                .toList();
        if (errors.isEmpty()) {
            return false;
        }
        boolean silent = SILENT.matcher(errors.get(0)).find();
        String error = silent ? "Argo CD's repo-server does not answer: " + errors.get(0) : errors.get(0);
        draft.waitFor(Phase.COMPARING, "an error to go away: " + error);
        if (draft.heldFor(Mark.ERROR, silent ? draft.limits.lost() : draft.limits.error())) {
            draft.conclude(silent ? Verdict.UNKNOWN : Verdict.FAILED, null, silent ? List.of(error) : errors);
        } else {
            draft.want(new Command.Refresh(false), draft.limits.nudge());
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
