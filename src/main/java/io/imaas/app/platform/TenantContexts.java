package io.imaas.app.platform;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.GitHosts;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One context (connections, clones, watches) for each tenant, made when it is first wanted and kept until that tenant's
 * own metadata or the platform's rules change. Making and closing one tenant's context delays no other tenant.
 *
 * @param <C> the context
 */
public final class TenantContexts<C extends AutoCloseable> implements AutoCloseable {
    private final Factory<C> factory;
    private final Executor closing;
    private final Consumer<Exception> unclosed;
    private final Map<TenantName, Entry<C>> entries = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Makes the context of one tenant; may take its time. */
    public interface Factory<C> {
        C make(Catalog catalog, Tenant tenant);
    }

    /** What every context depends on: the platform's own rules, its Git servers, and its tenant. */
    private record Entry<C extends AutoCloseable>(
            Platform platform, GitHosts gitHosts, Tenant tenant, FutureTask<C> context) {
        boolean fits(Catalog catalog, Tenant wanted) {
            return platform.equals(catalog.platform()) && gitHosts.equals(catalog.gitHosts()) && tenant.equals(wanted);
        }
    }

    /**
     * @param closing closes old contexts, so that nobody waits for it
     * @param unclosed hears of contexts that could not be closed
     */
    public TenantContexts(Factory<C> factory, Executor closing, Consumer<Exception> unclosed) {
        this.factory = factory;
        this.closing = closing;
        this.unclosed = unclosed;
    }

    /**
     * The tenant's context as the catalog says now.
     *
     * @throws FailureException what making it threw; POLICY when all is closed already
     */
    public C of(Catalog catalog, Tenant tenant) {
        requireOpen();
        Entry<C> entry = entries.compute(tenant.name(), (name, old) -> {
            if (old != null && old.fits(catalog, tenant)) {
                return old;
            }
            close(old);
            return new Entry<>(catalog.platform(), catalog.gitHosts(), tenant, new Making(catalog, tenant));
        });
        entry.context().run();
        C made = result(entry, tenant);
        if (closed && entries.remove(tenant.name(), entry)) {
            close(entry);
        }
        requireOpen();
        return made;
    }

    /** Closes what no longer fits the catalog; the others stay as they are. */
    public void retain(Catalog catalog) {
        closeIf(entry -> catalog.tenant(entry.tenant().name())
                .filter(tenant -> entry.fits(catalog, tenant))
                .isEmpty());
    }

    /** Closes contexts that are made and that somebody calls outdated. */
    public void closeOutdated(Predicate<C> outdated) {
        closeIf(entry -> entry.context().isDone() && outdated.test(result(entry, entry.tenant())));
    }

    private void closeIf(Predicate<Entry<C>> unfit) {
        for (Entry<C> entry : List.copyOf(entries.values())) {
            if (unfit.test(entry) && entries.remove(entry.tenant().name(), entry)) {
                close(entry);
            }
        }
    }

    /** Closes all, for good: nothing is made afterwards. */
    @Override
    public void close() {
        closed = true;
        closeIf(entry -> true);
    }

    private void requireOpen() {
        if (closed) {
            throw FailureException.policy("the platform is closed", "configure it again, or wait for the restart");
        }
    }

    private C result(Entry<C> entry, Tenant tenant) {
        try {
            return entry.context().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted", tenant.name().value(), "run it again", e);
        } catch (CancellationException e) {
            throw FailureException.external(
                    "the tenant's metadata changed while it was read",
                    tenant.name().value(),
                    "run it again",
                    e);
        } catch (ExecutionException e) {
            // The next caller tries again.
            entries.remove(tenant.name(), entry);
            throw e.getCause() instanceof FailureException known
                    ? new FailureException(known.failure(), known)
                    : FailureException.defect("tenant " + tenant.name() + " can't be served", e.getCause());
        }
    }

    /** One that nobody made yet is never made, and one that is being made is closed by who makes it. */
    private void close(Entry<C> old) {
        if (old != null && !old.context().cancel(false)) {
            closing.execute(() -> close(old.context()::get));
        }
    }

    private void close(Callable<C> context) {
        try {
            context.call().close();
        } catch (Exception e) {
            unclosed.accept(e);
        }
    }

    private final class Making extends FutureTask<C> {
        Making(Catalog catalog, Tenant tenant) {
            super(() -> factory.make(catalog, tenant));
        }

        @Override
        protected void set(C made) {
            super.set(made);
            if (isCancelled()) {
                close(() -> made);
            }
        }
    }
}
