package io.imaas.app.platform;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The platform for a door that stays. Once closed it never comes back; a door that is configured anew makes another.
 *
 * @param <C> what a tenant is served with
 */
public final class LivePlatform<C extends AutoCloseable> implements AutoCloseable {
    /** How many threads one tenant's background work has at the most. */
    private static final int SHARE = 2;

    /** How long closing without waiting takes at the most, on a machine with a lot to do. */
    private static final long CUT_OFF_SECONDS = 5;

    private final CatalogCache catalog;
    private final TenantContexts<C> contexts;
    private final TenantExecutors executors = new TenantExecutors(SHARE);
    private final ExecutorService closing = Executors.newCachedThreadPool(TenantExecutors.threads("imaas-closing"));

    /**
     * @param catalog others may look at it, too
     * @param factory makes a tenant's context
     * @param unclosed hears of contexts that could not be closed
     */
    public LivePlatform(CatalogCache catalog, TenantContexts.Factory<C> factory, Consumer<Exception> unclosed) {
        this.catalog = catalog;
        this.contexts = new TenantContexts<>(factory, closing, unclosed);
    }

    /** The catalog as it was read last; read now when it never was. */
    public Catalog catalog() {
        return catalog.get();
    }

    /** What is wrong in the platform's files, a sentence each, as they were read last. */
    public List<String> faults() {
        Stream<String> whole = catalog.failure().stream()
                .map(why ->
                        "the platform's files can't be read, and all goes on as they said before: " + why.sentence());
        return Stream.concat(
                        whole,
                        catalog.known().stream()
                                .flatMap(known -> known.broken().stream())
                                .map(BrokenTenant::sentence))
                .toList();
    }

    /** Reads the platform repository again; tenants whose own metadata changed are served anew. */
    public Catalog refresh() {
        Catalog now = catalog.refresh();
        contexts.retain(now);
        return now;
    }

    /** @throws FailureException INPUT when the platform has no such tenant, or its files have errors */
    public Tenant tenant(TenantName name) {
        return tenant(catalog(), name);
    }

    /** What the tenant is served with, as the catalog says now. */
    public C context(TenantName name) {
        Catalog now = catalog();
        return contexts.of(now, tenant(now, name));
    }

    private static Tenant tenant(Catalog catalog, TenantName name) {
        return catalog.tenant(name).orElseThrow(() -> catalog.leftOut(name)
                .map(BrokenTenant::refused)
                .orElseGet(() -> FailureException.input(
                        "there is no tenant '" + name + "'", "platform repository", "imaas onboard " + name)));
    }

    /** Closes contexts that somebody calls outdated; they are made again when they are wanted. */
    public void closeOutdated(Predicate<C> outdated) {
        contexts.closeOutdated(outdated);
    }

    /** Work for one tenant in the background; a tenant that hangs delays no other. */
    public <T> Future<T> submit(TenantName tenant, Callable<T> work) {
        return executors.submit(tenant, work);
    }

    @Override
    public void close() {
        contexts.close();
        executors.close();
        closing.shutdown();
    }

    /**
     * After {@link #close}: waits for so long until nothing of it runs any more, and says whether that is so. What still
     * waits for an answer then is closed all the same, and fails when it gets one.
     */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        if (executors.awaitEnd(deadline)
                && closing.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return true;
        }
        closing.shutdownNow();
        boolean unused = closing.awaitTermination(CUT_OFF_SECONDS, TimeUnit.SECONDS);
        return false;
    }
}
