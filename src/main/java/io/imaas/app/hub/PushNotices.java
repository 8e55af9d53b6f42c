package io.imaas.app.hub;

import io.imaas.app.platform.CatalogCache;
import io.imaas.app.platform.Repeating;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.CiServer;
import io.imaas.port.Clock;
import io.imaas.port.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tells a CI server which of the platform's repositories changed, so that its jobs start at once and need not poll. What
 * it could not be told while it was down is told when it is back, each repository once.
 */
public final class PushNotices implements AutoCloseable {
    private static final String CONSUMER = "ci-server";
    private static final int GROUP = 500;
    private static final Duration LOOK = Duration.ofMillis(200);

    private final EventLog log;
    private final CatalogCache catalog;
    private final RepositoryUrl platform;
    private final CiServer server;
    private final Clock clock;
    private final Duration pause;
    private final Repeating timer;
    private Instant resume = Instant.MIN;
    private long position;

    /**
     * @param platform the platform's own repository
     * @param pause how long a server that could not be told is left alone
     * @param untold hears why it could not
     */
    public PushNotices(
            EventLog log,
            CatalogCache catalog,
            RepositoryUrl platform,
            CiServer server,
            Clock clock,
            Duration pause,
            Consumer<FailureException> untold) {
        this.log = log;
        this.catalog = catalog;
        this.platform = platform;
        this.server = server;
        this.clock = clock;
        this.pause = pause;
        this.timer = new Repeating("imaas-ci-server", untold);
    }

    /** What happened before anybody was told of is found by the CI server's own look at its repositories. */
    public PushNotices start() {
        position = log.position(CONSUMER);
        if (position == 0) {
            position = log.last();
        }
        timer.every(LOOK, LOOK, this::look);
        return this;
    }

    private void look() {
        if (!clock.now().isBefore(resume) && !timer.attempt(this::readOn)) {
            resume = clock.now().plus(pause);
        }
    }

    private void readOn() {
        Catalog known = catalog.known().orElse(null);
        if (known == null) {
            return;
        }
        // What another server at the same log has told by now need not be told again.
        position = Math.max(position, log.position(CONSUMER));
        for (List<StoredEvent> events = log.after(position, GROUP);
                !events.isEmpty();
                events = log.after(position, GROUP)) {
            Set<RepositoryUrl> changed = new LinkedHashSet<>();
            if (!log.keeps(position)) {
                changed.add(platform);
                known.tenants().stream().flatMap(PushNotices::repositories).forEach(changed::add);
            }
            events.forEach(stored -> changed(known, stored.event()).ifPresent(changed::add));
            changed.forEach(server::changed);
            position = events.get(events.size() - 1).position();
            log.advance(CONSUMER, position);
        }
    }

    /** The repository as the platform's files write it; nobody is told of others. */
    private Optional<RepositoryUrl> changed(Catalog known, CloudEvent event) {
        if (!event.type().matches("(branch|tag|pull-request)\\..*")) {
            return Optional.empty();
        }
        Optional<RepositoryPlace> place = RepositoryPlace.find(event.subject());
        Stream<RepositoryUrl> ofTenant = Optional.of(event.tenant())
                .filter(name -> !name.isEmpty())
                .flatMap(name -> known.tenant(new TenantName(name)))
                .map(PushNotices::repositories)
                .orElse(Stream.of());
        return Stream.concat(Stream.of(platform), ofTenant)
                .filter(url -> place.equals(RepositoryPlace.find(url.value())))
                .findFirst();
    }

    private static Stream<RepositoryUrl> repositories(Tenant tenant) {
        return Stream.concat(
                Stream.of(tenant.gitops()), tenant.services().stream().map(Service::repository));
    }

    @Override
    public void close() {
        timer.close();
    }
}
