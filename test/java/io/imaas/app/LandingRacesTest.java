package io.imaas.app;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.run.RunResult;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others are faster between a decision and its push: real bare repositories, two processes, the real chart. */
class LandingRacesTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final EnvironmentName TEST = new EnvironmentName("test");
    private static final int SERVICES = 10;
    private static final int FIT = 5;
    private static final int PODS = 40;

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Catalog catalog;
    private Imaas one;
    private Imaas other;

    @BeforeEach
    void begin() throws IOException {
        Git.in(folder).run("init", "-q", "--bare", "-b", "dev", "gitops.git");
        catalog = catalog();
        one = process("one");
        other = process("other");
        Git.in(folder).run("clone", "-q", "gitops.git", "hand");
        Git.in(folder.resolve("hand")).run("checkout", "-q", "--orphan", "dev");
        for (int i = 0; i < SERVICES; i++) {
            write(folder.resolve("hand"), "services/" + service(i) + "/values.yaml", "type: gateway\n");
        }
        push("dev");
    }

    private Catalog catalog() {
        Map<String, String> services = new TreeMap<>();
        for (int i = 0; i < SERVICES; i++) {
            services.put(service(i).value(), "repository: https://github.com/acme/order-api.git");
        }
        Map<String, String> files = Metadata.files(
                "registry.example.org/imaas", "orders", "file://" + folder.resolve("gitops.git"), services);
        files.computeIfPresent(
                "tenants/orders.yaml",
                (path, text) -> text.replace(
                        "{cpu: 8, memory: 16Gi, pods: 40}", "{cpu: 64, memory: 99Gi, pods: " + PODS + "}"));
        return CatalogReader.read(files).orThrow();
    }

    /** With its own clone, as on another machine. */
    private Imaas process(String name) {
        ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
        GitRepositories repositories =
                new GitRepositories(TestKey.signed(GitSettings.of(folder.resolve(name), GitAccess.anonymous(), clock)));
        Assembly assembly = new Assembly(folder.resolve(name + "-work"), clock, Map.of());
        open.add(assembly);
        open.add(repositories);
        return Imaas.on(assembly.git(repositories::at).charts().ports().build(), catalog);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void promotionsThatFitOneByOneLandOnlyAsLongAsTheyFitTogether() throws Exception {
        for (int i = 0; i < SERVICES; i++) {
            assertThat(run(one, release(service(i), 'a')).failures()).isEmpty();
        }
        Git.in(folder.resolve("hand")).run("checkout", "-q", "--orphan", "test");
        for (int i = 0; i < SERVICES; i++) {
            write(
                    folder.resolve("hand"),
                    "services/" + service(i) + "/env/test.yaml",
                    "replicas: " + PODS / FIT + "\n");
        }
        push("test");
        List<IntendedPlan> plans = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            plans.add(plan(
                    i % 2 == 0 ? one : other, new PromoteRequest(List.of(service(i)), DEV, TEST, null, "", true, "")));
        }
        assertThat(plans).noneMatch(IntendedPlan::blocked);

        List<RunResult> results = new ArrayList<>();
        ExecutorService callers = Executors.newFixedThreadPool(SERVICES);
        try {
            List<Callable<RunResult>> runs = new ArrayList<>();
            for (int i = 0; i < SERVICES; i++) {
                Imaas by = i % 2 == 0 ? one : other;
                IntendedPlan plan = plans.get(i);
                runs.add(() -> by.run(plan, event -> {}));
            }
            for (Future<RunResult> result : callers.invokeAll(runs)) {
                results.add(result.get());
            }
        } finally {
            callers.shutdownNow();
        }

        assertThat(results.stream().filter(result -> result.failures().isEmpty()))
                .hasSize(FIT);
        assertThat(results.stream().flatMap(result -> result.failures().stream()))
                .hasSize(SERVICES - FIT)
                .allSatisfy(failure -> {
                    assertThat(failure.kind()).as(failure.sentence()).isEqualTo(FailureKind.POLICY);
                    assertThat(failure.what()).contains("needs 48 pods of 40");
                    assertThat(failure.suggestion()).contains("tenants/orders.yaml to at least pods: 48");
                });
        assertThat(Git.in(folder.resolve("gitops.git"))
                        .run("ls-tree", "-r", "--name-only", "rendered/test")
                        .lines()
                        .filter(path -> path.endsWith("/manifests.yaml")))
                .hasSize(FIT);
    }

    @Test
    void aReviewRendersWhatItLookedAtOrLooksAgainAtWhatCameMeanwhile() throws Exception {
        assertThat(run(one, release(service(0), 'a')).failures()).isEmpty();
        values("network: {allowFrom: [payments-prod]}\n");
        values("config: {greeting: first}\n");
        IntendedPlan first = plan(one, new ReviewRequest(DEV, null, null, DirectChangePolicy.FLAG));
        assertThat(first.blocked()).isFalse();
        values("config: {greeting: second}\n");

        assertThat(one.run(first, event -> {}).failures()).isEmpty();
        assertThat(manifests()).contains("greeting: second");

        values("config: {greeting: third}\n");
        IntendedPlan third = plan(one, new ReviewRequest(DEV, null, null, DirectChangePolicy.FLAG));
        String runs = manifests();
        values("network: {allowFrom: [payments-prod]}\n");

        assertThat(one.run(third, event -> {}).failures())
                .extracting(Failure::kind)
                .containsExactly(FailureKind.CONFLICT);
        assertThat(manifests()).isEqualTo(runs);
        assertThat(plan(one, new ReviewRequest(DEV, null, null, DirectChangePolicy.FLAG))
                        .exitCode())
                .isEqualTo(5);
    }

    @Test
    void whatPutsARefusedPushRightWhileItIsTakenBackStays() throws Exception {
        assertThat(run(one, release(service(0), 'a')).failures()).isEmpty();
        values("network: {allowFrom: [payments-prod]}\n");
        IntendedPlan takesBack = plan(one, new ReviewRequest(DEV, null, null, DirectChangePolicy.REVERT));
        values("config: {greeting: right}\n");

        one.run(takesBack, event -> {});

        assertThat(Git.in(folder.resolve("gitops.git")).run("show", "dev:" + own()))
                .isEqualTo("config: {greeting: right}\n");
        assertThat(run(one, new ReviewRequest(DEV, null, null, DirectChangePolicy.REVERT))
                        .failures())
                .isEmpty();
        assertThat(manifests()).contains("greeting: right");
    }

    @Test
    void twoReviewsAtOnceRenderAPushOnce() throws Exception {
        assertThat(run(one, release(service(0), 'a')).failures()).isEmpty();
        values("config: {greeting: first}\n");
        ReviewRequest review = new ReviewRequest(DEV, null, null, DirectChangePolicy.FLAG);
        IntendedPlan first = plan(one, review);
        IntendedPlan second = plan(other, review);
        String before = git().run("rev-list", "--count", "rendered/dev").strip();

        assertThat(one.run(first, event -> {}).failures()).isEmpty();
        assertThat(other.run(second, event -> {}).failures()).isEmpty();

        assertThat(manifests()).contains("greeting: first");
        assertThat(git().run("rev-list", "--count", "rendered/dev").strip())
                .isEqualTo(String.valueOf(Integer.parseInt(before) + 1));
    }

    @Test
    void aBranchThatIsPutBackTakenAwayOrMadeAnewAfterTheDecisionIsDecidedAnew() throws Exception {
        assertThat(run(one, release(service(0), 'a')).failures()).isEmpty();
        String good = git().run("rev-parse", "dev").strip();
        String runs = manifests();
        values("config: {greeting: first}\n");
        String pushed = git().run("rev-parse", "dev").strip();
        IntendedPlan plan = plan(one, new ReviewRequest(DEV, null, null, DirectChangePolicy.FLAG));
        assertThat(plan.blocked()).isFalse();

        git().run("update-ref", "refs/heads/dev", good);
        assertThat(one.run(plan, event -> {}).failures())
                .extracting(Failure::kind)
                .containsExactly(FailureKind.CONFLICT);
        git().run("update-ref", "-d", "refs/heads/dev");
        assertThat(one.run(plan, event -> {}).failures()).isNotEmpty();
        // Made anew, without a common commit, from what was looked at and a privileged neighbour of it.
        Git hand = Git.in(folder.resolve("hand"));
        hand.run("checkout", "-q", "--orphan", "anew", pushed);
        write(folder.resolve("hand"), own(), "config: {greeting: first}\nnetwork: {allowFrom: [payments-prod]}\n");
        hand.run("add", "-A");
        hand.run("-c", "user.name=bob", "-c", "user.email=b@example.org", "commit", "-q", "-m", "Anew");
        hand.run("push", "-q", "-f", "origin", "anew:dev");
        assertThat(one.run(plan, event -> {}).failures()).isNotEmpty();
        assertThat(manifests()).isEqualTo(runs);
        assertThat(plan(other, new ReviewRequest(DEV, null, null, DirectChangePolicy.FLAG))
                        .exitCode())
                .isEqualTo(5);
    }

    private static ServiceName service(int number) {
        return new ServiceName("s" + number);
    }

    private Git git() {
        return Git.in(folder.resolve("gitops.git"));
    }

    private static String own() {
        return "services/" + service(0) + "/env/dev.yaml";
    }

    private String manifests() {
        return Git.in(folder.resolve("gitops.git")).run("show", "rendered/dev:" + service(0) + "/manifests.yaml");
    }

    private static ReleaseRequest release(ServiceName service, char digit) {
        return new ReleaseRequest(
                service,
                DEV,
                ImageRef.parse("registry.example.org/imaas/orders/" + service + "@sha256:"
                        + String.valueOf(digit).repeat(64)),
                "1.0." + (int) digit,
                null,
                "");
    }

    private IntendedPlan plan(Imaas by, PlanRequest request) {
        return by.committing().plan(catalog.tenants().get(0), request, Actor.unverified("@ann"));
    }

    private RunResult run(Imaas by, PlanRequest request) {
        return by.run(plan(by, request), event -> {});
    }

    private CommitId values(String text) throws IOException {
        Git hand = Git.in(folder.resolve("hand"));
        hand.run("fetch", "-q");
        hand.run("checkout", "-q", "-B", "dev", "origin/dev");
        write(folder.resolve("hand"), own(), text);
        return push("dev");
    }

    private CommitId push(String branch) {
        Git hand = Git.in(folder.resolve("hand"));
        hand.run("add", "-A");
        hand.run("-c", "user.name=bob", "-c", "user.email=b@example.org", "commit", "-q", "-m", "By hand");
        hand.run("push", "-q", "origin", branch);
        return new CommitId(hand.run("rev-parse", "HEAD").strip());
    }
}
