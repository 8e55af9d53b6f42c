package io.imaas.jenkins.world;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.TaskListener;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.job.BranchSources;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;

/**
 * Starts the platform's own job when the day of a tombstone has come: nobody pushes anything on such a day, and it is that
 * build which deletes. What was begun is kept in memory alone, so that a restarted controller asks once more; onboarding
 * again changes nothing.
 */
@Extension
public final class TombstoneWatch extends AsyncPeriodicWork {
    private Set<String> begun = Set.of();

    public TombstoneWatch() {
        super("IMaaS tombstones");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.HOURS.toMillis(1);
    }

    @Override
    public long getInitialDelay() {
        return TimeUnit.MINUTES.toMillis(10);
    }

    @Override
    protected void execute(TaskListener listener) {
        if (ImaasConfiguration.get().getPlatformRepository().isEmpty()) {
            return;
        }
        try {
            look(listener);
        } catch (FailureException e) {
            // Nothing is due that nobody could read; the next hour looks again.
            listener.error(e.failure().sentence());
        }
    }

    /** Starts the platform's job when something is due that was not when it looked last. */
    public synchronized void look(TaskListener listener) {
        PlatformWorld world = PlatformWorld.get();
        Catalog catalog = OurClasses.call(world::catalog);
        Set<String> due = due(catalog, catalog.platform().dayOf(world.clock().now()));
        if (!begun.containsAll(due)) {
            WorkflowJob job = platformJob(world.platformUrl());
            if (job == null) {
                listener.error("no multibranch job reads the platform repository, so nobody offboards " + due);
                return;
            }
            job.scheduleBuild2(0, new CauseAction(new DueCause(String.join(", ", due))));
        }
        begun = due;
    }

    private static Set<String> due(Catalog catalog, LocalDate today) {
        Set<String> due = new TreeSet<>();
        for (Tenant tenant : catalog.tenants()) {
            // A tombstone may be gone from files that can't be read.
            if (catalog.broken(tenant.name().value()).isPresent()) {
                continue;
            }
            Stream<String> services = tenant.services().stream()
                    .filter(service -> service.offboarding().isDue(today))
                    .map(service -> tenant.name() + "/" + service.name());
            services.forEach(due::add);
            tenant.environmentsGoneOn(today).forEach(environment -> due.add(tenant.namespace(environment)));
            if (tenant.offboarding().isDue(today)) {
                due.add(tenant.name().value());
            }
        }
        return due;
    }

    private static WorkflowJob platformJob(RepositoryUrl platform) {
        String branch = ImaasConfiguration.get().getPlatformBranch();
        return Jenkins.get().getAllItems(WorkflowMultiBranchProject.class).stream()
                .filter(job -> job.getSCMSources().stream().anyMatch(source -> BranchSources.reads(source, platform)))
                .map(job -> job.getItemByBranchName(branch))
                .filter(job -> job != null && job.isBuildable())
                .findFirst()
                .orElse(null);
    }

    /** Why the build began. */
    private static final class DueCause extends Cause {
        private final String who;

        DueCause(String who) {
            this.who = who;
        }

        @Override
        public String getShortDescription() {
            return "The day of offboarding has come: " + who;
        }
    }
}
