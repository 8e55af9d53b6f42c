package io.imaas.adapter.argocd.machine;

import io.imaas.adapter.argocd.machine.Observation.Inspection;
import java.time.Duration;
import java.util.Optional;

/**
 * Argo CD calls a Deployment Degraded only when its progress deadline is over, and a Job whose pod does not start never ends:
 * the pods know long before.
 */
final class Pods {
    /** Most pods are ready before; each look at them is a call. */
    private static final Duration FIRST = Duration.ofSeconds(15);

    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** A pod that waits for another service crashes a few times, and then does not. */
    private static final Duration FAILING = Duration.ofSeconds(20);

    private Pods() {}

    /**
     * What has been failing for long enough to believe that it stays so.
     *
     * @param since how long they are waited for
     */
    static Optional<Inspection> failing(RolloutState state, Mark since, Command.Inspect what) {
        if (state.heldFor(since, FIRST)) {
            state.want(what, AGAIN);
        }
        Optional<Inspection> last =
                Optional.ofNullable(state.inspection).filter(found -> found.of().equals(what));
        last.flatMap(found -> found.waiting().stream().findFirst())
                .ifPresent(why -> state.waitFor(state.phase, state.waitingFor + "; " + why.strip()));
        return last.filter(found -> !found.reasons().isEmpty()).filter(found -> {
            state.waitFor(state.phase, found.reasons().get(0));
            return state.heldFor(Mark.FAILING, FAILING);
        });
    }
}
