package io.imaas.app;

import io.imaas.adapter.rabbit.Broker;
import io.imaas.adapter.rabbit.NeedsBroker;
import io.imaas.app.assembly.EventHub;
import io.imaas.app.assembly.Opened;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.platform.LivePlatform;
import io.imaas.app.reaction.Reaction;
import io.imaas.app.reaction.Reactions;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.testing.Await;
import io.imaas.testing.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * 10,000 tenants at one broker, whose work is a question to a Git server that takes 20 ms: how long several servers take to
 * look at all of them, what share each has, and how soon the others have what one of them leaves.
 */
@Tag("bench")
@ExtendWith(NeedsBroker.class)
class ReplicasBench {
    private static final int TENANTS = 10_000;
    private static final long GIT_MILLIS = 20;

    private final CatalogCache catalog = new CatalogCache(ReplicasBench::tenants);
    private final List<FailureException> untold = new ArrayList<>();

    private static Catalog tenants() {
        Map<String, String> files = new HashMap<>();
        files.put("platform.yaml", "platform: acme\nregistries: [registry.example/imaas]\n");
        for (int i = 0; i < TENANTS; i++) {
            files.put(
                    "tenants/t" + i + ".yaml",
                    "tenant: t" + i + "\nowners: ['@acme/leads']\ncontact: a@example.org\n"
                            + "gitops: https://git.example/gitops-" + i + ".git\n"
                            + "quota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}]\n"
                            + "services: [{name: api, type: gateway, repository: 'https://git.example/" + i
                            + ".git'}]\n");
        }
        return CatalogReader.read(files).orThrow();
    }

    /** One server: a connection of its own, and whose tenants it asked Git about. */
    private final class Replica implements AutoCloseable {
        private final Set<RepositoryUrl> asked = ConcurrentHashMap.newKeySet();
        private final Broker broker = Broker.ofServers();
        private final Opened opened = new Opened();

        Replica() {
            EventHub hub = opened.add(EventHub.at(new Secret(broker.address()), Duration.ofDays(1)));
            LivePlatform<HealthWatch> live = opened.add(new LivePlatform<>(catalog, (now, tenant) -> null, e -> {}));
            Ports ports = Ports.builder()
                    .git(this::repository)
                    .with(Clock.class, new ManualClock("2026-11-20T10:00:00Z"))
                    .build();
            opened.add(new Reactions(
                            hub.log(),
                            hub.shares(),
                            live,
                            now -> Imaas.on(ports, now),
                            now -> null,
                            new ManualClock("2026-11-20T10:00:00Z"),
                            new RepositoryUrl("https://git.example/platform.git"),
                            Set.of(Reaction.REVIEW),
                            untold::add))
                    .start(Duration.ofDays(1));
        }

        /** Has no branch yet, so that there is nothing to review. */
        private GitRepository repository(RepositoryUrl url) {
            return (GitRepository) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {GitRepository.class}, (proxy, method, given) -> {
                        Thread.sleep(GIT_MILLIS);
                        asked.add(url);
                        return Optional.empty();
                    });
        }

        @Override
        public void close() {
            opened.close();
        }
    }

    private static int asked(List<Replica> replicas) {
        return (int) replicas.stream()
                .flatMap(replica -> replica.asked.stream())
                .distinct()
                .count();
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    @Test
    void whatOneMoreBrings() {
        catalog.refresh();
        for (int servers = 1; servers <= 3; servers++) {
            List<Replica> replicas = new ArrayList<>();
            try (Broker broker = Broker.ofServers()) {
                broker.clean();
                long begun = System.nanoTime();
                for (int i = 0; i < servers; i++) {
                    replicas.add(new Replica());
                }
                Await.until(() -> asked(replicas) == TENANTS);
                System.out.printf("%d servers looked at %d tenants in %.1f s; ", servers, TENANTS, since(begun));
                replicas.forEach(replica -> System.out.printf("%d ", replica.asked.size()));
                System.out.println(untold.isEmpty() ? "" : untold.get(0).getMessage());
                if (servers > 1) {
                    takeOver(replicas);
                }
            } finally {
                replicas.forEach(Replica::close);
            }
        }
    }

    private static void takeOver(List<Replica> replicas) {
        Replica gone = replicas.remove(0);
        // What both asked about was handed on when the others came, and is theirs.
        Set<RepositoryUrl> left = new HashSet<>(gone.asked);
        replicas.forEach(replica -> left.removeAll(replica.asked));
        long begun = System.nanoTime();
        gone.broker.cut();
        Await.until(() ->
                replicas.stream().anyMatch(replica -> replica.asked.stream().anyMatch(left::contains)));
        double first = since(begun);
        Await.until(() -> replicas.stream()
                        .flatMap(replica -> replica.asked.stream())
                        .filter(left::contains)
                        .count()
                >= left.size());
        System.out.printf(
                "one of %d ended: the first of its %d tenants was looked at after %.1f s, all after %.1f s%n",
                replicas.size() + 1, left.size(), first, since(begun));
        gone.close();
    }
}
