package io.imaas.cli;

import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceType;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.snapshot.GitOpsState;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** A tenant as its GitOps repository alone tells it, for commands without a platform repository. */
final class AssumedTenant {
    private AssumedTenant() {}

    static Platform platform() {
        return new Platform("assumed", List.of(), "", ZoneOffset.UTC, Platform.NoTests.WARN, false, List.of(), "");
    }

    static Tenant of(RepositoryUrl url, List<EnvironmentName> path, GitOpsState state) {
        TreeSet<ServiceName> services = new TreeSet<>();
        state.environments().forEach(e -> e.services().forEach(s -> services.add(s.service())));
        return new Tenant(
                name(url),
                url.baseName(),
                List.of(),
                "",
                url,
                path.stream()
                        .map(name -> new Environment(name, List.of(), 1, List.of(), Duration.ZERO, false, false))
                        .toList(),
                Quota.NONE,
                List.of(),
                services.stream()
                        .map(name -> new Service(name, url, ServiceType.WORKER, path))
                        .toList());
    }

    /** {@code …/orders-gitops.git} is the tenant {@code orders}. */
    static TenantName name(RepositoryUrl url) {
        String name = url.baseName()
                .replaceFirst("-gitops$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9-]", "-")
                .replaceAll("^-+|-+$", "");
        String some = name.isEmpty() ? "tenant" : name;
        return new TenantName(some.length() > 40 ? some.substring(0, 40).replaceAll("-+$", "") : some);
    }
}
