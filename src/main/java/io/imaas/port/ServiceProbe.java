package io.imaas.port;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutTarget;
import java.util.Optional;

/** Asks a service itself whether it is well: a pod may be ready and serve nothing that was expected. */
@FunctionalInterface
public interface ServiceProbe {
    /** Nobody is asked. */
    ServiceProbe NONE = target -> new ProbeResult.Well("");

    /** Asks now, and for a bounded time. Never throws: not to be reached is an answer. */
    ProbeResult ask(RolloutTarget target);

    /** The service itself may contradict the health of its pods; while it says nothing, nothing is known. */
    default Optional<HealthRecord> confirm(RolloutTarget target, HealthRecord healthy) {
        ProbeResult said = ask(target);
        if (said instanceof ProbeResult.Faulty faulty) {
            return Optional.of(
                    target.health(HealthRecord.Status.DEGRADED, healthy.since(), String.join("; ", faulty.faults())));
        }
        return said instanceof ProbeResult.Well ? Optional.of(healthy) : Optional.empty();
    }
}
