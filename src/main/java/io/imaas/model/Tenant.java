package io.imaas.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Owner and isolation boundary.
 *
 * @param owners who may approve changes of the tenant itself
 * @param gitops the repository with one branch an environment
 * @param environments the promotion path, in order; never empty
 * @param allowFrom other tenants whose pods may call this one's
 * @param stopTheLine why nothing of the tenant is promoted
 */
public record Tenant(
        TenantName name,
        String displayName,
        List<String> owners,
        String contact,
        RepositoryUrl gitops,
        List<Environment> environments,
        Quota quota,
        List<TenantName> allowFrom,
        List<Service> services,
        Stop stopTheLine)
        implements Serializable {
    public Tenant {
        owners = List.copyOf(owners);
        environments = List.copyOf(environments);
        allowFrom = List.copyOf(allowFrom);
        services = List.copyOf(services);
    }

    /** One whose promotions go on. */
    public Tenant(
            TenantName name,
            String displayName,
            List<String> owners,
            String contact,
            RepositoryUrl gitops,
            List<Environment> environments,
            Quota quota,
            List<TenantName> allowFrom,
            List<Service> services) {
        this(name, displayName, owners, contact, gitops, environments, quota, allowFrom, services, Stop.NONE);
    }

    public Optional<Service> service(ServiceName wanted) {
        return services.stream().filter(s -> s.name().equals(wanted)).findFirst();
    }

    public Optional<Environment> environment(EnvironmentName wanted) {
        return environments.stream().filter(e -> e.name().equals(wanted)).findFirst();
    }

    /** The tenant's space for an environment; Kubernetes allows 63 characters and this fits. */
    public String namespace(EnvironmentName environment) {
        return name + "-" + environment;
    }
}
