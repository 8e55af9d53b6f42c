package io.imaas.port;

import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutTarget;

/** Asks a service itself whether it is well: a pod may be ready and serve nothing that was expected. */
@FunctionalInterface
public interface ServiceProbe {
    /** Nobody is asked. */
    ServiceProbe NONE = target -> new ProbeResult.Well("");

    /** Asks now, and for a bounded time. Never throws: not to be reached is an answer. */
    ProbeResult ask(RolloutTarget target);
}
