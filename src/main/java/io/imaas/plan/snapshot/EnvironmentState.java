package io.imaas.plan.snapshot;

import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * An environment's branch.
 *
 * @param head its tip, or null when there is no such branch
 * @param rendered the tip of the manifests' branch, or null when there is none
 */
public record EnvironmentState(EnvironmentName name, CommitId head, CommitId rendered, List<ServiceState> services)
        implements Serializable {
    public EnvironmentState {
        services = List.copyOf(services);
    }

    public Optional<ServiceState> service(ServiceName wanted) {
        return services.stream().filter(s -> s.service().equals(wanted)).findFirst();
    }
}
