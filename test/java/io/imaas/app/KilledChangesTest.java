package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.TEST;
import static io.imaas.app.RenderedWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.catalog.CatalogReader;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.image.ScanReport;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.ChartRequest;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ResumeRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.request.PlanRequest.RolloutRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.CycloneDx;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.ImageBuilder;
import io.imaas.port.ImageRegistry;
import io.imaas.port.ImageScanner;
import io.imaas.port.PullRequests;
import io.imaas.port.Workspaces;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import io.imaas.testing.Wires;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is cut off anywhere, the same request ends. */
class KilledChangesTest {
    private static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");

    @TempDir
    Path folder;

    private KilledProcesses processes;
    private RenderedWorld world;

    @BeforeEach
    void begin() {
        processes = new KilledProcesses(folder);
        world = processes.world;
        test("", "");
    }

    /**
     * @param more lines of the environment
     * @param platform lines of {@code platform.yaml}
     */
    private void test(String more, String platform) {
        Map<String, String> files = world.files("delivery: rendered\n" + platform);
        files.computeIfPresent(
                "tenants/orders.yaml",
                (path, text) -> text.replace("{name: test}", "{name: test, approvers: ['@acme/leads']" + more + "}"));
        processes.catalog = CatalogReader.read(files).orThrow();
    }

    private void later() {
        processes.now = processes.now.plusSeconds(1);
    }

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void theSameRequestAgainEndsWhatWasCutOff() {
        PlanRequest rollout = new RolloutRequest(API, DEV, null, null);
        PlanRequest approval = new ApproveRequest(List.of(API), DEV, TEST, "@acme/leads");
        PlanRequest promotion = new PromoteRequest(List.of(API), DEV, TEST, null, "", false, "");
        processes.killed(1, release(API, 'a'));
        processes.killed(1, rollout);
        world.checkout("dev");
        world.write("services/order-api/env/dev.yaml", "config: {greeting: hello}\n");
        world.push("dev");
        processes.killed(3, RenderedWorld.review(null));
        processes.killed(1, approval);
        processes.killed(3, promotion);
        processes.done(release(API, 'b'), Fate.none());
        processes.done(rollout, Fate.none());
        processes.done(approval, Fate.none());
        processes.killed(3, promotion);
        // What was healthy there once comes back: its record of health is of another change.
        processes.done(release(API, 'a'), Fate.none());
        processes.done(approval, Fate.none());
        processes.killed(3, new PromoteRequest(List.of(), DEV, TEST, null, "", false, ""));
        processes.done(release(API, 'c'), Fate.none());
        processes.killed(3, new RollbackRequest(API, DEV, "", ""));
        processes.killed(4, new RollbackRequest(API, TEST, "", ""));
        processes.killed(1, new ResumeRequest(API, TEST));
    }

    /** Where the deployment server rendered until now, and then with another chart for all services of two environments. */
    @Test
    void anotherLayoutAndAnotherChartAreBroughtToTheirEnd() throws Exception {
        processes.catalog = world.catalog("delivery: helm\n");
        processes.done(release(API, 'a'), Fate.none());
        processes.done(new PromoteRequest(List.of(API), DEV, TEST, null, "", true, ""), Fate.none());
        processes.catalog = world.catalog();
        processes.killed(2, new OnboardRequest());
        String chart = world.otherChart("");
        processes.catalog = world.catalog("charts: {dev: " + chart + ", test: " + chart + "}\n");
        processes.killed(4, new ChartRequest(List.of(), "", ""));
        assertThat(world.show("rendered/test", "order-api/manifests.yaml")).contains("of-the-new-chart");
    }

    /** It is written down, and where there was no time for that, gates see it by what ran since. */
    @Test
    void aYesToWhatWasRolledBackByItselfCountsNoMoreWhereverThatWasCutOff() {
        test(", autoRollback: true", "");
        PlanRequest promotion = new PromoteRequest(List.of(API), DEV, TEST, null, "", false, "");
        PlanRequest review = new ReviewRequest(TEST, null, null, null);
        for (char digit : new char[] {'a', 'b'}) {
            processes.done(release(API, digit), Fate.none());
            processes.done(new RolloutRequest(API, DEV, null, null), Fate.none());
            processes.done(new ApproveRequest(List.of(API), DEV, TEST, "@acme/leads"), Fate.none());
            processes.broken = digit == 'b' ? "b".repeat(64) : processes.broken;
            world.kept();
            later();
            processes.run(promotion, Fate.none());
        }
        assertThat(world.message("rendered/test")).startsWith("Roll back order-api in test to 1.0.97");
        String wanted = trees();
        String rollback = world.git().run("rev-parse", "test").strip();
        // In the middle of its rollback, and before it is written down whose yes counts no more.
        for (int at = 4; at <= 5; at++) {
            world.resetServer();
            assertThat(processes.run(promotion, new Fate(Fate.Kind.KILLED_AFTER, at)))
                    .isEmpty();
            processes.run(promotion, Fate.none());
            processes.run(review, Fate.none());
            assertThat(trees()).as("killed after write " + at).isEqualTo(wanted);
            processes.done(new ResumeRequest(API, TEST), Fate.none());
            assertThat(processes
                            .run(promotion, Fate.none())
                            .orElseThrow()
                            .failures()
                            .toString())
                    .contains("the approval by @ann no longer counts");
        }
        processes.broken = "none";
        later();
        processes.done(new ApproveRequest(List.of(API), DEV, TEST, "@acme/leads"), Fate.none());
        processes.done(promotion, Fate.none());
        world.git().run("update-ref", "refs/heads/test", rollback);
        assertThat(processes.run(review, Fate.none()).orElseThrow().failures().toString())
                .as("the rollback, put back by somebody")
                .contains("test is held by @imaas");
    }

    @Test
    void whatIsForcedIsRecordedOnce() {
        test("", "policy: {overriders: ['@ann']}\n");
        processes.done(release(API, 'a'), Fate.none());
        processes.done(new RolloutRequest(API, DEV, null, null), Fate.none());
        processes.actor = new Actor("@ann", Actor.Proof.JENKINS, List.of());
        processes.killed(3, new PromoteRequest(List.of(API), DEV, TEST, null, "", false, "INC-7"));
    }

    /** A promotion opens one, people merge it, and what they said there is kept before it lets anything in. */
    @Test
    void aPullRequestIsOpenedOnceAndWhatPeopleSayThereIsKeptOnce() {
        Map<String, String> opened = new TreeMap<>();
        List<PullRequests.Review> reviews = new ArrayList<>();
        Map<CommitId, PullRequests.Merge> merges = new HashMap<>();
        PullRequests forge = (PullRequests) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {PullRequests.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "open" -> {
                        opened.put(given[0] + " into " + given[1], given[2] + "\n" + given[3]);
                        yield new PullRequests.PullRequest(7, "https://forge.example.org/7", null, true, null, false);
                    }
                    case "comment" -> opened.put("comment on " + given[0] + given[1], (String) given[2]);
                    case "mergedAs" -> Optional.ofNullable(merges.get(given[0]));
                    case "reviews" -> List.copyOf(reviews);
                    default -> throw new AssertionError(method);
                });
        processes.with(
                (assembly, fate) -> assembly.forges(url -> Optional.of(
                        KilledProcesses.mortal(fate, PullRequests.class, forge, Set.of("open", "comment")))),
                opened::toString,
                opened::clear);
        test(", pullRequests: true", "people: [{name: '@ann', teams: ['@acme/leads']}]\n");
        processes.done(release(API, 'a'), Fate.none());
        processes.done(new RolloutRequest(API, DEV, null, null), Fate.none());
        processes.killed(2, new PromoteRequest(List.of(API), DEV, TEST, null, "", false, ""));

        String from = opened.keySet().stream()
                .filter(one -> one.endsWith(" into test"))
                .findFirst()
                .orElseThrow()
                .replace(" into test", "");
        CommitId head = new CommitId(world.git().run("rev-parse", from).strip());
        world.checkout(from);
        world.hand()
                .run("-c", "user.name=bob", "-c", "user.email=b@x", "commit", "-q", "--allow-empty", "-m", "Merge #7");
        world.hand().run("push", "-q", "origin", "HEAD:test");
        merges.put(new CommitId(world.hand().run("rev-parse", "HEAD").strip()), new PullRequests.Merge(7, head, "bob"));
        reviews.add(new PullRequests.Review("ann", true, head, THEN));
        opened.clear();
        processes.killed(3, new ReviewRequest(TEST, null, null, null));
        assertThat(world.show("rendered/test", "order-api/manifests.yaml")).contains("a".repeat(64));
    }

    /**
     * An image counts as made when its provenance is there: what a scan, a bill and a signature say comes before. The same where
     * the connection breaks in the middle of what is sent.
     */
    @Test
    void anImageThatWasCutOffIsMadeWithAllThatIsSaidOfIt() throws Exception {
        Path images = folder.resolve("images");
        try (LoopbackRegistry registry = LoopbackRegistry.start(images, 0);
                Wires wires = new Wires("127.0.0.1", registry.port())) {
            Path work = folder.resolve("work");
            FileUtils.copyDirectory(new File("examples/services/order-api"), work.toFile());
            Git sources = Git.in(work);
            sources.run("init", "-q", "-b", "dev");
            sources.run("add", "-A");
            sources.run("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "sources");
            CommitId commit = new CommitId(sources.run("rev-parse", "HEAD").strip());
            Map<String, String> files = world.files(
                    "delivery: rendered\npolicy: {images: {vulnerabilities: {maxAge: 7d, scan: {command: [grype, '${image}', '${report}']}}}}\n");
            files.replaceAll((path, text) -> text.replace("registry.example.org", "127.0.0.1:" + wires.port())
                    .replace("https://github.com/acme/order-api.git", "file://" + work));
            processes.catalog = CatalogReader.read(files).orThrow();
            HttpImageRegistry asked = new HttpImageRegistry(RegistryCredentials.none());
            ImageBuilder builder = new JibImageBuilder(folder.resolve("layers"), RegistryCredentials.none());
            processes.with(
                    (assembly, fate) -> assembly.registry(RegistryCredentials.none())
                            .runtime(Duration.ofMinutes(1))
                            .with(ImageScanner.class, (command, image, log) -> Map.of("matches", List.of()))
                            .with(
                                    Workspaces.class,
                                    any -> new Workspaces.Workspace(
                                            work, folder.resolve("built"), folder.resolve("m2"), true))
                            .with(
                                    ImageBuilder.class,
                                    KilledProcesses.mortal(fate, ImageBuilder.class, builder, Set.of("build")))
                            .with(
                                    ImageRegistry.class,
                                    KilledProcesses.mortal(fate, ImageRegistry.class, asked, Set.of("attach"))),
                    () -> said(asked, processes.catalog),
                    () -> emptied(images));
            PlanRequest delivery = new DeliverRequest(
                    new SourceChange(
                            new RepositoryUrl("file://" + work),
                            commit,
                            new SourceHead.Branch(new BranchName("dev")),
                            "build 7"),
                    new BuildOptions("native", List.of(), BuildOptions.ROLLOUT, null));
            processes.killed(7, delivery);
            String wanted = processes.state();
            processes.restart();
            wires.sent(Long.MAX_VALUE, () -> {});
            processes.done(delivery, Fate.none());
            long all = wires.sent(Long.MAX_VALUE, () -> {});
            for (int part = 1; part < 3; part++) {
                processes.restart();
                Fate fate = Fate.none();
                wires.sent(all * part / 3, fate::kill);
                processes.run(delivery, fate);
                assertThat(fate.killed()).isTrue();
                wires.sent(Long.MAX_VALUE, () -> {});
                processes.done(delivery, Fate.none());
                assertThat(processes.state()).as("cut after part " + part).isEqualTo(wanted);
            }
        }
    }

    /** What is said of the image that runs. */
    private String said(ImageRegistry registry, Catalog catalog) {
        Tenant tenant = catalog.tenants().get(0);
        ImageRepository images = catalog.imagesOf(tenant, tenant.services().get(0));
        ImageRef image = new ImageRef(images, registry.resolve(images, "1.4.0").orElseThrow());
        return Stream.of(Provenance.TYPE, CycloneDx.TYPE, ImageSignature.TYPE, ScanReport.TYPE)
                .map(type -> {
                    List<String> all = registry.attached(image, type);
                    assertThat(all).as(type).isNotEmpty();
                    return all.stream()
                            .map(TestKey::payload)
                            .distinct()
                            .toList()
                            .toString();
                })
                .collect(Collectors.joining("\n", "\n", ""));
    }

    private static void emptied(Path images) {
        try {
            FileUtils.cleanDirectory(images.resolve("blobs/sha256").toFile());
            Files.writeString(images.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands on the branches of the environment test. */
    private String trees() {
        return world.git().run("rev-parse", "test^{tree}", "rendered/test^{tree}");
    }
}
