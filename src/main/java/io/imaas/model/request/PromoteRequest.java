package io.imaas.model.request;

import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;

/**
 * Bring releases to the next environment.
 *
 * @param services which; empty: all that run in {@code from}
 * @param tree the sources whose image is meant, when a merge of the service's own branches asks; null: what runs now
 * @param assumeHealthy the actor vouches for health that nobody observed; recorded in the commit
 * @param override why closed gates are to be opened by force, or empty
 */
public record PromoteRequest(
        List<ServiceName> services,
        EnvironmentName from,
        EnvironmentName to,
        TreeHash tree,
        String reason,
        boolean assumeHealthy,
        String override)
        implements PlanRequest {
    public PromoteRequest {
        services = List.copyOf(services);
    }
}
