package io.imaas.adapter.argocd.follow;

import io.imaas.adapter.argocd.machine.Command;
import io.imaas.adapter.argocd.machine.Goal;
import io.imaas.adapter.argocd.machine.Observation;
import java.util.function.Consumer;

/** Does what a rollout wants done, somewhere else than on the timeline. */
public interface CommandRunner {
    /**
     * Never waits and never throws; answers through the sink, from any thread. What was seen comes first, the answer to
     * the command itself last: {@link Observation.Done}, {@link Observation.Refused} or the kind's own observation.
     */
    void run(Goal goal, Command command, Consumer<Observation> answers);
}
