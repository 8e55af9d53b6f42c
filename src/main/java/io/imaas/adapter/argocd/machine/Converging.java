package io.imaas.adapter.argocd.machine;

import io.imaas.adapter.argocd.machine.ApplicationView.Resource;
import io.imaas.adapter.argocd.machine.Observation.Confirmation;
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

    private final RolloutState state;
    private final Sight sight;
    private final ApplicationView view;
    private final String revision;
    private final Digest wanted;
    private final String note;

    /** @param note goes with the outcome; may be empty */
    Converging(RolloutState state, Sight sight, String revision, Digest wanted, String note) {
        this.state = state;
        this.sight = sight;
        this.view = state.view;
        this.revision = revision;
        this.wanted = wanted;
        this.note = note;
    }

    void decide() {
        if (stale()) {
            state.waitFor(Phase.COMPARING, "Argo CD to compare again");
            if (state.heldFor(Mark.STALE, COMPARE_AGAIN)) {
                state.want(new Command.Refresh(false), COMPARE_AGAIN);
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
        if (state.heldFor(Mark.DEGRADED, state.limits.degraded())) {
            conclude(Verdict.DEGRADED, reasons);
        } else {
            state.waitFor(Phase.CONVERGING, "recovery: " + reasons.get(reasons.size() - 1));
        }
    }

    private void conclude(Verdict bad, List<String> reasons) {
        List<String> all = new ArrayList<>(reasons);
        if (sight.verdict(bad, revision) != bad) {
            all.add(0, "superseded by " + revision + ", which wants " + wanted + " and is not well");
        }
        state.conclude(sight.verdict(bad, revision), Sight.commit(revision), all);
    }

    private void progressing() {
        String first = view.unfinished().isEmpty()
                ? "the application, which is " + view.health().word()
                : view.unfinished().get(0).line();
        state.waitFor(
                Phase.CONVERGING,
                view.health() == Health.SUSPENDED ? "somebody to resume what is suspended: " + first : first);
        Pods.failing(state, Mark.PROGRESS, new Command.Inspect(wanted, true, List.of()))
                .ifPresent(found -> conclude(found.verdict(), found.reasons()));
        if (state.heldFor(Mark.PROGRESS, state.limits.progress()) && view.health() != Health.SUSPENDED) {
            state.conclude(
                    Verdict.TIMED_OUT,
                    Sight.commit(revision),
                    List.of("applied, and not healthy "
                            + state.limits.progress().toSeconds() + " s later: " + first));
        }
    }

    private void healthy() {
        boolean listed = view.images().stream().anyMatch(image -> image.endsWith("@" + wanted));
        Confirmation confirmed = state.confirmation;
        if (confirmed != null && confirmed.speaksFor(view, state.now)) {
            weigh(confirmed.workloads(), listed);
        } else if (confirmed != null && state.phase == Phase.PROBING) {
            confirmBetweenProbes();
        } else {
            // Argo CD lists the images of pods seconds after it calls them healthy: the cluster itself is asked at
            // once.
            confirm("the cluster's own word on the live image");
        }
        if (!listed) {
            state.heldFor(Mark.UNAFFECTED, state.limits.unaffected());
        }
    }

    private void confirm(String what) {
        state.waitFor(Phase.CONFIRMING, what);
        if (!state.trouble.isEmpty()) {
            // Redis may have lost what a comparison puts there again.
            state.want(new Command.Refresh(false), state.limits.nudge());
        }
        state.want(new Command.Confirm(view), CONFIRM_AGAIN);
    }

    /**
     * The cluster's word ages while the service is asked: it is renewed. A bad word of the service goes on to hold; a good
     * one ages as well, so the service is asked again.
     */
    private void confirmBetweenProbes() {
        state.want(new Command.Confirm(view), CONFIRM_AGAIN);
        if (state.probe instanceof ProbeResult.Faulty) {
            state.heldFor(Mark.FAULTY, state.limits.probe());
        } else if (state.probe instanceof ProbeResult.Denied) {
            state.heldFor(Mark.SHUT, state.limits.probe());
        } else if (state.probe instanceof ProbeResult.Well) {
            state.probe = null;
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
        String ours = state.goal.image().repository() + "@";
        return workload.images().stream().anyMatch(image -> image.startsWith(ours) && !image.endsWith("@" + wanted));
    }

    private void unaffected(List<Workload> workloads) {
        List<String> live = workloads.stream()
                .map(w -> w.title() + " runs " + String.join(", ", w.images()))
                .toList();
        if (state.heldFor(Mark.UNAFFECTED, state.limits.unaffected())) {
            List<String> reasons = new ArrayList<>();
            reasons.add("in sync and healthy at " + revision + ", yet nothing runs " + wanted
                    + ": the commit does not affect the application");
            reasons.addAll(live);
            state.conclude(Verdict.FAILED, Sight.commit(revision), reasons);
        } else {
            // Argo CD's cache of the cluster may be what is wrong: a sync of an older revision leaves it behind for a
            // while.
            state.want(new Command.Refresh(false), state.limits.nudge());
            confirm("a workload that runs " + wanted.abbreviated());
        }
    }

    private void agreed(List<Workload> running) {
        boolean same = wanted.equals(state.goal.image().digest());
        // What the probe expects is ours; of a superseding change only its own pipeline knows what to expect.
        if (same && state.goal.probed() != null && !probed()) {
            return;
        }
        List<String> reasons = new ArrayList<>();
        if (!same) {
            reasons.add("superseded by " + revision + ", which runs " + wanted);
        }
        running.forEach(w -> reasons.add(w.title() + " runs " + wanted));
        view.unfinished().stream().map(Resource::line).forEach(reasons::add);
        if (same
                && state.probe instanceof ProbeResult.Well well
                && !well.evidence().isEmpty()) {
            reasons.add(well.evidence());
        }
        if (!note.isEmpty()) {
            reasons.add(note);
        }
        state.conclude(same ? Verdict.LIVE : Verdict.SUPERSEDED, Sight.commit(revision), reasons);
    }

    private boolean probed() {
        if (state.probe instanceof ProbeResult.Well) {
            return true;
        }
        if (state.probe instanceof ProbeResult.Faulty faulty) {
            return probed(Mark.FAULTY, Verdict.DEGRADED, faulty.faults());
        }
        if (state.probe instanceof ProbeResult.Denied denied) {
            return probed(Mark.SHUT, Verdict.REFUSED, List.of(denied.reason()));
        }
        // No answer proves nothing, neither good nor bad: only the rollout's own timeout ends it.
        ask(state.probe instanceof ProbeResult.Silent silent ? silent.reason() : "the service's own word");
        return false;
    }

    private boolean probed(Mark mark, Verdict verdict, List<String> reasons) {
        if (state.heldFor(mark, state.limits.probe())) {
            state.conclude(verdict, Sight.commit(revision), reasons);
        } else {
            ask(reasons.get(0));
        }
        return false;
    }

    private void ask(String what) {
        state.waitFor(Phase.PROBING, what);
        state.want(new Command.Probe(), CONFIRM_AGAIN);
    }
}
