package io.imaas.adapter.argocd.machine;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Applied: from 'in sync' to 'live and healthy', which only the cluster itself can say. */
final class Converging {
    /** Two reads of the cluster are at least this far apart. */
    private static final Duration CONFIRM_AGAIN = Duration.ofSeconds(3);

    static final Duration COMPARE_AGAIN = Duration.ofSeconds(30);

    private static final Duration INSPECT_AGAIN = Duration.ofSeconds(5);

    /** A pod that waits for another service crashes a few times, and then does not. */
    private static final Duration FAILING = Duration.ofSeconds(30);

    private final Draft draft;
    private final Sight sight;
    private final ApplicationView view;
    private final String revision;
    private final Digest wanted;
    private final String note;

    /** @param note goes with the outcome; may be empty */
    Converging(Draft draft, Sight sight, String revision, Digest wanted, String note) {
        this.draft = draft;
        this.sight = sight;
        this.view = draft.view;
        this.revision = revision;
        this.wanted = wanted;
        this.note = note;
    }

    void decide() {
        if (stale()) {
            draft.waitFor(Phase.COMPARING, "Argo CD to compare again");
            if (draft.heldFor(Mark.STALE, COMPARE_AGAIN)) {
                draft.want(new Command.Refresh(false), COMPARE_AGAIN);
            }
            return;
        }
        switch (view.health()) {
            case HEALTHY -> healthy();
            case DEGRADED -> degraded();
            case PROGRESSING, SUSPENDED, MISSING, UNKNOWN -> progressing();
        }
    }

    /** Health and sync are those of a comparison; one from before the end of the sync says nothing about it. */
    private boolean stale() {
        Operation last = view.operation();
        boolean before = last != null
                && last.finishedAt() != null
                && (view.reconciledAt() == null || view.reconciledAt().isBefore(last.finishedAt()));
        return before || !view.comparedAsSpecified();
    }

    private void degraded() {
        List<String> reasons = new ArrayList<>();
        reasons.add(
                "the application is Degraded" + (view.healthMessage().isEmpty() ? "" : ": " + view.healthMessage()));
        view.unfinished().stream().map(Resource::line).forEach(reasons::add);
        if (draft.heldFor(Mark.DEGRADED, draft.limits.degraded())) {
            conclude(Verdict.DEGRADED, reasons);
        } else {
            draft.waitFor(Phase.CONVERGING, "recovery: " + reasons.get(reasons.size() - 1));
        }
    }

    private void conclude(Verdict bad, List<String> reasons) {
        List<String> all = new ArrayList<>(reasons);
        if (sight.verdict(bad, revision) != bad) {
            all.add(0, "superseded by " + revision + ", which wants " + wanted + " and is not well");
        }
        draft.conclude(sight.verdict(bad, revision), Sight.commit(revision), all);
    }

    /** Argo CD calls a Deployment Degraded only when its progress deadline is over; its pods know long before. */
    private void inspect() {
        if (draft.heldFor(Mark.PROGRESS, INSPECT_AGAIN)) {
            draft.want(new Command.Inspect(wanted), INSPECT_AGAIN);
        }
        Inspection found = draft.inspection;
        if (found != null && found.of().equals(wanted) && !found.reasons().isEmpty()) {
            draft.waitFor(Phase.CONVERGING, found.reasons().get(0));
            if (draft.heldFor(Mark.FAILING, FAILING)) {
                conclude(found.rejected() ? Verdict.FAILED : Verdict.DEGRADED, found.reasons());
            }
        }
    }

    private void progressing() {
        String first = view.unfinished().isEmpty()
                ? "the application, which is " + view.health().word()
                : view.unfinished().get(0).line();
        draft.waitFor(
                Phase.CONVERGING,
                view.health() == Health.SUSPENDED ? "somebody to resume what is suspended: " + first : first);
        inspect();
        if (draft.heldFor(Mark.PROGRESS, draft.limits.progress()) && view.health() != Health.SUSPENDED) {
            draft.conclude(
                    Verdict.TIMED_OUT,
                    Sight.commit(revision),
                    List.of("applied, and not healthy "
                            + draft.limits.progress().toSeconds() + " s later: " + first));
        }
    }

    private void healthy() {
        boolean listed = view.images().stream().anyMatch(image -> image.endsWith("@" + wanted));
        Confirmation confirmed = draft.confirmation;
        if (confirmed != null && confirmed.speaksFor(view, draft.now)) {
            weigh(confirmed.workloads(), listed);
        } else if (confirmed != null && draft.phase == Phase.PROBING) {
            confirmBetweenProbes();
        } else {
            // Argo CD lists the images of pods seconds after it calls them healthy: the cluster itself is asked at
            // once.
            confirm("the cluster's own word on the live image");
        }
        if (!listed) {
            draft.heldFor(Mark.UNAFFECTED, draft.limits.unaffected());
        }
    }

    private void confirm(String what) {
        draft.waitFor(Phase.CONFIRMING, what);
        draft.want(new Command.Confirm(), CONFIRM_AGAIN);
    }

    /**
     * The cluster's word ages while the service is asked: it is renewed. A bad word of the service goes on to hold; a good
     * one ages as well, so the service is asked again.
     */
    private void confirmBetweenProbes() {
        draft.want(new Command.Confirm(), CONFIRM_AGAIN);
        if (draft.probe instanceof ProbeResult.Faulty) {
            draft.heldFor(Mark.FAULTY, draft.limits.probe());
        } else if (draft.probe instanceof ProbeResult.Denied) {
            draft.heldFor(Mark.SHUT, draft.limits.probe());
        } else if (draft.probe instanceof ProbeResult.Well) {
            draft.probe = null;
        }
    }

    private void weigh(List<Workload> workloads, boolean listed) {
        List<Workload> running = workloads.stream().filter(w -> w.runs(wanted)).toList();
        if (running.isEmpty() && !(workloads.isEmpty() && listed)) {
            unaffected(workloads);
            return;
        }
        List<String> incomplete = new ArrayList<>();
        workloads.stream()
                .filter(w -> !w.complete())
                .map(w -> w.title() + ": " + w.progress())
                .forEach(incomplete::add);
        workloads.stream()
                .filter(this::runsAnother)
                .map(w -> w.title() + " to run it too")
                .forEach(incomplete::add);
        if (incomplete.isEmpty()) {
            agreed(running);
        } else {
            confirm(incomplete.get(0));
        }
    }

    private boolean runsAnother(Workload workload) {
        String ours = draft.goal.image().repository() + "@";
        return workload.images().stream().anyMatch(image -> image.startsWith(ours) && !image.endsWith("@" + wanted));
    }

    private void unaffected(List<Workload> workloads) {
        List<String> live = workloads.stream()
                .map(w -> w.title() + " runs " + String.join(", ", w.images()))
                .toList();
        if (draft.heldFor(Mark.UNAFFECTED, draft.limits.unaffected())) {
            List<String> reasons = new ArrayList<>();
            reasons.add("in sync and healthy at " + revision + ", yet nothing runs " + wanted
                    + ": the commit does not affect the application");
            reasons.addAll(live);
            draft.conclude(Verdict.FAILED, Sight.commit(revision), reasons);
        } else {
            // Argo CD's cache of the cluster may be what is wrong: a sync of an older revision leaves it behind for a
            // while.
            draft.want(new Command.Refresh(false), draft.limits.nudge());
            confirm("a workload that runs " + wanted.abbreviated());
        }
    }

    private void agreed(List<Workload> running) {
        boolean same = wanted.equals(draft.goal.image().digest());
        // What the probe expects is ours; of a superseding change only its own pipeline knows what to expect.
        if (same && draft.goal.probed() != null && !probed()) {
            return;
        }
        List<String> reasons = new ArrayList<>();
        if (!same) {
            reasons.add("superseded by " + revision + ", which runs " + wanted);
        }
        running.forEach(w -> reasons.add(w.title() + " runs " + wanted));
        if (same
                && draft.probe instanceof ProbeResult.Well well
                && !well.evidence().isEmpty()) {
            reasons.add(well.evidence());
        }
        if (!note.isEmpty()) {
            reasons.add(note);
        }
        draft.conclude(same ? Verdict.LIVE : Verdict.SUPERSEDED, Sight.commit(revision), reasons);
    }

    private boolean probed() {
        if (draft.probe instanceof ProbeResult.Well) {
            return true;
        }
        if (draft.probe instanceof ProbeResult.Faulty faulty) {
            return probed(Mark.FAULTY, Verdict.DEGRADED, faulty.faults());
        }
        if (draft.probe instanceof ProbeResult.Denied denied) {
            return probed(Mark.SHUT, Verdict.REFUSED, List.of(denied.reason()));
        }
        // No answer proves nothing, neither good nor bad: only the rollout's own timeout ends it.
        ask(draft.probe instanceof ProbeResult.Silent silent ? silent.reason() : "the service's own word");
        return false;
    }

    private boolean probed(Mark mark, Verdict verdict, List<String> reasons) {
        if (draft.heldFor(mark, draft.limits.probe())) {
            draft.conclude(verdict, Sight.commit(revision), reasons);
        } else {
            ask(reasons.get(0));
        }
        return false;
    }

    private void ask(String what) {
        draft.waitFor(Phase.PROBING, what);
        draft.want(new Command.Probe(), CONFIRM_AGAIN);
    }
}
