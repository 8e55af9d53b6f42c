package io.imaas.app.request;

import io.imaas.app.platform.TenantExecutors;
import io.imaas.model.tenancy.TenantName;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * The tenants' turns: what is asked about one tenant is done one after the other, so that no request decides on what another
 * one is changing.
 */
final class Turns implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TenantExecutors threads = new TenantExecutors(1);
    /** What is waited for in the cluster lets the tenant's other requests pass. */
    private final TenantExecutors slow = new TenantExecutors(1);

    <T> CompletableFuture<T> take(TenantName tenant, boolean ofCluster, Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Future<?> unused = (ofCluster ? slow : threads).submit(tenant, () -> {
            try {
                done.complete(work.call());
            } catch (Exception | StackOverflowError e) {
                done.completeExceptionally(e);
            }
            return null;
        });
        return done;
    }

    @Override
    public void close() {
        slow.closeAndWait(PATIENCE);
        threads.closeAndWait(PATIENCE);
    }
}
