package io.imaas.cli;

import io.imaas.app.AssumedCatalog;
import io.imaas.app.Audience;
import io.imaas.app.Imaas;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.cli.help.KnownNames;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One command's connection to one tenant: what the options name, opened once. */
final class Session implements AutoCloseable {
    private final Assembly assembly;
    private final Imaas imaas;
    private final TenantChoice choice;
    private Tenant tenant;

    private Session(Assembly assembly, Imaas imaas, TenantChoice choice) {
        this.assembly = assembly;
        this.imaas = imaas;
        this.choice = choice;
    }

    /** What a tenant's file named before and names no more. */
    List<Problem> vanished(TenantName name) {
        PlatformOptions platform = choice.options().platform();
        return platform.given()
                ? PlatformSource.vanished(platform.platform(), name, imaas.catalog(), imaas.ports()::git)
                : List.of();
    }

    /** For a command that only reads. */
    static Session reading(GitOpsOptions options, Consumer<Assembly> more, ServiceName... services) {
        return open(options, new CommitOptions(), more, List.of(services));
    }

    /** For a command that tells how things stand: an approver's word counts for manifests, so a chart is at hand. */
    static Session overview(GitOpsOptions options, Collection<ServiceName> services) {
        Consumer<Assembly> chart = options.platform().given() ? Assembly::charts : assembly -> {};
        return open(options, new CommitOptions(), chart, services);
    }

    /** @param more adds what else the command needs
     * @param services that the request names, for a tenant without a platform */
    static Session open(
            GitOpsOptions options, CommitOptions commits, Consumer<Assembly> more, Collection<ServiceName> services) {
        options.check();
        Assembly assembly = options.platform().assembly(options.settings());
        try {
            options.platform().addTo(assembly, commits);
            more.accept(assembly);
            Ports ports = assembly.ports().build();
            Catalog catalog = catalog(options, ports, services);
            options.order().check(catalog);
            Imaas imaas = Imaas.on(ports, catalog);
            names(options).keep(catalog);
            return new Session(assembly, imaas, new TenantChoice(options, imaas, services));
        } catch (RuntimeException e) {
            assembly.close();
            throw e;
        }
    }

    private static KnownNames names(GitOpsOptions options) {
        String where = options.platform().given() ? options.platform().platform() : options.gitops();
        return KnownNames.of(options.platform().cache(), where);
    }

    /** Keeps what was seen of a service's releases, newest first, for the shell's completion. */
    void keepReleases(ServiceName service, List<String> versions) {
        names(choice.options()).keep(tenant().name(), service, versions);
    }

    private static Catalog catalog(GitOpsOptions options, Ports ports, Collection<ServiceName> services) {
        if (options.platform().given()) {
            Catalog catalog = PlatformSource.read(options.platform().platform(), ports::git);
            options.tell(catalog.broken());
            return catalog;
        }
        if (options.gitops().isEmpty()) {
            options.settings().files().check();
            Optional<Path> own = Stream.of(".imaas-dev", "imaas-demo")
                    .map(made -> options.settings().here().resolve(made).resolve("config.yaml"))
                    .filter(Files::exists)
                    .findFirst();
            throw FailureException.input(
                    "nothing says which platform or tenant is meant: give --platform URL or --gitops URL, or save one in a profile",
                    own.map(config -> "export IMAAS_CONFIG=" + Pasted.of(config.toAbsolutePath()))
                            .orElse("imaas use NAME --set platform=URL --set tenant=NAME"));
        }
        RepositoryUrl url = RepositoryOption.url(options.gitops());
        return AssumedCatalog.of(ports.git(url), url, options.tenant().orElse(null), options.path(), services);
    }

    Imaas imaas() {
        return imaas;
    }

    /** Found when it is asked for: some commands are about all of them. */
    Tenant tenant() {
        tenant = tenant == null ? choice.tenant() : tenant;
        return tenant;
    }

    /** Which tenant it is, for whoever did not name it; empty for whoever did. */
    Optional<String> introduce(GitOpsOptions options) {
        return options.namesTenant()
                ? Optional.empty()
                : Optional.of("Tenant: " + tenant().name() + ", " + tenant().gitops());
    }

    /** The service whose checkout the command runs in. */
    ServiceName serviceOfCheckout() {
        return choice.serviceOfCheckout(tenant());
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
