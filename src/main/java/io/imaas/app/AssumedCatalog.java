package io.imaas.app;

import io.imaas.model.record.Trust;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Environment.OverridePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.ManifestPolicy;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Reach;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.GitRepository;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What a GitOps repository alone tells of its tenant, for whoever has no platform repository: no policies, no quota. */
public final class AssumedCatalog {
    private AssumedCatalog() {}

    /**
     * @param name null: from the repository's name
     * @param path the environments, in the order of promotion
     * @param more services that a request names: the first release makes them
     */
    public static Catalog of(
            GitRepository repository,
            RepositoryUrl url,
            TenantName name,
            List<EnvironmentName> path,
            Collection<ServiceName> more) {
        TreeSet<ServiceName> services = new TreeSet<>(more);
        for (EnvironmentName environment : path) {
            repository.head(environment.branch()).ifPresent(head -> repository
                    .list(head, GitOpsPaths.SERVICES)
                    .forEach(file -> GitOpsPaths.serviceOf(file).ifPresent(services::add)));
        }
        Platform platform = new Platform(
                "assumed",
                List.of(),
                "",
                ZoneOffset.UTC,
                Platform.NoTests.WARN,
                false,
                OverridePolicy.by(List.of()),
                Stop.NONE,
                ImagePolicy.USUAL,
                ManifestPolicy.USUAL,
                Trust.NONE,
                Map.of(),
                List.of(),
                List.of(),
                false,
                OnboardingPolicy.USUAL);
        boolean rendered = path.stream()
                .limit(1)
                .anyMatch(first -> repository.head(GitOpsPaths.rendered(first)).isPresent());
        Tenant tenant = new Tenant(
                "",
                name == null ? name(url) : name,
                url.baseName(),
                List.of(),
                "",
                url,
                path.stream()
                        .map(each -> new Environment(each, List.of(), 1, List.of(), Duration.ZERO, false, false))
                        .toList(),
                Quota.NONE,
                List.of(),
                services.stream()
                        .map(service -> new Service(service, url, ServiceType.WORKER, path))
                        .toList(),
                Stop.NONE,
                Offboarding.NONE,
                rendered ? Delivery.RENDERED : Delivery.HELM,
                Reach.NONE,
                List.of(),
                Previews.NONE);
        return new Catalog(platform, List.of(tenant));
    }

    /** {@code …/orders-gitops.git} is the tenant {@code orders}. */
    private static TenantName name(RepositoryUrl url) {
        String name = url.baseName()
                .replaceFirst("-gitops$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9-]", "-")
                .replaceAll("^-+|-+$", "");
        String some = name.isEmpty() ? "tenant" : name;
        return new TenantName(some.length() > 40 ? some.substring(0, 40).replaceAll("-+$", "") : some);
    }
}
