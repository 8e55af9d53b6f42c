package io.imaas.jenkins.world;

import io.imaas.adapter.forge.Forges;
import io.imaas.app.Announcement;
import io.imaas.app.HealthWatch;
import io.imaas.app.Imaas;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Adapters;
import io.imaas.app.assembly.Assembly;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.jenkins.credentials.KnownLogins;
import io.imaas.jenkins.job.JenkinsJobs;
import io.imaas.jenkins.job.TenantFolders;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Clock;
import io.imaas.port.Deployments;
import io.imaas.port.JobServer;
import io.imaas.port.LiveHealth;
import io.imaas.port.Notifier;
import io.imaas.port.RegistryLogins;
import io.imaas.port.Secrets;
import io.imaas.run.StepRunners;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import jenkins.util.SystemProperties;

/** The engine as one tenant: what it can reach is what the tenant may touch. */
public final class TenantEngine implements AutoCloseable {
    private final Tenant tenant;
    private final Ports ports;
    private final Supplier<Catalog> catalog;
    private final StepRunners runners;
    private final TenantGit git;
    private final HealthWatch watch;
    private final Notifier notifier;

    private TenantEngine(Tenant tenant, Ports ports, Supplier<Catalog> catalog, TenantGit git) {
        this.tenant = tenant;
        this.ports = ports;
        this.catalog = catalog;
        this.runners = imaas().runners(tenant);
        this.git = git;
        this.notifier = Adapters.notifier(ports.clock(), SystemProperties.getBoolean("io.imaas.webhooksHere"));
        this.watch = imaas().watch(tenant, HealthWatch.GRACE);
    }

    static TenantEngine of(
            Tenant tenant,
            Supplier<Catalog> catalog,
            TenantGit git,
            Forges forges,
            TenantRouting servers,
            Path cache,
            Clock clock) {
        ImageRepository images = catalog.get().platform().registries().get(0);
        // Looked up each time: a changed password holds at once.
        RegistryLogins logins = registry -> git.registryLogin(images).find(registry);
        Assembly assembly = new Assembly(cache, clock, Map.of())
                .git(git::at)
                .key(git.recordKey())
                .registry(logins)
                // In Jenkins' own store with system scope: no tenant's folder and no build has a part in it.
                .gates(JenkinsSecrets::own)
                .charts()
                .cluster(servers)
                .lock(servers::hold)
                .with(Deployments.class, servers)
                .with(LiveHealth.class, servers)
                .with(JobServer.class, new JenkinsJobs())
                .with(Secrets.class, JenkinsSecrets::own);
        git.forgeLogin().ifPresent(login -> assembly.forges(forges, login));
        return new TenantEngine(tenant, assembly.ports().build(), catalog, git);
    }

    public Tenant tenant() {
        return tenant;
    }

    /** The application, with the catalog as it is now. */
    public Imaas imaas() {
        return Imaas.on(ports, catalog.get());
    }

    /** What executes the tenant's planned steps. */
    public StepRunners runners() {
        return runners;
    }

    /** A message to one recipient, with the secret that the tenant's folder, or the platform, has for it. */
    public Announcement announcement(Notification recipient, RunNotice notice) {
        return new Announcement(recipient, notice, notifier, git::addressOf);
    }

    /** Keeps the tenant's health records true; whoever owns it calls it now and then. */
    HealthWatch watch() {
        return watch;
    }

    /** Whether the tenant's folder names other credentials by now. */
    boolean isOutdated() {
        return git.isOutdated(TenantFolders.find(tenant.name()).orElse(null));
    }

    /** The login with which an agent pushes this tenant's images. */
    public KnownLogins pushLogin() {
        return git.pushLogin(catalog.get().platform().registries().get(0));
    }

    @Override
    public void close() {
        watch.close();
        git.close();
    }
}
