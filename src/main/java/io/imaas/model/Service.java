package io.imaas.model;

import java.io.Serializable;
import java.util.List;

/**
 * A deployable integration.
 *
 * @param environments its own promotion path, in order; never empty
 * @param stopTheLine why it is not promoted
 */
public record Service(
        ServiceName name,
        RepositoryUrl repository,
        ServiceType type,
        List<EnvironmentName> environments,
        Stop stopTheLine)
        implements Serializable {
    public Service {
        environments = List.copyOf(environments);
    }

    /** One whose promotions go on. */
    public Service(ServiceName name, RepositoryUrl repository, ServiceType type, List<EnvironmentName> environments) {
        this(name, repository, type, environments, Stop.NONE);
    }
}
