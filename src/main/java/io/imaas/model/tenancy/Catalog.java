package io.imaas.model.tenancy;

import io.imaas.model.image.ImageRepository;
import io.imaas.model.policy.PolicySet;
import io.imaas.model.source.GitHosts;
import io.imaas.model.tenancy.OnboardingPolicy.RepositoryPolicy;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * Everything the platform repository says, parsed and checked.
 *
 * @param gitHosts the Git servers that are spoken to, and no other
 * @param policies what an API server with these policies would refuse never gets there
 * @param repositories how tenants' GitOps repositories come to be
 * @param access who may what on the whole platform
 * @param broken tenants whose files have errors: left out of {@code tenants}, or there as they were before
 */
public record Catalog(
        Platform platform,
        List<Tenant> tenants,
        GitHosts gitHosts,
        PolicySet policies,
        RepositoryPolicy repositories,
        Access access,
        List<BrokenTenant> broken)
        implements Serializable {
    public Catalog {
        tenants = Tenants.of(tenants);
        broken = List.copyOf(broken);
    }

    /** One that allows any Git server and has no admission policies. */
    public Catalog(Platform platform, List<Tenant> tenants) {
        this(platform, tenants, GitHosts.any(), PolicySet.NONE, RepositoryPolicy.USUAL, Access.NONE, List.of());
    }

    /** The same with what is said of tenants whose files have errors. */
    public Catalog with(List<BrokenTenant> told) {
        return new Catalog(platform, tenants, gitHosts, policies, repositories, access, told);
    }

    /** The tenant of this name, when its files have errors. */
    public Optional<BrokenTenant> broken(String name) {
        return broken.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The same, when it is left out. */
    public Optional<BrokenTenant> leftOut(TenantName name) {
        return broken(name.value()).filter(one -> !one.kept());
    }

    /** Whether a namespace, project or application may belong to a tenant whose files can't be read now. */
    public boolean mayBeOfBroken(String object) {
        return broken.stream().anyMatch(one -> one.mayOwn(object));
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
        return platform.imagesOf(tenant.name());
    }

    /** The tenants of a platform in the order of its files, which finds one by its name however many there are. */
    private static final class Tenants extends AbstractList<Tenant> implements RandomAccess, Serializable {
        private static final long serialVersionUID = 1;

        private final ArrayList<Tenant> all;
        private final HashMap<TenantName, Tenant> byName = new HashMap<>();
        private final HashMap<TenantName, ArrayList<Tenant>> byCaller = new HashMap<>();

        private Tenants(List<Tenant> tenants) {
            all = new ArrayList<>(tenants);
            for (Tenant tenant : all) {
                byName.putIfAbsent(tenant.name(), tenant);
                tenant.allowFrom().forEach(caller -> byCaller.computeIfAbsent(caller, fresh -> new ArrayList<>())
                        .add(tenant));
            }
        }

        static Tenants of(List<Tenant> tenants) {
            return tenants instanceof Tenants known ? known : new Tenants(tenants);
        }

        Map<TenantName, Tenant> byName() {
            return byName;
        }

        /** Those that a tenant may call. */
        List<Tenant> calledBy(TenantName caller) {
            return byCaller.getOrDefault(caller, new ArrayList<>());
        }

        @Override
        public Tenant get(int index) {
            return all.get(index);
        }

        @Override
        public int size() {
            return all.size();
        }
    }
}
