package io.imaas.port;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.RolloutTarget;
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
     * Tells the health of the target's digest when it is first known and whenever it changes, for as long as it is what
     * runs; from another thread, until what is returned is closed. Tells it at once, however short it lasts, and is no
     * proof: before anything is made of it, ask {@link #now}.
     */
    AutoCloseable watch(RolloutTarget target, Consumer<HealthRecord> listener);
}
