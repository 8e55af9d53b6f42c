package io.imaas.server;

import io.imaas.app.hub.Hub;
import io.imaas.model.event.MissedDelivery;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.RepositorySetup;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.hook.Delivery;
import io.imaas.server.hook.Hooks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Fetches what GitHub could not deliver: it never sends that again by itself. That is done after a start, and after the
 * log could take nothing for a while; some repositories in each round, so that the API's quota is left for deliveries.
 */
public final class MissedDeliveries {
    private static final String KIND = "github";
    private static final int IN_A_ROUND = 20;

    private final Hub hub;
    private final Intake intake;
    private final URI url;
    private final RepositoryUrl platform;
    private final Function<RepositoryUrl, Optional<RepositorySetup>> servers;
    private final Deque<RepositoryUrl> left = new ArrayDeque<>();
    private Optional<Instant> gap;
    private Instant since = Instant.MAX;
    private final List<Failure> refused = new ArrayList<>();

    /**
     * @param url where GitHub reaches this server, unless the platform's files name a web hook; null: nowhere
     * @param platform the platform's own repository
     */
    MissedDeliveries(
            Served served,
            Intake intake,
            URI url,
            RepositoryUrl platform,
            Function<RepositoryUrl, Optional<RepositorySetup>> servers) {
        this.hub = served.hub();
        this.intake = intake;
        this.url = url;
        this.platform = platform;
        this.servers = servers;
        // Until the newest event came this server, or one before it, ran at the least.
        this.gap = Optional.of(hub.after(Math.max(0, hub.last() - 1), 1).stream()
                .map(stored -> stored.event().time())
                .findFirst()
                .orElse(Instant.EPOCH));
    }

    /**
     * Asks for some repositories, if there are any left to ask for.
     *
     * @throws FailureException EXTERNAL when GitHub or the log can't be used now: a later round goes on there; of another
     *     kind after the last repository when the login could not ask for some
     */
    public void round() {
        Optional<Catalog> catalog = hub.platform();
        gap = hub.endOfGap().or(() -> gap);
        if (catalog.isEmpty()) {
            return;
        }
        if (gap.isPresent()) {
            since = gap.get().isBefore(since) || left.isEmpty() ? gap.get() : since;
            left.clear();
            refused.clear();
            left.add(platform);
            catalog.get().tenants().forEach(tenant -> left.addAll(repositories(tenant)));
            gap = Optional.empty();
        }
        URI target = target(catalog.get());
        for (int i = 0; i < IN_A_ROUND && target != null && !left.isEmpty(); i++) {
            ask(left.element(), target);
        }
        if (left.isEmpty() && !refused.isEmpty()) {
            List<Failure> all = List.copyOf(refused);
            refused.clear();
            Failure first = all.get(0);
            throw new FailureException(new Failure(
                    first.kind(),
                    "what GitHub could not deliver of " + all.size() + " repositories was not fetched: " + first.what(),
                    first.where(),
                    first.suggestion()));
        }
    }

    private static List<RepositoryUrl> repositories(Tenant tenant) {
        return Stream.concat(
                        Stream.of(tenant.gitops()), tenant.services().stream().map(Service::repository))
                .distinct()
                .toList();
    }

    private URI target(Catalog catalog) {
        String named = catalog.repositories().webhook();
        if (!named.isEmpty()) {
            return URI.create(named);
        }
        return url == null ? null : URI.create(url.toString().replaceFirst("/+$", "") + "/hooks/" + KIND);
    }

    private void ask(RepositoryUrl repository, URI target) {
        try {
            servers.apply(repository)
                    .ifPresent(server -> server.missed(target, since).forEach(this::take));
            left.remove();
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.EXTERNAL) {
                throw e;
            }
            left.remove();
            refused.add(e.failure());
        }
    }

    private void take(MissedDelivery missed) {
        Map<String, String> headers = Map.of("X-GitHub-Event", missed.event(), "X-GitHub-Delivery", missed.id());
        Delivery delivery = new Delivery(headers::get, missed.body().getBytes(StandardCharsets.UTF_8));
        try {
            intake.keep(KIND, Hooks.find(KIND).orElseThrow(), delivery, Optional.empty())
                    .join();
        } catch (HttpProblem notOne) {
            // It would have been refused when it came, too.
        } catch (CompletionException e) {
            throw e.getCause() instanceof FailureException known ? known : e;
        }
    }
}
