package io.imaas.plan.snapshot;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Hold;
import io.imaas.model.rollout.Migration;
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
 * @param migration of its database, or null
 * @param unreadable why what is there can't be read; null when it can. It is then as if there were no release: of this
 *     service nothing can be decided, and of its neighbours everything
 */
public record ServiceState(
        ServiceName service,
        Release release,
        HealthRecord health,
        Hold hold,
        String releaseFile,
        String valuesFile,
        Migration migration,
        Failure unreadable)
        implements Serializable {
    /** Of what can be read, without a migration. */
    public ServiceState(
            ServiceName service,
            Release release,
            HealthRecord health,
            Hold hold,
            String releaseFile,
            String valuesFile) {
        this(service, release, health, hold, releaseFile, valuesFile, null, null);
    }

    public ServiceState with(HealthRecord known) {
        return new ServiceState(service, release, known, hold, releaseFile, valuesFile, migration, unreadable);
    }

    /** The same with another migration, or with none. */
    public ServiceState with(Migration other) {
        return new ServiceState(service, release, health, hold, releaseFile, valuesFile, other, unreadable);
    }

    /** @throws FailureException INPUT when it could not be read */
    public ServiceState orThrow() {
        if (unreadable != null) {
            throw new FailureException(unreadable);
        }
        return this;
    }

    public Optional<Release> running() {
        return Optional.ofNullable(release);
    }

    /** Whether a rollout proved the release in its environment. */
    public boolean healthy() {
        return health != null && health.status().passes();
    }
}
