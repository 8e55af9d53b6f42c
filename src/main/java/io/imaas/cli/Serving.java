package io.imaas.cli;

import io.imaas.app.HealthWatch;
import io.imaas.app.Imaas;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.app.assembly.EventHub;
import io.imaas.app.assembly.Opened;
import io.imaas.app.hub.CatalogKeeper;
import io.imaas.app.hub.Hub;
import io.imaas.app.hub.PushNotices;
import io.imaas.app.hub.ToldEventLog;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.platform.LivePlatform;
import io.imaas.app.platform.Repeating;
import io.imaas.app.reaction.Reaction;
import io.imaas.app.reaction.Reactions;
import io.imaas.app.request.Requests;
import io.imaas.app.view.Views;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.CiServer;
import io.imaas.port.Clock;
import io.imaas.port.EventLog;
import io.imaas.port.Tracing;
import io.imaas.report.ToolVersion;
import io.imaas.server.MissedDeliveries;
import io.imaas.server.Served;
import io.imaas.server.Server;
import io.imaas.server.ServerSettings;
import io.imaas.server.Telemetry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The server and everything that works behind it, from its start until it is closed. */
final class Serving implements AutoCloseable {
    private static final Duration REFRESH = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration OPEN = Duration.ofSeconds(10);
    private static final Duration VIEWS = Duration.ofMinutes(10);

    private final Opened opened = new Opened();
    private final Server server;
    private final Set<Reaction> reactions;

    /**
     * What is wanted of it.
     *
     * @param metadata the platform's own repository
     * @param data folder for the log of events
     * @param broker where the log is instead, and where the work is shared; null: nowhere
     * @param reactions those that what is configured can't carry out are left out
     * @param look how often reactions look at everything
     * @param keep how long events are kept
     * @param rollout how long each rollout is waited for
     * @param jenkins hears of pushes
     */
    record Wanted(
            RepositoryUrl metadata,
            Path data,
            Secret broker,
            ServerSettings server,
            Set<Reaction> reactions,
            Duration look,
            Duration keep,
            Duration rollout,
            Optional<CiServer> jenkins) {}

    /** @param previewing the same as {@code assembly}, with ports that only read */
    Serving(
            Assembly assembly,
            Assembly previewing,
            CatalogCache catalog,
            Wanted wanted,
            Telemetry telemetry,
            ServerLog said) {
        try {
            Ports ports = assembly.ports().build();
            Clock clock = assembly.clock();
            Instant begun = clock.now();
            Consumer<FailureException> untold =
                    failure -> said.tell(failure.failure().sentence());
            Function<Catalog, Imaas> engine = now -> Imaas.on(ports, now).waiting(wanted.rollout());
            Ports reading = previewing.ports().build();
            Function<Catalog, Imaas> looking = now -> Imaas.on(reading, now);
            reactions = possible(ports, wanted.reactions());
            EventHub hub = opened.add(
                    wanted.broker() == null
                            ? EventHub.in(wanted.data(), wanted.keep(), clock)
                            : EventHub.at(wanted.broker(), wanted.keep()));
            EventLog log = new ToldEventLog(hub.log(), said::kept);
            CatalogKeeper keeper = opened.add(new CatalogKeeper(
                    catalog,
                    wanted.metadata(),
                    REFRESH,
                    failure -> said.tell("The platform repository could not be read; again in a minute: "
                            + failure.failure().sentence())));
            LivePlatform<HealthWatch> live = new LivePlatform<>(
                    catalog,
                    (now, tenant) -> Imaas.on(ports, now).watch(tenant, HealthWatch.GRACE),
                    e -> said.tell("a connection could not be closed: " + Reason.of(e)));
            opened.add(() -> live.awaitEnd(PATIENCE));
            opened.add(live);
            Requests requests = opened.add(new Requests(catalog, engine, looking, log, hub.presence(), clock));
            Reactions reacting = opened.add(new Reactions(
                    log,
                    hub.shares(),
                    live,
                    engine,
                    requests.questions()::audit,
                    clock,
                    wanted.metadata(),
                    reactions,
                    untold));
            Views views =
                    opened.add(new Views(log, catalog, engine, clock, untold)).start(VIEWS);
            // Before anybody can send one again.
            Repeating open = opened.add(new Repeating("imaas-requests", untold));
            open.attempt(requests::lookAtOpen);
            open.every(OPEN, OPEN, requests::lookAtOpen);
            server = opened.add(Server.start(
                    wanted.server(),
                    new Served(
                            new Hub(log, keeper),
                            views,
                            requests,
                            clock,
                            ports.find(Tracing.class).orElse(Tracing.NONE),
                            () -> facts(begun, reacting),
                            telemetry,
                            said::defect)));
            MissedDeliveries missed = server.missed(wanted.metadata(), ports::setup);
            opened.add(new Repeating("imaas-missed", untold)).every(Duration.ZERO, REFRESH, missed::round);
            wanted.jenkins().ifPresent(jenkins -> opened.add(
                            new PushNotices(log, catalog, wanted.metadata(), jenkins, clock, PAUSE, untold))
                    .start());
            if (!reactions.isEmpty()) {
                reacting.start(wanted.look());
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Those that were asked for and that what is configured can carry out. */
    private static Set<Reaction> possible(Ports ports, Set<Reaction> asked) {
        return asked.stream()
                .filter(one -> switch (one) {
                    case ONBOARDING, AUDIT -> ports.hasCluster();
                    case HEALTH, PREVIEW -> ports.followsRollouts();
                    default -> true;
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, String> facts(Instant begun, Reactions reacting) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Version", ToolVersion.current());
        facts.put("Runs since", begun.toString());
        facts.put("Does by itself", reactions.isEmpty() ? "nothing" : words(reactions));
        if (!reactions.isEmpty()) {
            facts.put("Tasks that want their turn", String.valueOf(reacting.pending()));
            facts.put("Shares of the tenants looked after here", reacting.shares());
            facts.put("Events dealt with up to", String.valueOf(reacting.position()));
        }
        return facts;
    }

    URI address() {
        return server.address();
    }

    Set<Reaction> reactions() {
        return reactions;
    }

    static String words(Set<Reaction> reactions) {
        return reactions.stream().map(Reaction::word).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        opened.close();
    }
}
