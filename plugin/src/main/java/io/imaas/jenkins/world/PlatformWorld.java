package io.imaas.jenkins.world;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.system.SystemClock;
import io.imaas.app.Ownership;
import io.imaas.app.PlatformRepository;
import io.imaas.app.Tenancy;
import io.imaas.jenkins.config.ConfigurationChange;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.job.TenantFolders;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceType;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.run.StepRunners;
import io.imaas.step.runner.ReportToPullRequestRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The platform as this controller sees it: the catalog, held in memory, and an engine for each tenant. Everything is
 * thrown away and made anew when the configuration changes; nothing of it is needed to go on after a restart.
 */
@Extension
public final class PlatformWorld implements ConfigurationChange {
    private static final Logger LOGGER = Logger.getLogger(PlatformWorld.class.getName());

    /** How soon a changed secret reaches connections that are open. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Clock clock = new SystemClock();
    private final Map<TenantName, TenantEngine> tenants = new HashMap<>();
    private List<ConfiguredServer> servers = List.of();
    private TenantGit platformGit;
    private Instant nextLook = Instant.MIN;
    private StepRunners ownRunners;
    private final Object reading = new Object();
    private volatile Catalog catalog;

    public static PlatformWorld get() {
        return ExtensionList.lookupSingleton(PlatformWorld.class);
    }

    public Clock clock() {
        return clock;
    }

    /** Where the engine keeps what it can make again: clones, the chart. */
    private static Path cache() {
        return Jenkins.get().getRootDir().toPath().resolve("imaas");
    }

    public RepositoryUrl platformUrl() {
        String url = ImaasConfiguration.get().getPlatformRepository();
        if (url.isEmpty()) {
            throw FailureException.input(
                    "the platform repository is not configured",
                    "Integration platform",
                    "set it under Manage Jenkins > System > Integration platform");
        }
        return new RepositoryUrl(url);
    }

    /** The platform's own repository. */
    public GitRepository platformRepository() {
        return platformGit().at(platformUrl());
    }

    private synchronized TenantGit platformGit() {
        if (platformGit == null) {
            platformGit = TenantGit.of(null, cache().resolve("git/platform"), clock);
        }
        return platformGit;
    }

    /** The catalog as it was read last; read now when it never was. */
    public Catalog catalog() {
        Catalog known = catalog;
        return known == null ? refresh() : known;
    }

    /**
     * Reads the platform repository again. Nobody who is content with what is known waits for it.
     *
     * @throws FailureException with every problem of its files; what was known before stays
     */
    public Catalog refresh() {
        BranchName branch = new BranchName(ImaasConfiguration.get().getPlatformBranch());
        GitRepository repository = platformRepository();
        synchronized (reading) {
            Catalog now = new PlatformRepository(repository).tip(branch);
            if (!now.equals(catalog)) {
                catalog = now;
                closeTenants();
            }
            return now;
        }
    }

    public Tenancy tenancy() {
        return new Tenancy(catalog(), Optional.of(platformUrl()));
    }

    public Tenant tenant(TenantName name) {
        return catalog()
                .tenant(name)
                .orElseThrow(() -> FailureException.input(
                        "there is no tenant '" + name + "'", "platform repository", "onboard it first"));
    }

    /** The engine as a tenant; kept until the configuration, the catalog or a login changes. */
    public TenantEngine engine(Tenant tenant) {
        // Whoever asks: the tenant's folder and its credentials are the same.
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            while (true) {
                // Read outside of the lock: whoever reads the catalog wants the lock when it is another one, so that
                // builds which all go on after a restart would wait for each other for ever.
                Catalog known = catalog();
                Optional<TenantEngine> engine = engine(tenant, known);
                if (engine.isPresent()) {
                    return engine.get();
                }
            }
        }
    }

    /** Empty when the catalog is another one by now. */
    private synchronized Optional<TenantEngine> engine(Tenant tenant, Catalog known) {
        if (catalog != known) {
            return Optional.empty();
        }
        renewLogins();
        return catalog == known
                ? Optional.of(tenants.computeIfAbsent(tenant.name(), name -> make(tenant, known)))
                : Optional.empty();
    }

    /** What was made with a login that is another one by now is made anew; looked at now and then, not at each call. */
    private void renewLogins() {
        Instant now = clock.now();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(LOOK);
        if (platformGit != null && platformGit.isOutdated(null)) {
            closePlatform();
        }
        if (servers.stream().anyMatch(ConfiguredServer::isOutdated)) {
            closeTenants();
            closeServers();
        }
        List<TenantEngine> outdated =
                tenants.values().stream().filter(TenantEngine::isOutdated).toList();
        tenants.values().removeAll(outdated);
        outdated.forEach(PlatformWorld::close);
    }

    private TenantEngine make(Tenant tenant, Catalog known) {
        if (servers.isEmpty()) {
            Path chart = BundledChart.unpack(cache().resolve("chart"));
            Backend.Surroundings around = new Backend.Surroundings(this::repositoryOf, this::labels, chart, clock);
            servers = ImaasConfiguration.get().getServers().stream()
                    .map(server -> ConfiguredServer.of(server, around))
                    .toList();
        }
        TenantGit git = TenantGit.of(
                TenantFolders.find(tenant.name()).orElse(null),
                cache().resolve("git").resolve("tenant-" + tenant.name()),
                clock);
        return TenantEngine.of(tenant, known, git, new TenantRouting(tenant, servers), cache(), clock);
    }

    /** A GitOps repository, with the credentials of the tenant that has it. */
    private GitRepository repositoryOf(RepositoryUrl url) {
        Ownership owner = tenancy().of(url);
        Tenant tenant =
                owner instanceof Ownership.GitOps gitops ? gitops.tenant() : ((Ownership.Sources) owner).tenant();
        return engine(tenant).imaas().ports().gitops(tenant);
    }

    /** The labels of a target's image; empty for what runs to its end and can't be asked then. */
    private Optional<Map<String, String>> labels(RolloutTarget target) {
        Tenant tenant = tenant(target.tenant());
        boolean stays = tenant.service(target.service())
                .map(Service::type)
                .filter(type -> type != ServiceType.STEP)
                .isPresent();
        return stays ? Optional.of(engine(tenant).imaas().ports().registry().labels(target.image())) : Optional.empty();
    }

    /** What executes the steps of a tenant's plan, or of the platform's own; the same as long as its engine is. */
    public StepRunners runners(Optional<Tenant> tenant) {
        return tenant.map(of -> engine(of).runners()).orElseGet(this::platformRunners);
    }

    private synchronized StepRunners platformRunners() {
        if (ownRunners == null) {
            ownRunners = new StepRunners(List.of(new ReportToPullRequestRunner(platformGit()::pullRequests)));
        }
        return ownRunners;
    }

    @Override
    public synchronized void changed() {
        close();
    }

    private synchronized void closeTenants() {
        List<AutoCloseable> old = new ArrayList<>(tenants.values());
        tenants.clear();
        old.forEach(PlatformWorld::close);
    }

    /** Ends watches and connections; what is needed is made again. */
    @Terminator
    public static void shutDown() {
        get().close();
    }

    private synchronized void close() {
        closeTenants();
        closeServers();
        closePlatform();
        catalog = null;
    }

    private void closeServers() {
        servers.forEach(PlatformWorld::close);
        servers = List.of();
    }

    private void closePlatform() {
        if (platformGit != null) {
            platformGit.close();
            platformGit = null;
        }
        ownRunners = null;
    }

    private static void close(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "could not be closed: " + what, e);
        }
    }
}
