package io.imaas.jenkins.world;

import io.imaas.adapter.mi.ChosenCarBuilder;
import io.imaas.adapter.mi.MiProjectDetector;
import io.imaas.adapter.mi.unittest.UnitTestRunner;
import io.imaas.adapter.mi.verify.ProjectVerifier;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.adapter.process.LocalProcesses;
import io.imaas.adapter.webhook.WebhookNotifier;
import io.imaas.adapter.yaml.ByteExactValuesEditor;
import io.imaas.app.Announcement;
import io.imaas.app.Engine;
import io.imaas.jenkins.credentials.KnownLogins;
import io.imaas.jenkins.job.JenkinsJobs;
import io.imaas.jenkins.job.TenantFolders;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Clock;
import io.imaas.port.LiveHealth;
import io.imaas.port.Notifier;
import io.imaas.port.RegistryLogins;
import io.imaas.run.StepRunners;
import io.imaas.step.health.HealthKeeper;
import io.imaas.step.observe.ArrivalObserver.ChartSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The engine as one tenant: what it can reach is what the tenant may touch. */
public final class TenantEngine implements AutoCloseable {
    private final Tenant tenant;
    private final Engine engine;
    private final StepRunners runners;
    private final TenantGit git;
    private final Catalog catalog;
    private final HealthKeeper keeper;
    private final Notifier notifier;

    private TenantEngine(Tenant tenant, Engine engine, TenantGit git, Catalog catalog, LiveHealth health) {
        this.tenant = tenant;
        this.engine = engine;
        this.runners = engine.runners(catalog.platform(), tenant);
        this.git = git;
        this.catalog = catalog;
        this.notifier = new WebhookNotifier(engine.clock());
        this.keeper = new HealthKeeper(
                tenant, engine.gitops().apply(tenant), engine.values(), health, engine.clock(), HealthKeeper.GRACE);
    }

    static TenantEngine of(
            Tenant tenant, Catalog catalog, TenantGit git, TenantRouting servers, ChartSource chart, Clock clock) {
        ImageRepository images = catalog.platform().registries().get(0);
        // Looked up each time: a changed password holds at once.
        RegistryLogins logins = registry -> git.registryLogin(images).find(registry);
        Path nowhere = Path.of("");
        Engine engine = new Engine(
                of -> git.at(of.gitops()),
                git::at,
                git::pullRequests,
                new ByteExactValuesEditor(),
                new MiProjectDetector(),
                ChosenCarBuilder.of(new LocalProcesses(), Duration.ofMinutes(30)),
                new ProjectVerifier(),
                new UnitTestRunner(),
                List.of(),
                new JibImageBuilder(nowhere, logins),
                new HttpImageRegistry(logins),
                servers,
                servers,
                Optional.of(chart),
                new JenkinsJobs(),
                service -> {
                    throw FailureException.defect("sources are worked on by agents, not by the controller", null);
                },
                clock);
        return new TenantEngine(tenant, engine, git, catalog, servers);
    }

    public Tenant tenant() {
        return tenant;
    }

    public Engine engine() {
        return engine;
    }

    /** What executes the tenant's planned steps. */
    public StepRunners runners() {
        return runners;
    }

    /** A message to one recipient, with the secret that the tenant's folder, or the platform, has for it. */
    public Announcement announcement(Notification recipient, RunNotice notice) {
        return new Announcement(recipient, notice, notifier, git::addressOf);
    }

    public Catalog catalog() {
        return catalog;
    }

    /** Keeps the tenant's health records true; whoever owns it calls it now and then. */
    HealthKeeper keeper() {
        return keeper;
    }

    /** Whether the tenant's folder names other credentials by now. */
    boolean isOutdated() {
        return git.isOutdated(TenantFolders.find(tenant.name()).orElse(null));
    }

    /** The login with which an agent pushes this tenant's images. */
    public KnownLogins registryLogin() {
        return git.registryLogin(catalog.platform().registries().get(0));
    }

    @Override
    public void close() {
        keeper.close();
        git.close();
    }
}
