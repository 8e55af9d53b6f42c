package io.imaas.adapter.argocd.machine;

import java.time.Instant;
import java.util.List;

/**
 * One step of the machine.
 *
 * @param commands what is to be done
 * @param wakeAt when time itself changes something, unless an observation comes first; null when it ended
 */
public record Step(RolloutState state, List<Command> commands, Instant wakeAt) {
    public Step {
        commands = List.copyOf(commands);
    }
}
