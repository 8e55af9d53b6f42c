package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.SYNC;
import static io.imaas.app.RenderedWorld.TEST;
import static io.imaas.app.RenderedWorld.review;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.SecretsPolicy;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Change;
import io.imaas.port.Deployments;
import io.imaas.port.FileEdit;
import io.imaas.run.RunResult;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.runner.Landings;
import io.imaas.step.runner.RenderedBranches;
import io.imaas.testing.Git;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
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
    @TempDir
    Path folder;

    private RenderedWorld world;

    @BeforeEach
    void begin() {
        world = new RenderedWorld(folder);
        values("dev", "services/order-api/values.yaml", "type: gateway\n");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aReleaseCommitsWhatItRendersToBesideWhatIsWanted() throws Exception {
        release('a');

        String manifests = show("rendered/dev", "order-api/manifests.yaml");
        assertThat(manifests).contains("registry.example.org/imaas/orders/order-api@sha256:" + "a".repeat(64));
        assertThat(world.message("rendered/dev"))
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
        values("dev", "README.md", "Ours\n");
        release('a');
        run(RenderedWorld.release(SYNC, 'c'));

        promote();

        assertThat(git().run("ls-tree", "-r", "--name-only", "test").lines())
                .containsExactly("README.md", "services/order-api/release.yaml", "services/order-api/values.yaml");
        assertThat(git().run("ls-tree", "--name-only", "rendered/test")).doesNotContain("order-sync");
        world.checkout("test");
        world.hand().run("-c", "user.name=b", "-c", "user.email=b@e.org", "merge", "-q", "--no-edit", "origin/dev");
        assertThat(world.hand().run("ls-files")).contains("services/order-sync/release.yaml");
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
        assertThat(plan(RenderedWorld.release(API, 'b')).exitCode()).isEqualTo(5);
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
    void whatRunsStaysWhereALaterPushIsTakenBack() throws Exception {
        release('a');
        values("dev", "services/order-api/env/dev.yaml", "config: {greeting: hello}\n");
        run(review(DirectChangePolicy.REVERT));
        String runs = git().run("rev-parse", "rendered/dev^{tree}");
        String common = show("dev", "services/order-api/values.yaml");
        values("dev", "services/order-api/env/dev.yaml", "network: {allowFrom: [payments-prod]}\n");
        values("dev", "services/order-api/values.yaml", "type: gateway\nreplicas: 2\n");

        run(review(DirectChangePolicy.REVERT));

        assertThat(show("dev", "services/order-api/env/dev.yaml")).isEqualTo("config: {greeting: hello}\n");
        assertThat(show("dev", "services/order-api/values.yaml")).isEqualTo(common);
        assertThat(git().run("rev-parse", "rendered/dev^{tree}")).isEqualTo(runs);
        run(review(DirectChangePolicy.REVERT));
        assertThat(git().run("rev-parse", "rendered/dev^{tree}")).isEqualTo(runs);
    }

    @Test
    void whatAGateRefusesIsLeftOutAndItsNeighboursCome() throws Exception {
        release('a');
        run(RenderedWorld.release(SYNC, 'a'));
        String runs = show("rendered/dev", "order-api/manifests.yaml");
        values("dev", "services/order-api/env/dev.yaml", "network: {allowFrom: [payments-prod]}\n");
        values("dev", "services/order-sync/env/dev.yaml", "config: {greeting: hello}\n");

        RunResult result = reviewed();

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.where().toString()).contains("order-api"));
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(show("rendered/dev", "order-sync/manifests.yaml")).contains("greeting: hello");
        assertThat(reviewed().exitCode()).isEqualTo(5);
    }

    @Test
    void aFileThatNobodyCanReadIsRefusedAndTheNeighboursCome() throws Exception {
        release('a');
        run(RenderedWorld.release(SYNC, 'a'));
        String runs = show("rendered/dev", "order-api/manifests.yaml");
        values("dev", "services/order-api/release.yaml", "image: [\n");
        values("dev", "services/order-sync/env/dev.yaml", "config: {greeting: hello}\n");

        RunResult result = reviewed();

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
        world.checkout("dev");
        world.hand().run("rm", "-rq", "services/order-api");
        world.push("dev");

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
        world.assembly().with(Deployments.class, deployments);
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
    void aPushThatFailsLeavesTheNumberOfPodsToGit() throws Exception {
        List<String> told = new ArrayList<>();
        Deployments deployments = (Deployments) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Deployments.class}, (proxy, method, arguments) -> {
                    told.add(method.getName() + " " + arguments[3]);
                    return null;
                });
        world.assembly().with(Deployments.class, deployments);
        release('a');
        values("dev", "services/order-api/env/dev.yaml", "autoscaling: {enabled: true}\n");
        world.git().hook("pre-receive", "exit 1");

        assertThat(world.tried(world.catalog(), RenderedWorld.release(API, 'b')).failures())
                .isNotEmpty();

        assertThat(told).startsWith("handOver true", "handOver false").endsWith("handOver false");
    }

    @Test
    void whatNoGateHasLookedAtDoesNotLand() {
        release('a');
        Catalog catalog = world.catalog();
        Tenant tenant = catalog.tenants().get(0);
        RenderedBranches branches = new RenderedBranches(
                tenant,
                world.repository(),
                Optional.of(new TenantCharts(
                        world.imaas(catalog).ports().charts().orElseThrow(),
                        tenant,
                        world.repository(),
                        SecretsPolicy.NONE,
                        catalog.platform()::chart)),
                RenderedBranches.HandOver.NONE);
        Change change = Change.of(
                DEV.branch(), "Tune", List.of(FileEdit.text(GitOpsPaths.values(API), "type: gateway\nreplicas: 2\n")));

        FailureException failure = catchThrowableOfType(
                FailureException.class,
                () -> branches.land(change, DEV, Landings.Reviewed.of(Map.of(API, "0".repeat(64)))));

        assertThat(failure.failure().kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(show("dev", "services/order-api/values.yaml")).isEqualTo("type: gateway\n");
    }

    private void release(char digit) {
        run(RenderedWorld.release(API, digit));
    }

    private void promote() {
        run(new PromoteRequest(List.of(API), DEV, TEST, null, "", true, ""));
    }

    private IntendedPlan plan(PlanRequest request) {
        return world.plan(world.catalog(), request);
    }

    private void run(PlanRequest request) {
        world.run(world.catalog(), request);
    }

    private RunResult reviewed() {
        return world.tried(world.catalog(), review(DirectChangePolicy.FLAG));
    }

    private void values(String branch, String path, String text) {
        world.checkout(branch);
        world.write(path, text);
        world.push(branch);
    }

    private Git git() {
        return world.git();
    }

    private String show(String branch, String path) {
        return world.show(branch, path);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
