package io.imaas.app.platform;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The catalog as it was read last. Any number of callers that want it fresh cause at most two reads: the one under way,
 * which may have begun before what they want to see, and one after it. Whoever is content with what is known waits for
 * nobody.
 */
public final class CatalogCache {
    private final Supplier<Catalog> source;
    private final Consumer<BrokenTenant> told;
    private final AtomicReference<CompletableFuture<Catalog>> next = new AtomicReference<>();
    private CompletableFuture<Catalog> last = CompletableFuture.completedFuture(null);
    private volatile Catalog known;
    private volatile Failure failure;

    /**
     * @param source reads the platform repository; throws {@link FailureException} with every problem of its files
     * @param told hears of each tenant once, when its files become broken or are so in another way
     */
    public CatalogCache(Supplier<Catalog> source, Consumer<BrokenTenant> told) {
        this.source = source;
        this.told = told;
    }

    /** One of which nobody wants to hear. */
    public CatalogCache(Supplier<Catalog> source) {
        this(source, broken -> {});
    }

    /** What is known; read now when nothing is. */
    public Catalog get() {
        Catalog catalog = known;
        return catalog == null ? refresh() : catalog;
    }

    /** What is known, without reading anything. */
    public Optional<Catalog> known() {
        return Optional.ofNullable(known);
    }

    /** Why the newest attempt to read it failed; empty when it did not. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Reads the catalog on this thread, or waits for a read that begins after this call.
     *
     * @throws FailureException what the source threw; what was known before stays
     */
    public Catalog refresh() {
        CompletableFuture<Catalog> mine = new CompletableFuture<>();
        CompletableFuture<Catalog> waiting = next.compareAndExchange(null, mine);
        if (waiting != null) {
            return result(waiting);
        }
        follow(mine).handle((catalog, failure) -> null).join();
        // From here on later callers need another read: this one may miss what they want to see.
        next.set(null);
        try {
            List<BrokenTenant> before = known().map(Catalog::broken).orElse(List.of());
            known = source.get();
            failure = null;
            known.broken().stream().filter(one -> !before.contains(one)).forEach(told);
            mine.complete(known);
        } catch (RuntimeException | Error e) {
            failure = e instanceof FailureException why ? why.failure() : failure;
            mine.completeExceptionally(e);
        }
        return result(mine);
    }

    private synchronized CompletableFuture<Catalog> follow(CompletableFuture<Catalog> mine) {
        CompletableFuture<Catalog> before = last;
        last = mine;
        return before;
    }

    private static Catalog result(CompletableFuture<Catalog> read) {
        try {
            return read.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FailureException known) {
                throw new FailureException(known.failure(), known);
            }
            throw FailureException.defect("the catalog could not be read", e.getCause());
        }
    }
}
