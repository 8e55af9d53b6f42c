package io.imaas.cli;

import io.imaas.app.AssumedCatalog;
import io.imaas.app.Audience;
import io.imaas.app.Imaas;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** One command's connection to one tenant: what the options name, opened once. */
final class Session implements AutoCloseable {
    private final Assembly assembly;
    private final Imaas imaas;
    private final Tenant tenant;

    private Session(Assembly assembly, Imaas imaas, Tenant tenant) {
        this.assembly = assembly;
        this.imaas = imaas;
        this.tenant = tenant;
    }

    /** For a command that only reads. */
    static Session reading(GitOpsOptions options, Consumer<Assembly> more, ServiceName... services) {
        return open(options, new CommitOptions(), more, List.of(services));
    }

    /** @param more adds what else the command needs
     * @param services that the request names, for a tenant without a platform */
    static Session open(
            GitOpsOptions options, CommitOptions commits, Consumer<Assembly> more, Collection<ServiceName> services) {
        Assembly assembly = options.platform().assembly();
        try {
            options.platform().addTo(assembly, commits);
            more.accept(assembly);
            Ports ports = assembly.ports().build();
            Catalog catalog = catalog(options, ports, services);
            Imaas imaas = Imaas.on(ports, catalog);
            return new Session(assembly, imaas, tenant(options, imaas));
        } catch (RuntimeException e) {
            assembly.close();
            throw e;
        }
    }

    private static Catalog catalog(GitOpsOptions options, Ports ports, Collection<ServiceName> services) {
        if (options.platform().given()) {
            return PlatformSource.read(options.platform().platform(), ports::git);
        }
        if (options.gitops().isEmpty()) {
            throw FailureException.input(
                    "nothing says which tenant is meant", "", "give --platform URL --tenant NAME, or --gitops URL");
        }
        RepositoryUrl url = RepositoryOption.url(options.gitops());
        return AssumedCatalog.of(ports.git(url), url, options.tenant().orElse(null), options.path(), services);
    }

    private static Tenant tenant(GitOpsOptions options, Imaas imaas) {
        List<Tenant> all = imaas.catalog().tenants();
        if (options.tenant().isPresent()) {
            return imaas.tenant(options.tenant().get());
        }
        if (options.gitops().isEmpty()) {
            if (all.size() == 1) {
                return all.get(0);
            }
            throw FailureException.input(
                    "the platform has " + all.size() + " tenants",
                    options.platform().platform(),
                    "choose one with --tenant");
        }
        String wanted = plain(RepositoryOption.url(options.gitops()));
        return all.stream()
                .filter(one -> plain(one.gitops()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> FailureException.input(
                        "no tenant of the platform has this GitOps repository",
                        options.gitops(),
                        "see 'gitops' in tenants/*.yaml"));
    }

    /** A folder's path and its {@code file://} URL are the same place. */
    private static String plain(RepositoryUrl url) {
        return url.value().replaceFirst("^file://", "").replaceAll("/+$", "");
    }

    Imaas imaas() {
        return imaas;
    }

    Tenant tenant() {
        return tenant;
    }

    /** Whom the services' own repositories name. */
    Audience audience() {
        return new Audience(imaas.ports()::git);
    }

    @Override
    public void close() {
        assembly.close();
    }
}
