package io.imaas.app.hub;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Access;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.EventLog;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Takes what happened, with a label that says whom it concerns, and gives it back in order. */
public final class Hub {
    private static final String RENDERED = "rendered/";

    private final EventLog log;
    private final CatalogKeeper keeper;
    private final AtomicReference<Instant> gap = new AtomicReference<>(Instant.MAX);
    private final AtomicReference<Outage> outage = new AtomicReference<>();
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(null, null));

    /**
     * The log keeps nothing.
     *
     * @param first what it did not keep, the first since it last kept something
     */
    private record Outage(List<CloudEvent> first, String why) {
        static Outage of(List<CloudEvent> first, Throwable failure) {
            // It is told to anybody, so it is without the place.
            return new Outage(
                    first,
                    failure.getCause() instanceof FailureException known
                            ? known.failure().what()
                            : Reason.of(failure));
        }

        Instant since() {
            return first.get(0).time();
        }

        /** What happened, and what was refused: something smaller may fit where that does not. */
        List<CloudEvent> events() {
            CloudEvent told = new CloudEvent(
                    "log-interrupted-" + first.get(0).id(),
                    "/log",
                    "log.interrupted",
                    "",
                    since(),
                    "",
                    Map.of("why", why));
            return Stream.concat(Stream.of(told), first.stream()).toList();
        }
    }

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
                    if (labelled.stream().anyMatch(this::isPushToPlatform)) {
                        keeper.lookSoon();
                    }
                    return labelled;
                })
                .whenComplete((kept, failure) -> {
                    if (failure != null) {
                        outage.compareAndSet(null, Outage.of(events, failure));
                    } else {
                        over(outage.getAndSet(null));
                    }
                });
    }

    private void over(Outage before) {
        if (before != null) {
            gap.accumulateAndGet(before.since(), (one, other) -> one.isBefore(other) ? one : other);
        }
    }

    /**
     * Why events can't be kept, a sentence; empty when they can, as far as is known. Whoever asks makes it try again, so
     * that the end is found though nobody sends anything.
     */
    public Optional<String> outage() {
        Optional<String> sentence = Optional.ofNullable(outage.get())
                .map(now -> "since " + now.since() + " no event could be kept: " + now.why());
        CompletableFuture<?> unused = tryAgain();
        return sentence;
    }

    /** Ends when it is known whether events can be kept. */
    private CompletableFuture<?> tryAgain() {
        return Optional.ofNullable(outage.get())
                .map(now -> take(now.events()))
                .orElse(CompletableFuture.completedFuture(List.of()))
                .exceptionally(still -> List.of());
    }

    /** Since when events could not be kept, told once, when they can again; empty when all could. */
    public Optional<Instant> endOfGap() {
        tryAgain().join();
        return Optional.of(gap.getAndSet(Instant.MAX)).filter(since -> !since.equals(Instant.MAX));
    }

    /** The platform as it was read last; empty before that. */
    public Optional<Catalog> platform() {
        return keeper.catalog().known();
    }

    private boolean isPushToPlatform(CloudEvent event) {
        return event.type().equals("branch.pushed")
                && place(event).filter(keeper.platform()::equals).isPresent();
    }

    /** What the platform's files name is looked up; reading an address costs much more. */
    private Optional<RepositoryPlace> place(CloudEvent event) {
        return directory()
                .map(directory -> directory.places.get(event.subject()))
                .or(() -> RepositoryPlace.find(event.subject()));
    }

    private CloudEvent labelled(CloudEvent event) {
        boolean image = event.type().startsWith("image.");
        Optional<RepositoryPlace> place = image ? Optional.empty() : place(event);
        Map<String, String> labels = new HashMap<>();
        // Of a folder, and of what is neither a repository nor an image, no server is known.
        String server = image
                ? event.subject().replaceFirst("/.*", "")
                : place.map(RepositoryPlace::host).orElse("");
        if (!server.isEmpty()) {
            labels.put(CloudEvent.SERVER, server);
        }
        Optional<Tenant> tenant = directory().flatMap(directory -> directory.tenantOf(event.subject(), place));
        tenant.flatMap(of -> environment(of, event))
                .ifPresent(name -> labels.put(CloudEvent.ENVIRONMENT, name.value()));
        return event.of(tenant.map(of -> of.name().value()).orElse(event.tenant()), labels);
    }

    /** By its namespace, or by its branch, in whose name environments have theirs. */
    private static Optional<EnvironmentName> environment(Tenant tenant, CloudEvent event) {
        String branch = event.data().getOrDefault("branch", "");
        String wanted = branch.startsWith(RENDERED) ? branch.substring(RENDERED.length()) : branch;
        return tenant.environments().stream()
                .map(Environment::name)
                .filter(name ->
                        name.value().equals(wanted) || tenant.namespace(name).equals(event.subject()))
                .findFirst();
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

    /** See {@link EventLog#keeps}. */
    public boolean keeps(long position) {
        return log.keeps(position);
    }

    /** What came before a position, the newest first, as {@link EventLog#before} has it. */
    public List<StoredEvent> before(long position, int limit) {
        return log.before(position, limit);
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
        private final Map<Object, Tenant> owners = new HashMap<>();
        private final Map<String, RepositoryPlace> places = new HashMap<>();

        Directory(Catalog catalog) {
            for (Tenant tenant : catalog.tenants()) {
                add(tenant.gitops(), tenant);
                tenant.environments().forEach(each -> owners.put(tenant.namespace(each.name()), tenant));
                tenant.services().forEach(service -> {
                    add(service.repository(), tenant);
                    owners.put(catalog.imagesOf(tenant, service).toString(), tenant);
                });
            }
        }

        private void add(RepositoryUrl repository, Tenant tenant) {
            RepositoryPlace place = RepositoryPlace.of(repository);
            places.put(repository.value(), place);
            owners.putIfAbsent(place, tenant);
        }

        /** Empty when it concerns no tenant that is known. */
        Optional<Tenant> tenantOf(String subject, Optional<RepositoryPlace> place) {
            return Optional.ofNullable(owners.get(subject)).or(() -> place.map(owners::get));
        }
    }
}
