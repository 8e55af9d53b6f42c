package io.imaas.app.adopt;

import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be brought under management, and what no server tells of it.
 *
 * @param tenants these alone; empty: all that are found
 * @param environments how namespaces end, in the order of the promotion path
 * @param owners of each tenant
 * @param gitops URL of a tenant's new GitOps repository, with {@code {tenant}}
 * @param sources URL of a service's sources where its image does not tell, with {@code {tenant}} and {@code {service}};
 *     may be empty
 * @param services by the application's name, what the service is to be called
 * @param delivery how releases reach the cluster from now on
 * @param changes whether a service is proposed that would not run as it does
 */
public record AdoptRequest(
        Set<TenantName> tenants,
        List<EnvironmentName> environments,
        List<String> owners,
        String contact,
        String gitops,
        String sources,
        Map<String, ServiceName> services,
        Delivery delivery,
        boolean changes) {
    public AdoptRequest {
        tenants = Set.copyOf(tenants);
        environments = List.copyOf(environments);
        owners = List.copyOf(owners);
        services = Map.copyOf(services);
    }
}
