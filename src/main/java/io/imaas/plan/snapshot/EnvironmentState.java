package io.imaas.plan.snapshot;

import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** The same where one service is otherwise. */
    EnvironmentState with(ServiceState other) {
        return new EnvironmentState(
                name,
                head,
                rendered,
                Stream.concat(services.stream().filter(s -> !s.service().equals(other.service())), Stream.of(other))
                        .toList());
    }

    public Optional<ServiceState> service(ServiceName wanted) {
        return services.stream().filter(s -> s.service().equals(wanted)).findFirst();
    }
}
