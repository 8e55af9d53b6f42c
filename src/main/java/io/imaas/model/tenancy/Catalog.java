package io.imaas.model.tenancy;

import io.imaas.model.image.ImageRepository;
import io.imaas.model.policy.PolicySet;
import io.imaas.model.source.GitHosts;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Everything the platform repository says, parsed and checked.
 *
 * @param gitHosts the Git servers that are spoken to, and no other
 * @param policies what an API server with these policies would refuse never gets there
 * @param repositories how tenants' GitOps repositories come to be
 * @param access who may what on the whole platform
 */
public record Catalog(
        Platform platform,
        List<Tenant> tenants,
        GitHosts gitHosts,
        PolicySet policies,
        RepositoryPolicy repositories,
        Access access)
        implements Serializable {
    public Catalog {
        tenants = Tenants.of(tenants);
    }

    /** One that allows any Git server and has no admission policies. */
    public Catalog(Platform platform, List<Tenant> tenants) {
        this(platform, tenants, GitHosts.any(), PolicySet.NONE, RepositoryPolicy.USUAL, Access.NONE);
    }

    public Optional<Tenant> tenant(TenantName wanted) {
        return Optional.ofNullable(((Tenants) tenants).byName().get(wanted));
    }

    /** The tenants whose services a tenant may call. */
    public List<Tenant> calledBy(TenantName caller) {
        return List.copyOf(((Tenants) tenants).calledBy(caller));
    }

    /** Where a service's images are kept. */
    public ImageRepository imagesOf(Tenant tenant, Service service) {
        return imagesOf(tenant).child(service.name().value());
    }

    /** Below which the images of a tenant's services are kept: on Harbor a project of its own. */
    public ImageRepository imagesOf(Tenant tenant) {
        ImageRepository all = platform.registries().get(0);
        return platform.onboarding().registry().isHarbor()
                ? new ImageRepository(all.registry(), all.path() + "-" + tenant.name())
                : all.child(tenant.name().value());
    }
}
