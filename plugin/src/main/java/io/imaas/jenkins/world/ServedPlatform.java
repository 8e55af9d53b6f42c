package io.imaas.jenkins.world;

import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.helm.BundledChart;
import io.imaas.app.Ownership;
import io.imaas.app.PlatformRepository;
import io.imaas.app.Tenancy;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.platform.LivePlatform;
import io.imaas.catalog.KnownFiles;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.job.TenantFolders;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.run.StepRunners;
import io.imaas.step.runner.ReportToPullRequestRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The platform as one configuration of this controller has it. Another configuration is another of these. */
final class ServedPlatform implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ServedPlatform.class.getName());

    private final KnownFiles known = new KnownFiles();
    private final Clock clock;
    private final TenantGit git;
    private final Forges forges;
    private final StepRunners ownRunners;
    private final FutureTask<List<ConfiguredServer>> servers = new FutureTask<>(this::connect);
    private final LivePlatform<TenantEngine> live = new LivePlatform<>(
            new CatalogCache(this::read, broken -> LOGGER.warning(broken.sentence())),
            this::serve,
            ServedPlatform::warn);

    ServedPlatform(Clock clock) {
        this.clock = clock;
        this.git = TenantGit.of(null, GitHosts.any(), cache().resolve("git/platform"), clock);
        this.forges = new Forges(clock);
        this.ownRunners = new StepRunners(List.of(new ReportToPullRequestRunner(
                url -> git.forgeLogin().flatMap(login -> forges.pullRequests(url, login)))));
    }

    /** Where the engine keeps what it can make again: clones, the chart. */
    private static Path cache() {
        return Jenkins.get().getRootDir().toPath().resolve("imaas");
    }

    static RepositoryUrl url() {
        String url = ImaasConfiguration.get().getPlatformRepository();
        if (url.isEmpty()) {
            throw FailureException.input(
                    "the platform repository is not configured",
                    "Integration platform",
                    "set it under Manage Jenkins > System > Integration platform");
        }
        return new RepositoryUrl(url);
    }

    LivePlatform<TenantEngine> live() {
        return live;
    }

    GitRepository repository() {
        return git.at(url());
    }

    Tenancy tenancy() {
        return new Tenancy(live.catalog(), Optional.of(url()));
    }

    /** What executes the steps of the platform's own plans. */
    StepRunners ownRunners() {
        return ownRunners;
    }

    /** Whether the platform's own login, or one of the servers', is another one by now. */
    boolean isOutdated() {
        return git.isOutdated(null) || (servers.isDone() && servers().stream().anyMatch(ConfiguredServer::isOutdated));
    }

    /** The platform's files; those that were read before and did not change are not parsed again. */
    PlatformRepository files() {
        return new PlatformRepository(repository(), known);
    }

    private Catalog read() {
        return files().served(new BranchName(ImaasConfiguration.get().getPlatformBranch()));
    }

    private TenantEngine serve(Catalog catalog, Tenant tenant) {
        TenantGit own = TenantGit.of(
                TenantFolders.find(tenant.name()).orElse(null),
                catalog.gitHosts(),
                cache().resolve("git").resolve("tenant-" + tenant.name()),
                clock);
        return TenantEngine.of(
                tenant, live::catalog, own, forges, new TenantRouting(tenant, servers()), cache(), clock);
    }

    private List<ConfiguredServer> servers() {
        servers.run();
        try {
            return servers.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted", "Integration platform", "run it again", e);
        } catch (ExecutionException e) {
            throw FailureException.defect("the configured servers can't be used", e.getCause());
        }
    }

    private List<ConfiguredServer> connect() {
        Path chart = BundledChart.unpack(cache().resolve("chart"));
        Backend.Surroundings around = new Backend.Surroundings(this::repositoryOf, this::labels, chart, clock);
        return ImaasConfiguration.get().getServers().stream()
                .map(server -> ConfiguredServer.of(server, around))
                .toList();
    }

    /** A GitOps repository, with the credentials of the tenant that has it. */
    private GitRepository repositoryOf(RepositoryUrl url) {
        Ownership owner = tenancy().of(url);
        Tenant tenant =
                owner instanceof Ownership.GitOps gitops ? gitops.tenant() : ((Ownership.Sources) owner).tenant();
        return live.context(tenant.name()).imaas().ports().gitops(tenant);
    }

    /** The labels of a target's image; empty for what runs to its end and can't be asked then. */
    private Optional<Map<String, String>> labels(RolloutTarget target) {
        boolean stays = live.tenant(target.tenant())
                .service(target.service())
                .map(Service::type)
                .filter(type -> type != ServiceType.STEP)
                .isPresent();
        return stays
                ? Optional.of(
                        live.context(target.tenant()).imaas().ports().registry().labels(target.image()))
                : Optional.empty();
    }

    private static void warn(Exception e) {
        LOGGER.log(Level.WARNING, "a connection could not be closed", e);
    }

    /** For good. Tenants are closed in the background. */
    @Override
    public void close() {
        live.close();
        if (!servers.cancel(false)) {
            servers().forEach(server -> {
                try {
                    server.close();
                } catch (Exception e) {
                    warn(e);
                }
            });
        }
        git.close();
        forges.close();
    }
}
