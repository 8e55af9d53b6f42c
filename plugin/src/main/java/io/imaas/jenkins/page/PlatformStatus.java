package io.imaas.jenkins.page;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import io.imaas.app.view.RecentWeaknesses;
import io.imaas.jenkins.config.ConfigurationChange;
import io.imaas.jenkins.page.BackgroundValue.Reading;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.jenkins.world.Work;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** What the pages show, held in memory: no request waits for Git. Only tenants that somebody looks at are read. */
@Extension
public final class PlatformStatus implements ConfigurationChange {
    /** A page that is open all day asks this often at the most. */
    private static final Duration FRESH = Duration.ofSeconds(20);

    private static final int THREADS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RecentWeaknesses weaknesses = new RecentWeaknesses();
    private final Lane lane = new Lane(Work::soon, THREADS);
    private final Map<TenantName, BackgroundValue<TenantStatus>> tenants = new HashMap<>();
    private BackgroundValue<Catalog> catalog = catalogValue();

    public static PlatformStatus get() {
        return ExtensionList.lookupSingleton(PlatformStatus.class);
    }

    /** The platform's metadata. */
    Reading<Catalog> catalog() {
        return catalogNow().look();
    }

    /** The same for a link on every page of the controller. */
    Reading<Catalog> catalogAtAGlance() {
        return catalogNow().glance();
    }

    private synchronized BackgroundValue<Catalog> catalogNow() {
        return catalog;
    }

    /** What runs where of a tenant. */
    Reading<TenantStatus> of(TenantName tenant) {
        return value(tenant).look();
    }

    private synchronized BackgroundValue<TenantStatus> value(TenantName name) {
        return tenants.computeIfAbsent(
                name,
                tenant -> value(() -> {
                    Tenant now = PlatformWorld.get().tenant(tenant);
                    return TenantStatus.read(now, weaknesses);
                }));
    }

    private BackgroundValue<Catalog> catalogValue() {
        return value(() -> PlatformWorld.get().refresh());
    }

    private <T> BackgroundValue<T> value(Callable<T> source) {
        return new BackgroundValue<>(
                source, FRESH, () -> PlatformWorld.get().clock().now(), lane);
    }

    /** Something was done to a tenant: what is known of it does not hold any more. */
    synchronized void outdated(TenantName tenant) {
        BackgroundValue<TenantStatus> known = tenants.get(tenant);
        if (known != null) {
            known.outdated();
        }
    }

    /** The platform's metadata were worked on. */
    synchronized void outdated() {
        catalog.outdated();
    }

    /** Nobody reads on while the controller goes down. */
    @Terminator
    public static void shutDown() throws InterruptedException {
        get().lane.close(PATIENCE);
    }

    @Override
    public synchronized void changed() {
        tenants.clear();
        catalog = catalogValue();
    }
}
