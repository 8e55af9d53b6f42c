package io.imaas.adapter.argocd.machine;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Duration;
import java.util.List;

/** While an operation runs or is asked for. */
final class Operating {
    /** A terminated operation runs its clean-up; then it must be over. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(60);

    private final RolloutState state;
    private final Sight sight;
    private final Operation operation;

    Operating(RolloutState state, Sight sight) {
        this.state = state;
        this.sight = sight;
        this.operation = state.view.operation();
    }

    void decide(boolean mine) {
        if (operation == null || !operation.running()) {
            state.waitFor(Phase.STARTING, "the requested operation to begin");
        } else if (operation.blockedByWindow()) {
            blocked();
        } else if (mine) {
            mine();
        } else {
            others();
        }
    }

    /** What is older than our commit only keeps it waiting; what may still end well gets some time for it. */
    private void others() {
        String what = "another operation to end (revision " + Decision.named(sight.operated()) + ")";
        state.waitFor(Phase.BLOCKED, operation.message().isEmpty() ? what : what + ": " + operation.message());
        if (sight.older(sight.operated())
                && (operation.retrying()
                        || state.heldFor(Mark.OLDER, state.limits.stalled())
                        || Pods.failing(
                                        state,
                                        Mark.OLDER,
                                        pods(state.goal.image().digest()))
                                .isPresent())) {
            state.want(new Command.Terminate(), CLEAN_UP);
        }
    }

    private void blocked() {
        if (state.heldFor(Mark.WINDOW, state.limits.skipped())) {
            state.conclude(Verdict.REFUSED, null, List.of("a sync window holds the sync back: " + operation.message()));
        } else {
            state.waitFor(Phase.STARTING, "a sync window to open");
        }
    }

    private void mine() {
        if (state.heldFor(Mark.OPERATION, state.limits.operation().plus(CLEAN_UP))) {
            state.conclude(Verdict.FAILED, null, List.of("the sync does not end: " + operation.message()));
            return;
        }
        boolean hopeless = operation.failures().stream().anyMatch(Operating::isMigration);
        if (operation.retrying() && (hopeless || state.heldFor(Mark.RETRY, state.limits.error()))) {
            state.conclude(sight.verdict(Verdict.FAILED, sight.operated().get(0)), null, Decision.failures(operation));
            return;
        }
        if (state.heldFor(Mark.OPERATION, state.limits.operation())) {
            state.want(new Command.Terminate(), CLEAN_UP);
        }
        state.waitFor(Phase.OPERATING, what());
        String revision = sight.operated().get(0);
        sight.digest(revision)
                .flatMap(image -> Pods.failing(state, Mark.OPERATION, pods(image)))
                .ifPresent(found -> state.conclude(
                        sight.verdict(found.verdict(), revision), Sight.commit(revision), found.reasons()));
    }

    private Command.Inspect pods(Digest image) {
        return new Command.Inspect(image, false, operation.jobs());
    }

    /** Its Job stays as it is: trying the sync again changes nothing. */
    private static boolean isMigration(String failure) {
        return failure.startsWith("Job ") && Migration.isRunBy(failure);
    }

    private String what() {
        String message = operation.message().isEmpty() ? "" : " (" + operation.message() + ")";
        if (operation.phase() == Operation.Phase.TERMINATING) {
            return "the sync to be terminated" + message;
        }
        if (operation.finishedAt() != null) {
            return "Argo CD to try the sync again" + message;
        }
        return "Argo CD to apply " + Decision.named(sight.operated()) + message;
    }
}
