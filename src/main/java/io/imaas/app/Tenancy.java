package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whose a repository is: what a build may touch follows from its repository and from nothing that the build
 * itself says. A repository belongs to one tenant and serves one purpose; where the catalog leaves that open, even if
 * only by the case of a letter, it belongs to nobody.
 */
public final class Tenancy {
    private final List<Claim> claims = new ArrayList<>();

    /** @param platform the platform's own repository; empty when the door does not know it */
    public Tenancy(Catalog catalog, Optional<RepositoryUrl> platform) {
        platform.ifPresent(url -> claims.add(new Claim(null, null, url, RepositoryPlace.of(url))));
        for (Tenant tenant : catalog.tenants()) {
            claims.add(new Claim(tenant, null, tenant.gitops(), RepositoryPlace.of(tenant.gitops())));
            for (Service service : tenant.services()) {
                claims.add(new Claim(tenant, service, service.repository(), RepositoryPlace.of(service.repository())));
            }
        }
    }

    /** @param service null when the claim is on the tenant's GitOps repository; so is the tenant for the platform's */
    private record Claim(Tenant tenant, Service service, RepositoryUrl url, RepositoryPlace place) {
        String purpose() {
            return tenant == null
                    ? "the platform's metadata"
                    : (service == null ? "the GitOps repository of tenant " : "sources of tenant ") + tenant.name();
        }
    }

    /**
     * Whose the repository is; empty when it is nobody's.
     *
     * @throws FailureException POLICY when more than one tenant or purpose claims it, INPUT when the URL is no good
     */
    public Optional<Ownership> find(RepositoryUrl repository) {
        RepositoryPlace place = RepositoryPlace.of(repository);
        List<Claim> near =
                claims.stream().filter(claim -> claim.place().mayBe(place)).toList();
        Set<String> purposes = new LinkedHashSet<>();
        near.forEach(claim -> purposes.add(claim.purpose()));
        if (purposes.size() > 1) {
            throw FailureException.policy(
                    "one repository can't be " + String.join(" and ", purposes),
                    repository.value(),
                    "give each tenant and purpose a repository of its own");
        }
        List<Claim> own =
                near.stream().filter(claim -> claim.place().equals(place)).toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(ownership(own));
    }

    /**
     * Whose the repository is.
     *
     * @throws FailureException INPUT when it is nobody's, and says where to add it; otherwise as {@link #find}
     */
    public Ownership of(RepositoryUrl repository) {
        return find(repository).orElseThrow(() -> {
            RepositoryPlace place = RepositoryPlace.of(repository);
            String near = claims.stream()
                    .filter(claim -> claim.place().mayBe(place))
                    .findFirst()
                    .map(claim -> "the catalog writes it " + claim.url() + ": write it the same")
                    .orElse("add it under 'services' in tenants/<tenant>.yaml of the platform repository");
            return FailureException.input("no tenant has this repository", repository.value(), near);
        });
    }

    private static Ownership ownership(List<Claim> own) {
        Claim first = own.get(0);
        if (first.tenant() == null) {
            return new Ownership.Metadata();
        }
        return first.service() == null
                ? new Ownership.GitOps(first.tenant())
                : new Ownership.Sources(
                        first.tenant(), own.stream().map(Claim::service).toList());
    }
}
