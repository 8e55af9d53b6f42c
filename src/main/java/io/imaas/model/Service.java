package io.imaas.model;

import java.io.Serializable;
import java.util.List;

/**
 * A deployable integration.
 *
 * @param environments its own promotion path, in order; never empty
 */
public record Service(ServiceName name, RepositoryUrl repository, ServiceType type, List<EnvironmentName> environments)
        implements Serializable {
    public Service {
        environments = List.copyOf(environments);
    }
}
