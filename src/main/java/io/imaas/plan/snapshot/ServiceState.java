package io.imaas.plan.snapshot;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Hold;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.Optional;

/**
 * A service in an environment, as Git says.
 *
 * @param release what runs there, or null
 * @param health what a rollout found out about that digest there, or null
 * @param hold why automatic changes leave it alone, or null
 * @param releaseFile the whole {@code release.yaml}, or null when there is none
 * @param valuesFile the whole {@code values.yaml}, or null when there is none
 */
public record ServiceState(
        ServiceName service, Release release, HealthRecord health, Hold hold, String releaseFile, String valuesFile)
        implements Serializable {
    public Optional<Release> running() {
        return Optional.ofNullable(release);
    }

    /** Whether a rollout proved the release in its environment. */
    public boolean healthy() {
        return health != null && health.status().passes();
    }
}
