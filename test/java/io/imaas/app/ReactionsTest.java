package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.adapter.oci.TagLists;
import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.platform.LivePlatform;
import io.imaas.app.reaction.Reaction;
import io.imaas.app.reaction.Reactions;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.EventLog;
import io.imaas.port.EventLogContract;
import io.imaas.port.ImageRegistry;
import io.imaas.port.ImageTags;
import io.imaas.port.Measures;
import io.imaas.port.Shares;
import io.imaas.step.chart.Charts;
import io.imaas.testing.Await;
import io.imaas.testing.TinyImages;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try")
class ReactionsTest {
    private static final EnvironmentName TEST = new EnvironmentName("test");
    private static final ServiceName API = new ServiceName("order-api");
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final Queue<FailureException> untold = new ConcurrentLinkedQueue<>();
    private final HttpImageRegistry registry = new HttpImageRegistry(RegistryCredentials.none());
    private final Queue<String> reconciled = new ConcurrentLinkedQueue<>();
    private final Measures measures = new Measures() {
        @Override
        public void reconciled(String kind, Duration took) {
            reconciled.add(kind);
        }
    };
    private boolean follows;
    private World world;
    private EventLog log;
    private Supplier<Catalog> platform;
    private int sent;

    @BeforeEach
    void open() {
        world = new World(folder, Map.of("order-api", "repository: 'file://" + folder.resolve("sources.git") + "'"));
        log = SqliteEventLog.open(folder.resolve("events.db"), () -> Instant.MIN);
        platform = world::catalog;
    }

    @AfterEach
    void close() {
        log.close();
        world.close();
        assertThat(untold).isEmpty();
    }

    /** Reactions of a process of their own; the world outlives it. */
    private AutoCloseable reacting() {
        CatalogCache catalog = new CatalogCache(platform);
        LivePlatform<HealthWatch> live = new LivePlatform<>(
                catalog,
                (now, tenant) -> {
                    throw new AssertionError("nobody asked for health");
                },
                e -> {});
        Reactions reactions = new Reactions(
                log,
                Shares.alone(),
                live,
                now -> Imaas.on(registered().with(Charts.class, world.charts()).build(), now),
                now -> {
                    throw new AssertionError("nobody asked for an audit");
                },
                world.clock(),
                new RepositoryUrl("https://git.example/platform.git"),
                Set.of(Reaction.RELEASE, Reaction.REVIEW, Reaction.PROMOTION),
                untold::add);
        reactions.start(NEVER);
        return () -> {
            reactions.close();
            live.close();
            live.awaitEnd(Duration.ofSeconds(20));
        };
    }

    /** The registry is asked only where a service follows what others push to it. */
    private Ports.Builder registered() {
        Ports.Builder ports = world.gitOnly().with(Measures.class, measures);
        return follows
                ? ports.with(ImageRegistry.class, registry)
                        .with(ImageTags.class, new TagLists(RegistryCredentials.none()))
                : ports;
    }

    private void imagePushed(String tag) {
        ImageRef image = new TinyImages(world.catalog()
                        .imagesOf(world.tenant(), world.tenant().services().get(0)))
                .push(tag);
        log.append(List.of(new CloudEvent(
                        "hook-" + sent++,
                        "/hooks/registry",
                        "image.pushed",
                        image.repository().toString(),
                        world.clock().now(),
                        "orders",
                        Map.of("tag", tag, "digest", image.digest().value()))))
                .join();
    }

    private boolean releasedToDev(String version) {
        return world.has("dev") && world.git("dev", "release.yaml").contains(version);
    }

    @Test
    void imagesThatOthersPushAreReleasedInTheirRangeAndNeverBack() throws Exception {
        follows = true;
        Map<String, String> files = new HashMap<>(world.metadata());
        files.computeIfPresent(
                "tenants/orders.yaml",
                (name, text) -> text.replace("type: gateway,", "type: gateway, follow: semver ~1.4,"));
        Catalog following = CatalogReader.read(files).orThrow();
        platform = () -> following;
        try (AutoCloseable unused = reacting()) {
            imagePushed("1.4.2");
            await(() -> releasedToDev("1.4.2"));
            for (String other : List.of("latest", "1.5.0", "1.4.1", "1.4.3-rc.1", "1.4.2-hotfix")) {
                imagePushed(other);
            }
            await(() -> log.position("reactions-0") >= log.last() - 1);
            assertThat(releasedToDev("1.4.2")).isTrue();
            imagePushed("v1.4.10");
            await(() -> releasedToDev("v1.4.10"));
        }
        Imaas imaas = Imaas.on(registered().with(Charts.class, world.charts()).build(), following);
        EnvironmentName dev = new EnvironmentName("dev");
        imaas.run(
                imaas.plan(
                        imaas.tenant(world.tenant().name()),
                        new RollbackRequest(API, dev, "", "it fails"),
                        Actor.unverified("@rita")),
                event -> {});
        assertThat(releasedToDev("v1.4.10")).isFalse();
        CommitId back = world.head(dev);
        try (AutoCloseable unused = reacting()) {
            imagePushed("1.4.9");
            await(() -> log.position("reactions-0") >= log.last());
        }
        assertThat(world.head(dev)).isEqualTo(back);
    }

    private void pushed(String repository, String branch) {
        log.append(List.of(new CloudEvent(
                        "hook-" + sent++,
                        "/hooks/github",
                        "branch.pushed",
                        world.url(repository).value(),
                        world.clock().now(),
                        "orders",
                        Map.of("branch", branch))))
                .join();
    }

    private List<String> told() {
        return log.after(0, 1_000).stream()
                .map(StoredEvent::event)
                .filter(event -> event.source().equals("/reactions"))
                .map(event -> event.type() + " " + event.data().get("about"))
                .toList();
    }

    private void await(Callable<Boolean> condition) {
        Await.until(condition, () -> log.after(0, 1_000) + " " + untold);
    }

    /** Released to dev; merged into the branch test. */
    private Release merged(String version) {
        CommitId commit = world.push("test", Map.of("api.xml", "<api version='" + version + "'/>"));
        Release release = world.release(version, world.tree(commit));
        world.released("dev", release);
        return release;
    }

    private boolean runs(String version) {
        return world.has("test") && world.git("test", "release.yaml").contains(version);
    }

    @Test
    void aMergeIsPromotedAsSoonAsEveryGateIsOpenAndOnlyOnce() throws Exception {
        Release one = merged("1.0.0");
        try (AutoCloseable unused = reacting()) {
            pushed("sources", "test");
            await(() -> told().contains("promotion.refused order-api in test"));
            assertThat(world.has("test")).isFalse();
            world.healthy("dev", one, world.head(new EnvironmentName("dev")));
            pushed("gitops", "imaas/records");
            await(() -> runs("1.0.0"));
            await(() -> told().contains("promotion.ended order-api in test"));
            assertThat(reconciled).contains("promotion");
            CommitId promoted = world.head(TEST);
            for (int i = 0; i < 20; i++) {
                pushed("sources", "test");
                pushed("gitops", "test");
            }
            await(() -> log.position("reactions-0") >= log.last() - 1);
            assertThat(world.head(TEST)).isEqualTo(promoted);
        }
    }

    @Test
    void whatNoHookToldIsFoundAndNothingInTheDataDirectoryIsNeededForIt() throws Exception {
        Release one = merged("1.0.0");
        world.healthy("dev", one, world.head(new EnvironmentName("dev")));
        assertThat(log.last()).isZero();
        try (AutoCloseable unused = reacting()) {
            await(() -> runs("1.0.0"));
            await(() -> told().contains("promotion.ended order-api in test"));
            await(() -> log.position("reactions-0") == log.last());
            Release two = merged("2.0.0");
            world.healthy("dev", two, world.head(new EnvironmentName("dev")));
            try (Connection lost = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("events.db"))) {
                lost.createStatement().execute("DELETE FROM events");
            }
            log.append(List.of(EventLogContract.event("next"))).join();
            await(() -> runs("2.0.0"));
        }
        CommitId promoted = world.head(TEST);
        log.close();
        log = SqliteEventLog.open(folder.resolve("another.db"), () -> Instant.MIN);
        try (AutoCloseable unused = reacting()) {
            pushed("sources", "test");
            await(() -> log.position("reactions-0") >= 1);
        }
        assertThat(world.head(TEST)).isEqualTo(promoted);
        assertThat(told()).isEmpty();
    }

    @Test
    void whatWasRolledBackDoesNotComeBackByItself() throws Exception {
        world.healthy("dev", merged("1.0.0"), world.head(new EnvironmentName("dev")));
        try (AutoCloseable unused = reacting()) {
            await(() -> runs("1.0.0"));
        }
        world.healthy("dev", merged("2.0.0"), world.head(new EnvironmentName("dev")));
        try (AutoCloseable unused = reacting()) {
            await(() -> runs("2.0.0"));
        }
        Imaas imaas =
                Imaas.on(world.gitOnly().with(Charts.class, world.charts()).build(), world.catalog());
        imaas.run(
                imaas.plan(world.tenant(), new RollbackRequest(API, TEST, "", "it fails"), Actor.unverified("@rita")),
                event -> {});
        assertThat(runs("1.0.0")).isTrue();
        CommitId back = world.head(TEST);
        try (AutoCloseable unused = reacting()) {
            pushed("sources", "test");
            pushed("gitops", "test");
            await(() -> log.position("reactions-0") >= 2);
        }
        assertThat(world.head(TEST)).isEqualTo(back);
    }

    @Test
    void olderSourcesNeverReplaceNewerOnes() throws Exception {
        world.healthy("dev", merged("1.0.0"), world.head(new EnvironmentName("dev")));
        Release two = merged("2.0.0");
        world.released("test", two);
        world.healthy("dev", two, world.head(new EnvironmentName("dev")));
        CommitId newer = world.head(TEST);
        world.push("test", Map.of("api.xml", "<api version='1.0.0'/>"));
        try (AutoCloseable unused = reacting()) {
            pushed("sources", "test");
            await(() -> log.position("reactions-0") >= 1);
        }
        assertThat(world.head(TEST)).isEqualTo(newer);
    }

    @Test
    void whenAFreezeEndsThePromotionGoesOnByItself() throws Exception {
        world.healthy("dev", merged("1.0.0"), world.head(new EnvironmentName("dev")));
        Map<String, String> files = new HashMap<>(world.metadata());
        files.computeIfPresent(
                "tenants/orders.yaml",
                (name, text) -> text.replace(
                        "{name: test}", "{name: test, freeze: [{from: 2026-11-20, to: 2026-11-20, reason: fair}]}"));
        Catalog frozen = CatalogReader.read(files).orThrow();
        platform = () -> frozen;
        until("2026-11-20T23:59:58Z");
        try (AutoCloseable unused = reacting()) {
            await(() -> told().contains("promotion.refused order-api in test"));
            world.clock().pause(Duration.ofSeconds(3));
            await(() -> runs("1.0.0"));
        }
    }

    @Test
    void aWindowThatOpensWhileTheControllerIsDownIsActedUponAtStart() throws Exception {
        world.healthy("dev", merged("1.0.0"), world.head(new EnvironmentName("dev")));
        Map<String, String> files = new HashMap<>(world.metadata());
        files.computeIfPresent(
                "tenants/orders.yaml",
                (name, text) -> text.replace(
                        "{name: test}", "{name: test, windows: [{allow: \"Fri-Sat 12:00-13:00\", zone: UTC}]}"));
        Catalog hours = CatalogReader.read(files).orThrow();
        platform = () -> hours;
        until("2026-11-20T11:00:00Z");
        try (AutoCloseable unused = reacting()) {
            await(() -> told().contains("promotion.refused order-api in test"));
        }
        until("2026-11-20T14:00:00Z");
        try (AutoCloseable unused = reacting()) {
            pushed("sources", "test");
            await(() -> log.position("reactions-0") >= log.last() - 1);
        }
        assertThat(world.has("test")).as("it opened and closed meanwhile").isFalse();
        until("2026-11-21T12:30:00Z");

        try (AutoCloseable unused = reacting()) {
            await(() -> runs("1.0.0"));
        }
    }

    private void until(String moment) {
        world.clock().pause(Duration.between(world.clock().now(), Instant.parse(moment)));
    }

    @Test
    void whatAPersonPushedAndGatesAgreeToIsRendered() throws Exception {
        world.healthy("dev", merged("1.0.0"), world.head(new EnvironmentName("dev")));
        try (AutoCloseable unused = reacting()) {
            await(() -> runs("1.0.0"));
            CommitId tuned =
                    world.byHand("dev", "More pods", Map.of("services/order-api/env/dev.yaml", "replicas: 3\n"));
            pushed("gitops", "dev");
            await(() -> world.renderedFrom("dev").equals(tuned.value()));
        }
    }

    @Test
    void aPersonsPushIsReviewed() throws Exception {
        world.healthy("dev", merged("1.0.0"), world.head(new EnvironmentName("dev")));
        try (AutoCloseable unused = reacting()) {
            await(() -> runs("1.0.0"));
            Release never = world.release("9.0.0", null);
            world.byHand(
                    "test",
                    "Hurry",
                    Map.of(
                            "services/order-api/release.yaml",
                            world.git("test", "release.yaml")
                                    .replaceAll(
                                            "sha256:[0-9a-f]+",
                                            never.image().digest().value())));
            pushed("gitops", "test");
            await(() -> told().contains("review.refused test"));
        }
    }
}
