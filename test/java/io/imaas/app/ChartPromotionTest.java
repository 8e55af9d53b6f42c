package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.SYNC;
import static io.imaas.app.RenderedWorld.TEST;
import static io.imaas.app.RenderedWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.ChartRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.Catalog;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.PlannedStep;
import io.imaas.port.Deployments;
import io.imaas.run.RunResult;
import io.imaas.testing.Git;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another chart runs when it was promoted, and not before: real repositories and real Helm. */
class ChartPromotionTest {
    private static final ChartRequest CHART = new ChartRequest(List.of(), "", "");

    @TempDir
    static Path folder;

    private static RenderedWorld made;
    private static int tests;
    private RenderedWorld world;

    @BeforeAll
    static void twoServicesRunInTwoEnvironments() {
        made = RenderedWorld.ofTwoServices(folder);
        made.run(made.catalog(), new PromoteRequest(List.of(API, SYNC), DEV, TEST, null, "", true, ""));
        made.kept();
    }

    /** Each by a process of its own: one that remembers the records tells that they were put back. */
    @BeforeEach
    void begin() throws Exception {
        made.reset();
        FileUtils.deleteDirectory(folder.resolve("charts").toFile());
        world = new RenderedWorld(folder, "process" + ++tests);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @AfterAll
    static void close() {
        made.close();
    }

    @Test
    void anotherChartInThePlatformsFileChangesNothingByItself() throws Exception {
        Catalog other = catalog("charts: {dev: " + otherChart() + "}\n");
        String before = show("rendered/dev", ".chart.digest");

        run(other, release(API, 'b'));
        run(other, new ReviewRequest(DEV, null, null, null));

        assertThat(show("rendered/dev", ".chart.digest")).isEqualTo(before);
        assertThat(trailers("rendered/dev")).contains("Imaas-Chart: " + before.strip());
        assertThat(show("rendered/dev", "order-api/manifests.yaml"))
                .contains("b".repeat(64))
                .doesNotContain("of-the-new-chart");
    }

    @Test
    void aPromotionBringsItToAllServicesOfAnEnvironmentInOneChange() throws Exception {
        Catalog other = catalog("charts: {dev: " + otherChart() + "}\n");
        String test = git().run("rev-parse", "rendered/test");

        IntendedPlan plan = plan(other, CHART);

        assertThat(plan.plan().changes())
                .extracting(change -> change.service().value())
                .containsExactlyInAnyOrder("order-api", "order-sync");
        assertThat(plan.plan().changes()).allSatisfy(change -> assertThat(change.lines())
                .anySatisfy(line -> assertThat(line).startsWith("+").contains("of-the-new-chart")));
        run(other, CHART);
        for (String service : List.of("order-api", "order-sync")) {
            assertThat(show("rendered/dev", service + "/manifests.yaml")).contains("of-the-new-chart");
        }
        assertThat(trailers("rendered/dev"))
                .contains(
                        "Imaas-Chart: " + show("rendered/dev", ".chart.digest").strip())
                .contains("Imaas-Service: order-api, order-sync");
        assertThat(git().run("ls-tree", "-r", "--name-only", "rendered/dev")).doesNotContain("README.md");
        assertThat(git().run("rev-parse", "rendered/test")).isEqualTo(test);
        assertThat(plan(other, CHART).plan().steps().filter(CommitFiles.class::isInstance))
                .isEmpty();
        run(other, release(API, 'c'));
        assertThat(show("rendered/dev", "order-api/manifests.yaml"))
                .contains("c".repeat(64))
                .contains("of-the-new-chart");
    }

    @Test
    void environmentsFollowEachOtherInWaves() throws Exception {
        String chart = otherChart();
        Catalog other = catalog("charts: {dev: " + chart + ", test: " + chart + ", prod: " + chart + "}\n");

        IntendedPlan plan = ending(other, Verdict.LIVE).plan(other.tenants().get(0), CHART, Actor.unverified("@ann"));

        assertThat(plan.plan().groups())
                .extracting(group -> group.title())
                .containsExactly(
                        "Promote the chart of dev",
                        "Roll out to dev",
                        "Promote the chart of test",
                        "Roll out to test",
                        "Promote the chart of prod");
        assertThatThrownBy(() -> plan(other, CHART))
                .as("who follows no rollouts would not wait for dev")
                .hasMessageContaining("nothing here follows rollouts");
        assertThat(plan(other, new ChartRequest(List.of(TEST), "", "")).plan().groups())
                .hasSize(1);
    }

    /** A chart comes by no pull request that people could approve. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEnvironmentThatWantsApprovalsGetsTheChartAfterThem(boolean pullRequests) throws Exception {
        String chart = otherChart();
        Catalog other = catalog(
                "charts: {dev: " + chart + ", test: " + chart + "}\n",
                "{name: test, approvers: [\"@acme/leads\"], pullRequests: " + pullRequests + "}");

        followed(other, Verdict.LIVE, new ChartRequest(List.of(DEV), "", ""));

        IntendedPlan closed = plan(other, CHART);
        assertThat(closed.exitCode()).isEqualTo(5);
        assertThat(closed.plan().closedGates()).allSatisfy(gate -> assertThat(gate.opening())
                .isEqualTo(
                        "imaas approve " + gate.services().get(0) + " test --as @acme/leads --chart --tenant orders"));

        run(other, new ApproveRequest(List.of(), null, TEST, "@acme/leads", Approval.Verdict.YES, "", null, "", true));

        IntendedPlan open = plan(other, CHART);
        run(
                other,
                new ApproveRequest(
                        List.of(API), null, TEST, "@acme/leads", Approval.Verdict.NO, "not yet", null, "", true));

        assertThat(imaas(other).run(open, event -> {}).failures())
                .singleElement()
                .satisfies(late -> {
                    assertThat(late.kind()).isEqualTo(FailureKind.CONFLICT);
                    assertThat(late.what()).contains("somebody said something else");
                });
        run(
                other,
                new ApproveRequest(List.of(API), null, TEST, "@acme/leads", Approval.Verdict.YES, "", null, "", true));

        run(other, CHART);
        assertThat(show("rendered/test", "order-api/manifests.yaml")).contains("of-the-new-chart");
    }

    @Test
    void aServiceThatTheOtherChartDoesNotRenderKeepsItAway() throws Exception {
        Catalog other = catalog("charts: {dev: " + otherChart("{{ fail \"no such thing\" }}") + "}\n");

        assertThat(plan(other, CHART).plan().closedGates())
                .extracting(gate -> gate.gate() + " " + gate.found())
                .contains("render no such thing");
    }

    @Test
    void withoutThePlatformsFilesNobodyKnowsTheChart() {
        Catalog catalog = AssumedCatalog.of(
                world.repository(), catalog("").tenants().get(0).gitops(), null, List.of(DEV), List.of());

        assertThatThrownBy(() -> plan(catalog, CHART)).hasMessageContaining("the platform's files name the charts");
    }

    /** What was cut off, or failed, has the chart already; whether it runs is asked before the next environment gets it. */
    @Test
    void aChartThatDoesNotRunGoesNoFurtherHoweverOftenItIsAskedFor() throws Exception {
        String chart = otherChart();
        Catalog other = catalog("charts: {dev: " + chart + ", test: " + chart + "}\n");
        String before = show("rendered/test", ".chart.digest");
        for (int times = 1; times <= 2; times++) {
            assertThat(followed(other, Verdict.DEGRADED, CHART).failures()).isNotEmpty();

            assertThat(show("rendered/dev", ".chart.digest")).isNotEqualTo(before);
            assertThat(show("rendered/test", ".chart.digest")).isEqualTo(before);
        }
    }

    /** As a release: by itself, and where somebody names one environment alone. */
    @Test
    void anEnvironmentGetsAChartThatWasSeenHealthyInTheOneBefore() throws Exception {
        ChartRequest toTest = new ChartRequest(List.of(TEST), "", "");
        ChartRequest toDev = new ChartRequest(List.of(DEV), "", "");
        String chart = otherChart();
        assertThat(closed(catalog("charts: {test: " + chart + "}\n"), toTest))
                .contains("order dev does not have the chart that platform.yaml names for test: name it for dev in"
                        + " platform.yaml as well, and: imaas promote --chart dev --tenant orders");
        String both = "charts: {dev: " + chart + ", test: " + chart + "}\n";
        Catalog other = catalog(both);
        assertThat(closed(other, toTest))
                .contains(
                        "order dev does not have the chart that platform.yaml names for test: imaas promote --chart dev"
                                + " --tenant orders");

        run(other, toDev);
        assertThat(closed(other, toTest))
                .contains("order order-api was not yet seen healthy with this chart in dev: imaas rollout order-api dev"
                        + " --tenant orders");

        Catalog patient = catalog(both, "{name: test, soak: 30m}");
        assertThat(followed(patient, Verdict.LIVE, CHART).failures()).isEmpty();
        assertThat(show("rendered/test", "order-api/manifests.yaml")).doesNotContain("of-the-new-chart");
        assertThat(closed(patient, toTest)).allSatisfy(line -> assertThat(line).contains("test wants 30 minutes"));
        IntendedPlan judged = plan(other, toTest);
        run(catalog("charts: {dev: " + otherChart("  more: words\n") + "}\n"), toDev);
        assertThat(imaas(other).run(judged, event -> {}).failures())
                .as("dev got another chart between the decision and the push")
                .singleElement()
                .satisfies(late -> assertThat(late.kind()).isEqualTo(FailureKind.CONFLICT));
        assertThat(followed(other, Verdict.LIVE, toDev).failures()).isEmpty();
        assertThat(followed(other, Verdict.LIVE, toTest).failures()).isEmpty();
        assertThat(show("rendered/test", "order-api/manifests.yaml")).contains("of-the-new-chart");
    }

    @Test
    void whatWasCutOffInTheLastEnvironmentIsFollowedWhenItIsAskedForAgain() throws Exception {
        String chart = otherChart();
        Catalog other = catalog("charts: {dev: " + chart + ", test: " + chart + "}\n");
        followed(other, Verdict.LIVE, new ChartRequest(List.of(DEV), "", ""));
        run(other, new ChartRequest(List.of(TEST), "", ""));

        assertThat(rollouts(other)).containsExactly("Roll out order-api to test", "Roll out order-sync to test");
        assertThat(followed(other, Verdict.DEGRADED, CHART).failures()).hasSize(2);
        assertThat(rollouts(other)).as("whose verdict is known").isEmpty();
    }

    private List<String> rollouts(Catalog catalog) {
        return ending(catalog, Verdict.LIVE)
                .plan(catalog.tenants().get(0), CHART, Actor.unverified("@ann"))
                .plan()
                .steps()
                .filter(AwaitRollout.class::isInstance)
                .map(PlannedStep::title)
                .toList();
    }

    private List<String> closed(Catalog catalog, ChartRequest request) {
        return plan(catalog, request).plan().closedGates().stream()
                .map(gate -> gate.gate() + " " + gate.found() + ": " + gate.opening())
                .toList();
    }

    /** Where each rollout ends like this. */
    private RunResult followed(Catalog catalog, Verdict verdict, ChartRequest request) {
        Imaas imaas = ending(catalog, verdict);
        return imaas.run(imaas.plan(catalog.tenants().get(0), request, Actor.unverified("@ann")), event -> {});
    }

    private Imaas ending(Catalog catalog, Verdict verdict) {
        Deployments ending = (Deployments) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Deployments.class},
                (proxy, method, given) -> new RolloutStatus.Ended(new RolloutOutcome(
                        verdict,
                        ((RolloutTarget) given[0]).rendered(),
                        List.of(),
                        Instant.parse("2026-11-20T10:00:00Z"))));
        return Imaas.on(world.assembly().ports().with(Deployments.class, ending).build(), catalog);
    }

    private String otherChart() throws Exception {
        return otherChart("");
    }

    private String otherChart(String more) throws Exception {
        return world.otherChart(more);
    }

    private Catalog catalog(String more) {
        return catalog(more, "{name: test}");
    }

    private Catalog catalog(String more, String test) {
        Map<String, String> files = world.files(more);
        files.computeIfPresent("tenants/orders.yaml", (path, text) -> text.replace("{name: test}", test));
        return CatalogReader.read(files).orThrow();
    }

    private Imaas imaas(Catalog catalog) {
        return world.imaas(catalog);
    }

    private IntendedPlan plan(Catalog catalog, PlanRequest request) {
        return world.plan(catalog, request);
    }

    private void run(Catalog catalog, PlanRequest request) {
        IntendedPlan plan = plan(catalog, request);
        assertThat(plan.plan().closedGates()).isEmpty();
        assertThat(imaas(catalog).run(plan, event -> {}).failures()).isEmpty();
    }

    private Git git() {
        return world.git();
    }

    private String show(String branch, String path) {
        return world.show(branch, path);
    }

    private String trailers(String branch) {
        return world.message(branch);
    }
}
