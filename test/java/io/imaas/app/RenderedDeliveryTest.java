package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PromoteRequest;
import io.imaas.model.request.ReleaseRequest;
import io.imaas.model.request.ReviewRequest;
import io.imaas.model.request.RollbackRequest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.Change;
import io.imaas.port.Deployments;
import io.imaas.run.RunResult;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.edit.TextEdit;
import io.imaas.step.runner.Landings;
import io.imaas.step.runner.RenderedBranches;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs is what gates looked at: real repositories, the real chart, real Helm. */
class RenderedDeliveryTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final EnvironmentName TEST = new EnvironmentName("test");
    private static final ServiceName API = new ServiceName("order-api");
    private static final ServiceName SYNC = new ServiceName("order-sync");

    @TempDir
    Path folder;

    private Assembly assembly;
    private GitRepositories repositories;
    private Imaas imaas;
    private Catalog catalog;

    @BeforeEach
    void begin() throws Exception {
        Git.in(folder).run("init", "-q", "--bare", "-b", "dev", "gitops.git");
        String gitops = "file://" + folder.resolve("gitops.git");
        catalog = Metadata.catalog(
                "registry.example.org/imaas",
                "orders",
                gitops,
                Map.of(
                        "order-api", "repository: https://github.com/acme/order-api.git",
                        "order-sync", "repository: https://github.com/acme/order-sync.git"));
        ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
        repositories = new GitRepositories(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), clock));
        assembly = new Assembly(folder.resolve("work"), clock, Map.of());
        imaas = Imaas.on(assembly.git(repositories::at).charts().ports().build(), catalog);
        Git.in(folder).run("clone", "-q", gitops, "hand");
        values("dev", "services/order-api/values.yaml", "type: gateway\n");
    }

    @AfterEach
    void close() {
        assembly.close();
        repositories.close();
    }

    @Test
    void aReleaseCommitsWhatItRendersToBesideWhatIsWanted() throws Exception {
        release('a');

        String manifests = show("rendered/dev", "order-api/manifests.yaml");
        assertThat(manifests).contains("registry.example.org/imaas/orders/order-api@sha256:" + "a".repeat(64));
        assertThat(trailers("rendered/dev"))
                .contains("Imaas-Wanted: " + git().run("rev-parse", "dev").strip())
                .contains("Imaas-Chart: sha256:")
                .contains("Imaas-Manifests: " + sha256(manifests));
    }

    @Test
    void theSameReleaseAgainChangesNothing() {
        release('a');
        String before = git().run("rev-parse", "dev", "rendered/dev");

        release('a');

        assertThat(git().run("rev-parse", "dev", "rendered/dev")).isEqualTo(before);
    }

    @Test
    void aPromotionAndARollbackBringBothBranchesAlong() {
        release('a');
        promote();
        release('b');
        promote();
        assertThat(show("rendered/test", "order-api/manifests.yaml")).contains("sha256:" + "b".repeat(64));

        run(new RollbackRequest(API, TEST, "", "slow"));

        assertThat(show("test", "services/order-api/release.yaml")).contains("sha256:" + "a".repeat(64));
        assertThat(show("rendered/test", "order-api/manifests.yaml"))
                .contains("sha256:" + "a".repeat(64))
                .contains("imaas.io/environment: test");
    }

    @Test
    void theFirstPromotionIntoAnEnvironmentWithoutABranchBringsItsOwnReleaseAndNoNeighbours() throws Exception {
        git("hand").run("pull", "-q", "origin", "dev");
        values("dev", "README.md", "Ours\n");
        release('a');
        run(releaseOf(new ServiceName("order-sync"), 'c'));

        promote();

        assertThat(git().run("ls-tree", "-r", "--name-only", "test").lines())
                .containsExactly("README.md", "services/order-api/release.yaml", "services/order-api/values.yaml");
        assertThat(git().run("ls-tree", "--name-only", "rendered/test")).doesNotContain("order-sync");
        git("hand").run("fetch", "-q");
        git("hand").run("checkout", "-q", "-B", "test", "origin/test");
        git("hand").run("-c", "user.name=b", "-c", "user.email=b@e.org", "merge", "-q", "--no-edit", "origin/dev");
        assertThat(git("hand").run("ls-files")).contains("services/order-sync/release.yaml");
    }

    @Test
    void anImageInOneEnvironmentsOwnValuesNeverRuns() throws Exception {
        release('a');
        String runs = git().run("rev-parse", "rendered/dev");
        values(
                "dev",
                "services/order-api/env/dev.yaml",
                "image: {repository: evil.example.org/x, digest: \"sha256:" + "e".repeat(64) + "\"}\n");

        IntendedPlan plan = plan(review(null));

        assertThat(plan.exitCode()).isEqualTo(5);
        assertThat(plan.plan().closedGates()).anySatisfy(gate -> {
            assertThat(gate.gate()).isEqualTo("identity");
            assertThat(gate.found())
                    .contains("Deployment/order-api spec.template.spec.")
                    .contains("evil.example.org/x");
        });
        assertThat(plan(releaseOf('b')).exitCode()).isEqualTo(5);
        assertThat(git().run("rev-parse", "rendered/dev")).isEqualTo(runs);
    }

    @Test
    void valuesThatARefusedPushBroughtAreTakenBackWhereThePolicySaysSo() throws Exception {
        release('a');
        String runs = git().run("rev-parse", "rendered/dev^{tree}");
        values("dev", "services/order-api/env/dev.yaml", "network: {allowFrom: [payments-prod]}\n");

        run(review(DirectChangePolicy.REVERT));

        assertThat(git().run("ls-tree", "-r", "--name-only", "dev")).doesNotContain("env/dev.yaml");
        assertThat(git().run("rev-parse", "rendered/dev^{tree}")).isEqualTo(runs);
    }

    @Test
    void whatAGateRefusesIsLeftOutAndItsNeighboursCome() throws Exception {
        release('a');
        run(releaseOf(SYNC, 'a'));
        String runs = show("rendered/dev", "order-api/manifests.yaml");
        values("dev", "services/order-api/env/dev.yaml", "network: {allowFrom: [payments-prod]}\n");
        values("dev", "services/order-sync/env/dev.yaml", "config: {greeting: hello}\n");

        RunResult result = imaas.run(plan(review(DirectChangePolicy.FLAG)), event -> {});

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.failures()).singleElement().satisfies(failure -> assertThat(failure.where())
                .contains("order-api"));
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(show("rendered/dev", "order-sync/manifests.yaml")).contains("greeting: hello");
        assertThat(imaas.run(plan(review(DirectChangePolicy.FLAG)), event -> {}).exitCode())
                .isEqualTo(5);
    }

    @Test
    void aFileThatNobodyCanReadIsRefusedAndTheNeighboursCome() throws Exception {
        release('a');
        run(releaseOf(SYNC, 'a'));
        String runs = show("rendered/dev", "order-api/manifests.yaml");
        values("dev", "services/order-api/release.yaml", "image: [\n");
        values("dev", "services/order-sync/env/dev.yaml", "config: {greeting: hello}\n");

        RunResult result = imaas.run(plan(review(DirectChangePolicy.FLAG)), event -> {});

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.failures())
                .anySatisfy(failure -> assertThat(failure.what()).contains("dev:services/order-api/release.yaml"));
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(show("rendered/dev", "order-sync/manifests.yaml")).contains("greeting: hello");
    }

    @Test
    void whatAPersonPushesRunsWhenEveryGateIsOpen() throws Exception {
        release('a');
        values("dev", "services/order-api/env/dev.yaml", "config: {greeting: hello}\n");
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).doesNotContain("greeting");

        run(review(null));

        assertThat(show("rendered/dev", "order-api/manifests.yaml")).contains("greeting: hello");
        String runs = git().run("rev-parse", "rendered/dev");
        run(review(null));
        assertThat(git().run("rev-parse", "rendered/dev")).isEqualTo(runs);
    }

    @Test
    void whoeverDeletesAServiceIsAskedAndThenNothingRunsOfIt() throws Exception {
        release('a');
        git("hand").run("fetch", "-q");
        git("hand").run("checkout", "-q", "-B", "dev", "origin/dev");
        git("hand").run("rm", "-rq", "services/order-api");
        commitAndPush("dev");

        run(review(null));

        assertThat(show("rendered/dev", "order-api/manifests.yaml"))
                .startsWith("#")
                .doesNotContain("kind:");
    }

    @Test
    void aRunThatWasCutOffBetweenTheBranchesIsFinishedByTheNext() {
        release('a');
        git().run("update-ref", "-d", "refs/heads/rendered/dev");

        run(review(null));

        assertThat(show("rendered/dev", "order-api/manifests.yaml")).contains("sha256:" + "a".repeat(64));
    }

    @Test
    void theDeploymentServerIsToldBeforeAnAutoscalerBeginsOrEndsToDecideOnPods() throws Exception {
        List<String> told = new ArrayList<>();
        Deployments deployments = (Deployments) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Deployments.class}, (proxy, method, arguments) -> {
                    told.add(method.getName() + " " + arguments[1] + " " + arguments[2] + " " + arguments[3] + " while "
                            + show("rendered/dev", "order-api/manifests.yaml").contains("Autoscaler"));
                    return null;
                });
        imaas = Imaas.on(assembly.ports().with(Deployments.class, deployments).build(), catalog);
        release('a');
        values("dev", "services/order-api/env/dev.yaml", "autoscaling: {enabled: true}\n");
        release('b');
        release('c');
        values("dev", "services/order-api/env/dev.yaml", "replicas: 2\n");
        run(review(null));

        assertThat(told)
                .containsExactly("handOver order-api dev true while false", "handOver order-api dev false while true");
    }

    @Test
    void whatNoGateHasLookedAtDoesNotLand() {
        release('a');
        RenderedBranches branches = new RenderedBranches(
                catalog.tenants().get(0),
                repositories.at(catalog.tenants().get(0).gitops()),
                Optional.of(new TenantCharts(
                        imaas.ports().charts().orElseThrow(),
                        catalog.tenants().get(0),
                        repositories.at(catalog.tenants().get(0).gitops()),
                        catalog.platform()::chart)),
                RenderedBranches.HandOver.NONE);
        Change change = Change.of(
                DEV.branch(), "Tune", List.of(new TextEdit(GitOpsPaths.values(API), "type: gateway\nreplicas: 2\n")));

        FailureException failure = catchThrowableOfType(
                FailureException.class,
                () -> branches.land(change, DEV, Landings.Reviewed.of(Map.of(API, "0".repeat(64)))));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(show("dev", "services/order-api/values.yaml")).isEqualTo("type: gateway\n");
    }

    private void release(char digit) {
        run(releaseOf(digit));
    }

    private static ReleaseRequest releaseOf(char digit) {
        return releaseOf(API, digit);
    }

    private static ReleaseRequest releaseOf(ServiceName service, char digit) {
        return new ReleaseRequest(
                service,
                DEV,
                ImageRef.parse("registry.example.org/imaas/orders/" + service + "@sha256:"
                        + String.valueOf(digit).repeat(64)),
                "1.0." + (int) digit,
                null,
                "");
    }

    private void promote() {
        run(new PromoteRequest(List.of(API), DEV, TEST, null, "", true, ""));
    }

    private ReviewRequest review(DirectChangePolicy policy) {
        return new ReviewRequest(DEV, null, null, policy);
    }

    private IntendedPlan plan(PlanRequest request) {
        return imaas.committing().plan(catalog.tenants().get(0), request, Actor.unverified("@ann"));
    }

    private void run(PlanRequest request) {
        RunResult result = imaas.run(plan(request), event -> {});
        assertThat(result.failures()).isEmpty();
    }

    private void values(String branch, String path, String text) throws Exception {
        Git hand = git("hand");
        hand.run("fetch", "-q");
        if (git().run("branch", "--list", branch).isBlank()) {
            hand.run("checkout", "-q", "--orphan", branch);
        } else {
            hand.run("checkout", "-q", "-B", branch, "origin/" + branch);
        }
        Path file = folder.resolve("hand").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        commitAndPush(branch);
    }

    private void commitAndPush(String branch) {
        git("hand").run("add", "-A");
        git("hand").run("-c", "user.name=bob", "-c", "user.email=b@example.org", "commit", "-q", "-m", "By hand");
        git("hand").run("push", "-q", "origin", branch);
    }

    private Git git() {
        return git("gitops.git");
    }

    private Git git(String where) {
        return Git.in(folder.resolve(where));
    }

    private String show(String branch, String path) {
        return git().run("show", branch + ":" + path);
    }

    private String trailers(String branch) {
        return git().run("log", "-1", "--format=%B", branch);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
