package io.imaas.port;

import io.imaas.model.HealthRecord;
import io.imaas.model.RolloutTarget;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How what was rolled out fares later: a health record is revocable, since an application may degrade long after its
 * rollout ended well.
 */
public interface LiveHealth {
    /**
     * The health of the target's digest as it is now, or empty when another digest is live or nothing final can be said.
     */
    Optional<HealthRecord> now(RolloutTarget target);

    /**
     * Tells when the target's digest becomes unhealthy, or healthy again, for as long as it is what runs; from another
     * thread, until what is returned is closed.
     */
    AutoCloseable watch(RolloutTarget target, Consumer<HealthRecord> listener);
}
