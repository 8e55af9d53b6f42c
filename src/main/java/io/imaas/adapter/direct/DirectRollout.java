package io.imaas.adapter.direct;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.port.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one rollout stands: brings the branch's tip to the cluster, and weighs what the cluster and the service say of it.
 * Evidence comes before the clock: at the end of the time allowed, what is known to be bad is said to be bad.
 */
record DirectRollout(Releases releases, FollowedRollouts followed, Clock clock) {
    /** @throws FailureException EXTERNAL or CONFLICT while something does not answer and there is time left */
    RolloutStatus status(RolloutTarget target) {
        try {
            return weighed(target);
        } catch (FailureException e) {
            return switch (e.failure().kind()) {
                case INPUT, FAILED -> ended(Verdict.FAILED, null, said(e));
                case POLICY -> ended(Verdict.REFUSED, null, said(e));
                case EXTERNAL, CONFLICT, DEFECT -> {
                    if (followed.overdue(target)) {
                        yield ended(Verdict.UNKNOWN, null, said(e));
                    }
                    throw e;
                }
            };
        }
    }

    private static List<String> said(FailureException e) {
        return List.of(e.failure().sentence());
    }

    private RolloutStatus weighed(RolloutTarget target) {
        Releases.Revision revision = releases.at(target);
        if (followed.applyNow(target, revision.content())) {
            Liveness earlier = releases.applyEarlier(revision);
            if (earlier.state() != Liveness.State.LIVE) {
                return weighed(target, revision, earlier);
            }
            followed.applied(target, revision.content(), releases.apply(revision));
        }
        return weighed(target, revision, releases.look(revision));
    }

    private RolloutStatus weighed(RolloutTarget target, Releases.Revision revision, Liveness seen) {
        boolean lasting = followed.lasting(target, seen);
        return switch (seen.state()) {
            case LIVE -> live(target, revision, seen);
            case BROKEN, REJECTED ->
                lasting || followed.overdue(target) ? bad(target, revision, seen) : underway(target, revision, seen);
            case UNDERWAY -> underway(target, revision, seen);
            case STALE -> {
                followed.stale(target);
                yield underway(target, revision, seen);
            }
        };
    }

    private RolloutStatus live(RolloutTarget target, Releases.Revision revision, Liveness seen) {
        if (!releases.isCurrent(revision)) {
            return underway(target, revision, Liveness.underway("the branch's newest change of it", seen.reasons()));
        }
        // What is expected of the service is ours; of another release only its own pipeline knows.
        return revision.holds(target.image())
                ? probed(target, revision, seen)
                : ended(Verdict.SUPERSEDED, revision.commit(), explained(target, revision, seen.reasons()));
    }

    private RolloutStatus probed(RolloutTarget target, Releases.Revision revision, Liveness seen) {
        ProbeResult said = followed.word(target);
        if (said instanceof ProbeResult.Well well) {
            List<String> evidence = new ArrayList<>(seen.reasons());
            evidence.add(well.evidence());
            evidence.removeIf(String::isEmpty);
            return ended(Verdict.LIVE, revision.commit(), evidence);
        }
        if (said instanceof ProbeResult.Silent silent) {
            return underway(target, revision, Liveness.underway(silent.reason(), List.of()));
        }
        boolean denied = said instanceof ProbeResult.Denied;
        List<String> reasons = said instanceof ProbeResult.Faulty faulty
                ? faulty.faults()
                : List.of(((ProbeResult.Denied) said).reason());
        return followed.wordLasts(target)
                ? ended(denied ? Verdict.REFUSED : Verdict.DEGRADED, revision.commit(), reasons)
                : underway(target, revision, Liveness.underway(reasons.get(0), reasons));
    }

    /** When it is another release that is bad, nothing is known of ours. */
    private RolloutStatus bad(RolloutTarget target, Releases.Revision revision, Liveness seen) {
        Verdict verdict = !revision.holds(target.image())
                ? Verdict.UNKNOWN
                : seen.state() == Liveness.State.REJECTED ? Verdict.FAILED : Verdict.DEGRADED;
        return ended(verdict, revision.commit(), explained(target, revision, seen.reasons()));
    }

    /** Whoever sets other values all the time keeps any state from lasting: they are named whatever is waited for. */
    private RolloutStatus underway(RolloutTarget target, Releases.Revision revision, Liveness seen) {
        Instant since = followed.since(target, seen.waitingFor());
        List<String> reasons = Stream.concat(seen.reasons().stream(), followed.takenBack(target).stream())
                .toList();
        if (followed.overdue(target)) {
            return ended(
                    Verdict.TIMED_OUT,
                    null,
                    prepend(
                            "after " + target.timeout().toSeconds() + " s still waiting: " + seen.waitingFor(),
                            explained(target, revision, reasons)));
        }
        return new RolloutStatus.InProgress("CONVERGING", seen.waitingFor(), since, reasons);
    }

    /** When another release took the place of ours, that is the first thing to know. */
    private static List<String> explained(RolloutTarget target, Releases.Revision revision, List<String> reasons) {
        return revision.holds(target.image())
                ? reasons
                : prepend(
                        "commit " + revision.commit().abbreviated() + " put "
                                + revision.image().digest().abbreviated() + " in the place of "
                                + target.image().digest().abbreviated(),
                        reasons);
    }

    private static List<String> prepend(String first, List<String> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    private RolloutStatus ended(Verdict verdict, CommitId live, List<String> reasons) {
        return new RolloutStatus.Ended(new RolloutOutcome(verdict, live, reasons, clock.now()));
    }
}
