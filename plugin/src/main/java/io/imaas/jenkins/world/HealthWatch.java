package io.imaas.jenkins.world;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.step.health.HealthKeeper;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/**
 * Looks after health records once the rollouts are over: what degrades later is revoked, so that it can't be promoted,
 * and given back when it recovers. One round a minute over all tenants, on one thread.
 */
@Extension
public final class HealthWatch extends AsyncPeriodicWork {
    public HealthWatch() {
        super("IMaaS health");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    public long getInitialDelay() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void execute(TaskListener listener) {
        PlatformWorld world = PlatformWorld.get();
        ImaasConfiguration configuration = ImaasConfiguration.get();
        if (configuration.getPlatformRepository().isEmpty()
                || configuration.getServers().isEmpty()) {
            return;
        }
        Catalog catalog = world.catalog();
        LocalDate today = catalog.platform().dayOf(world.clock().now());
        for (Tenant tenant : catalog.tenants()) {
            if (tenant.offboarding().isDue(today)) {
                continue;
            }
            try {
                tell(tenant, OurClasses.call(() -> world.engine(tenant).keeper().round()), listener);
            } catch (FailureException e) {
                // One tenant's trouble keeps nobody from looking after the others.
                listener.error(tenant.name() + ": " + e.failure().sentence());
            }
        }
    }

    private static void tell(Tenant tenant, HealthKeeper.Round round, TaskListener listener) {
        for (HealthRecord record : round.written()) {
            listener.getLogger()
                    .println(tenant.name() + ": " + record.service() + " in " + record.environment() + " is "
                            + record.status() + " since " + record.since());
        }
        round.failures().forEach(failure -> listener.error(tenant.name() + ": " + failure.sentence()));
    }
}
