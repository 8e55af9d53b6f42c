package io.imaas.app.view;

import io.imaas.app.Imaas;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.platform.Repeating;
import io.imaas.app.platform.TenantExecutors;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Clock;
import io.imaas.port.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is known of every tenant. A tenant is read again soon after an event that concerns it, and now and then; whoever
 * asks gets what is known and waits for nothing.
 */
public final class Views implements AutoCloseable {
    private static final int SIDE_BY_SIDE = 4;
    private static final int GROUP = 1_000;
    private static final int COMMITS = 300;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventLog log;
    private final CatalogCache catalog;
    private final Function<Catalog, Imaas> engine;
    private final Clock clock;
    private final Map<TenantName, TenantView> views = new ConcurrentHashMap<>();
    private final RecentWeaknesses weaknesses = new RecentWeaknesses();
    private final Set<TenantName> due = ConcurrentHashMap.newKeySet();
    private final AtomicLong version = new AtomicLong();
    private final Semaphore reading = new Semaphore(SIDE_BY_SIDE);
    private final TenantExecutors threads = new TenantExecutors(1);
    private final Repeating hearing;
    private final Repeating sweeping;
    private long position;

    /**
     * @param engine the application with the platform as it is now
     * @param untold hears what went wrong though nobody asked
     */
    public Views(
            EventLog log,
            CatalogCache catalog,
            Function<Catalog, Imaas> engine,
            Clock clock,
            Consumer<FailureException> untold) {
        this.log = log;
        this.catalog = catalog;
        this.engine = engine;
        this.clock = clock;
        this.hearing = new Repeating("imaas-views", untold);
        this.sweeping = new Repeating("imaas-views-all", untold);
    }

    /** @param every how often all tenants are read though nothing told of them */
    public Views start(Duration every) {
        position = log.last();
        hearing.every(Duration.ZERO, LOOK, this::hear);
        sweeping.every(Duration.ZERO, every, this::readAll);
        return this;
    }

    /** All tenants, in the platform's order; one that was not read yet says so. Empty before the platform was read. */
    public List<TenantView> all() {
        return catalog.known().map(Catalog::tenants).orElse(List.of()).stream()
                .map(this::view)
                .toList();
    }

    /** Empty when there is no such tenant. */
    public Optional<TenantView> of(TenantName name) {
        return catalog.known().flatMap(known -> known.tenant(name)).map(this::view);
    }

    /** What is wrong in the platform's files. */
    public Faults faults() {
        return new Faults(
                catalog.failure(), catalog.known().map(Catalog::broken).orElse(List.of()));
    }

    /** Another number each time something became different: for whoever wants to know whether to look again. */
    public long version() {
        return version.get();
    }

    private TenantView view(Tenant tenant) {
        TenantView known = views.get(tenant.name());
        // Who may see it is asked of the platform's files as they are now, not of those that it was read with.
        return known == null ? TenantView.unread(tenant) : known.of(tenant);
    }

    private void hear() {
        for (List<StoredEvent> events = log.after(position, GROUP);
                !events.isEmpty();
                events = log.after(position, GROUP)) {
            if (!log.keeps(position)) {
                sweeping.after(Duration.ZERO, this::readAll);
            }
            for (StoredEvent stored : events) {
                position = stored.position();
                if (!stored.event().tenant().isEmpty()) {
                    soon(new TenantName(stored.event().tenant()), () -> {});
                }
            }
            version.incrementAndGet();
        }
    }

    private void readAll() {
        Catalog now = catalog.get();
        for (Tenant tenant : now.tenants()) {
            reading.acquireUninterruptibly();
            if (!soon(tenant.name(), reading::release)) {
                reading.release();
            }
        }
        views.keySet().removeIf(name -> now.tenant(name).isEmpty());
    }

    /** Returns whether it was not due already. */
    private boolean soon(TenantName name, Runnable done) {
        if (!due.add(name)) {
            return false;
        }
        Future<?> unused = threads.submit(name, () -> {
            // What happens from here on needs another look.
            due.remove(name);
            try {
                hearing.attempt(() -> read(name));
            } finally {
                done.run();
            }
            return null;
        });
        return true;
    }

    private void read(TenantName name) {
        Catalog now = catalog.get();
        Optional<Tenant> tenant = now.tenant(name);
        if (tenant.isEmpty()) {
            return;
        }
        try {
            Imaas imaas = engine.apply(now);
            views.put(
                    name,
                    new TenantView(
                            tenant.get(),
                            imaas.overview(tenant.get())
                                    .statusWithLag(Optional.empty())
                                    .noting(weaknesses.of(imaas, tenant.get())),
                            imaas.inbox(List.of(tenant.get())),
                            imaas.overview(tenant.get()).deployments(COMMITS),
                            clock.now(),
                            null));
        } catch (FailureException e) {
            views.compute(name, (of, old) -> (old == null ? TenantView.unread(tenant.get()) : old).failed(e.failure()));
        }
        version.incrementAndGet();
    }

    @Override
    public void close() {
        hearing.close();
        sweeping.close();
        threads.closeAndWait(PATIENCE);
    }
}
