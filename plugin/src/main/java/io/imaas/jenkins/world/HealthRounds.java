package io.imaas.jenkins.world;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.imaas.app.HealthWatch;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Looks after health records once the rollouts are over: what degrades later is revoked, so that it can't be promoted,
 * and given back when it recovers. One round a minute for each tenant, on
 * the tenant's own threads: a server that hangs delays nobody else.
 */
@Extension
public final class HealthRounds extends AsyncPeriodicWork {
    private final Map<TenantName, Future<?>> rounds = new ConcurrentHashMap<>();

    public HealthRounds() {
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
        Catalog catalog;
        try {
            catalog = world.catalog();
        } catch (FailureException unreadable) {
            listener.error(unreadable.failure().sentence());
            return;
        }
        LocalDate today = catalog.platform().dayOf(world.clock().now());
        for (Tenant tenant : catalog.tenants()) {
            if (tenant.offboarding().isDue(today)) {
                continue;
            }
            Future<?> last = rounds.get(tenant.name());
            if (last == null || last.isDone()) {
                rounds.put(tenant.name(), world.submit(tenant, () -> round(world, tenant, listener)));
            } else {
                listener.error(tenant.name() + ": its last round has not ended yet");
            }
        }
        rounds.keySet().removeIf(name -> catalog.tenant(name).isEmpty());
    }

    private static boolean round(PlatformWorld world, Tenant tenant, TaskListener listener) {
        try {
            return OurClasses.call(() -> world.engine(tenant).watch().round(listener(tenant, listener)));
        } catch (FailureException e) {
            listener.error(tenant.name() + ": " + e.failure().sentence());
            return false;
        }
    }

    private static HealthWatch.Listener listener(Tenant tenant, TaskListener log) {
        return new HealthWatch.Listener(
                record -> log.getLogger()
                        .println(tenant.name() + ": " + record.service() + " in " + record.environment() + " is "
                                + record.status() + " since " + record.since()),
                failure -> log.error(tenant.name() + ": " + failure.sentence()));
    }
}
