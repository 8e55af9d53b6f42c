package io.imaas.app.hub;

import io.imaas.app.platform.CatalogCache;
import io.imaas.app.platform.Repeating;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.source.RepositoryUrl;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Keeps the catalog fresh: soon after a push to the platform repository, and on a timer, since hooks get lost and a Git
 * server may be down. What was known stays until something newer was read.
 */
public final class CatalogKeeper implements AutoCloseable {
    private final CatalogCache catalog;
    private final RepositoryPlace platform;
    private final AtomicBoolean due = new AtomicBoolean();
    private final Repeating timer;

    /**
     * @param platform the platform's own repository
     * @param every how often it is read when nobody tells of a push
     * @param untold hears why it could not be read
     */
    public CatalogKeeper(
            CatalogCache catalog, RepositoryUrl platform, Duration every, Consumer<FailureException> untold) {
        this.catalog = catalog;
        this.platform = RepositoryPlace.of(platform);
        this.timer = new Repeating("imaas-catalog", untold);
        timer.every(every, every, this::read);
    }

    CatalogCache catalog() {
        return catalog;
    }

    RepositoryPlace platform() {
        return platform;
    }

    /** Reads it again soon; waits for nothing. */
    void lookSoon() {
        if (due.compareAndSet(false, true)) {
            timer.after(Duration.ZERO, this::read);
        }
    }

    private void read() {
        // A push from here on needs another read.
        due.set(false);
        catalog.refresh();
    }

    @Override
    public void close() {
        timer.close();
    }
}
