package io.imaas.app.hub;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Access;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.EventLog;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Takes what happened, with a label that says whom it concerns, and gives it back in order. */
public final class Hub {
    private final EventLog log;
    private final CatalogKeeper keeper;
    private final AtomicReference<Instant> gap = new AtomicReference<>(Instant.MAX);
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(null, null));

    /** The directory of one catalog; both null before one was read. */
    private record Known(Catalog catalog, Directory directory) {}

    /** @param keeper knows what tenants there are; taking events never waits for it */
    public Hub(EventLog log, CatalogKeeper keeper) {
        this.log = log;
        this.keeper = keeper;
    }

    /**
     * Keeps events that happened together, labelled.
     *
     * @return the events as they are kept, once they would survive a loss of power; fails as
     *     {@link EventLog#append} does
     */
    public CompletableFuture<List<CloudEvent>> take(List<CloudEvent> events) {
        List<CloudEvent> labelled = events.stream().map(this::labelled).toList();
        return log.append(labelled)
                .thenApply(fresh -> {
                    keeper.hear(labelled);
                    return labelled;
                })
                .whenComplete((kept, failure) -> {
                    if (failure != null) {
                        gap.accumulateAndGet(events.get(0).time(), (one, other) -> one.isBefore(other) ? one : other);
                    }
                });
    }

    /** Since when events could not be kept, told once; empty when all could. */
    public Optional<Instant> endOfGap() {
        return Optional.of(gap.getAndSet(Instant.MAX)).filter(since -> !since.equals(Instant.MAX));
    }

    /** The platform as it was read last; empty before that. */
    public Optional<Catalog> platform() {
        return keeper.catalog().known();
    }

    private CloudEvent labelled(CloudEvent event) {
        Optional<TenantName> tenant = directory().flatMap(directory -> directory.tenantOf(event));
        return tenant.map(name -> event.of(name.value())).orElse(event);
    }

    @SuppressWarnings("ReferenceEquality") // comparing two whole catalogs by value would cost more than a directory
    private Optional<Directory> directory() {
        Catalog now = platform().orElse(null);
        Known last = known.get();
        if (last.catalog() != now) {
            last = new Known(now, new Directory(now));
            known.set(last);
        }
        return Optional.ofNullable(last.directory());
    }

    /**
     * What came after a position, in order.
     *
     * @throws FailureException EXTERNAL when the log can't be read
     */
    public List<StoredEvent> after(long position, int limit) {
        return log.after(position, limit);
    }

    /** The position of the newest event. */
    public long last() {
        return log.last();
    }

    /** How many events wait for the disk. */
    public int waiting() {
        return log.waiting();
    }

    /** Who may what on the whole platform, as its files say now. */
    public Access access() {
        return platform().map(Catalog::access).orElse(Access.NONE);
    }

    /** Whose a repository, an image or a namespace is, by one look into a map. */
    private static final class Directory {
        private final Map<Object, TenantName> owners = new HashMap<>();

        Directory(Catalog catalog) {
            for (Tenant tenant : catalog.tenants()) {
                add(tenant.gitops(), tenant.name());
                tenant.environments().forEach(each -> owners.put(tenant.namespace(each.name()), tenant.name()));
                tenant.services().forEach(service -> {
                    add(service.repository(), tenant.name());
                    owners.put(catalog.imagesOf(tenant, service).toString(), tenant.name());
                });
            }
        }

        private void add(RepositoryUrl repository, TenantName tenant) {
            owners.putIfAbsent(RepositoryPlace.of(repository), tenant);
        }

        /** Empty when it concerns no tenant that is known. */
        Optional<TenantName> tenantOf(CloudEvent event) {
            return Optional.ofNullable(owners.get(event.subject()))
                    .or(() -> RepositoryPlace.find(event.subject()).map(owners::get));
        }
    }
}
