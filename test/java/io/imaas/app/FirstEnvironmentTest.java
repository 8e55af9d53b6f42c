package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.SYNC;
import static io.imaas.app.RenderedWorld.TEST;
import static io.imaas.app.RenderedWorld.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.NotNeeded;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an environment's own rules say holds for all that comes to it, by whatever way, also where a path begins. */
class FirstEnvironmentTest {
    private static final String APPROVED = "{name: dev, approvers: [\"@acme/leads\"]}";
    private static final String VALUES = "services/order-api/values.yaml";

    @TempDir
    static Path folder;

    private static RenderedWorld made;
    private static int tests;
    private RenderedWorld world;

    @BeforeAll
    static void twoServicesRun() {
        made = RenderedWorld.ofTwoServices(folder);
    }

    @BeforeEach
    void begin() {
        made.reset();
        world = new RenderedWorld(folder, "process" + ++tests);
    }

    @AfterAll
    static void close() {
        made.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: dev, freeze: [{from: 2026-11-01, to: 2026-11-30, reason: audit}]}",
                "{name: dev, windows: [{allow: \"Sat\"}]}",
                APPROVED
            })
    void whatIsSaidOfTheFirstEnvironmentHoldsForPushesAndReleasesThere(String dev) {
        Catalog catalog = catalog(dev);
        String before = world.git().run("rev-parse", "rendered/dev");
        String gate = dev.equals(APPROVED) ? "approval" : dev.contains("freeze") ? "freeze" : "window";

        push("replicas: 2\n");
        assertThat(closed(catalog, review())).containsExactly(gate);
        world.tried(catalog, review());
        assertThat(closed(catalog, release(API, 'b'))).containsExactly(gate);
        assertThat(world.tried(catalog, release(API, 'b')).failures()).isNotEmpty();
        // What a build brings is asked when it lands, with what people pushed.
        assertThat(world.tried(catalog, release(SYNC, 'b')).failures()).isNotEmpty();

        assertThat(world.git().run("rev-parse", "rendered/dev")).isEqualTo(before);
    }

    @Test
    void whatPeoplePushedIsApprovedAsItIsOnTheBranchAndAnotherPushNeedsAnotherYes() {
        Catalog catalog = catalog(APPROVED);
        push("replicas: 2\n");
        assertThat(world.plan(catalog, review()).plan().closedGates())
                .singleElement()
                .satisfies(gate -> assertThat(gate.opening())
                        .isEqualTo("imaas approve order-api dev --as @acme/leads --tenant orders"));

        world.run(catalog, says(Approval.Verdict.YES, null));
        push("replicas: 3\n");
        assertThat(closed(catalog, review())).containsExactly("approval");
        push("replicas: 2\n");
        world.run(catalog, review());

        assertThat(world.show("rendered/dev", "order-api/manifests.yaml")).contains("replicas: 2");
    }

    @Test
    void aReleaseIsApprovedByItsImageWithWhatPeoplePushed() {
        Catalog catalog = catalog(APPROVED);
        ReleaseRequest next = release(API, 'b');
        assertThat(world.plan(catalog, next).plan().closedGates())
                .singleElement()
                .satisfies(gate -> assertThat(gate.opening())
                        .isEqualTo("imaas approve order-api dev --image " + next.image() + " --version "
                                + next.version() + " --as @acme/leads --tenant orders"));

        world.run(catalog, says(Approval.Verdict.YES, next));
        push("replicas: 2\n");
        assertThat(closed(catalog, next)).containsExactly("approval");
        push("");
        assertThat(closed(catalog, release(API, 'c'))).containsExactly("approval");
        IntendedPlan open = world.plan(catalog, next);
        world.run(catalog, says(Approval.Verdict.NO, next));
        assertThat(world.imaas(catalog).run(open, event -> {}).failures()).isNotEmpty();
        world.run(catalog, says(Approval.Verdict.YES, next));
        world.run(catalog, next);

        assertThat(world.show("rendered/dev", "order-api/manifests.yaml")).contains("b".repeat(64));
    }

    @Test
    void aStoppedLineLetsABuildComeAndNothingThatPeoplePushedWithIt() {
        Catalog stopped = world.catalog("policy: {stopTheLine: broken database}\n");
        world.run(stopped, release(API, 'b'));

        push("replicas: 2\n");
        assertThat(closed(stopped, release(API, 'c'))).containsExactly("stop-the-line");
        assertThat(world.tried(stopped, release(API, 'c')).failures()).isNotEmpty();
        assertThat(world.show("rendered/dev", "order-api/manifests.yaml")).contains("b".repeat(64));

        push("");
        world.run(stopped, release(API, 'c'));
    }

    @Test
    void whoReleasesAnImageMayNotApproveItWhereTheRequesterMayNot() {
        Catalog catalog = catalog("{name: dev, approvals: {from: [\"@acme/leads\"], requesterMayNot: true}}");
        ReleaseRequest next = release(API, 'b');
        world.run(catalog, says(Approval.Verdict.YES, next));

        assertThat(world.plan(catalog, next).plan().closedGates())
                .singleElement()
                .satisfies(gate -> assertThat(gate.found()).contains("@ann requested it and may not approve it"));
    }

    /** A release by its image opens no pull request. */
    @Test
    void whereOnlyPeoplesMergesApproveNothingElseComesWithoutAnApproval() {
        world.run(world.catalog(), new PromoteRequest(List.of(API), DEV, TEST, null, "", true, ""));
        Map<String, String> files = world.files("");
        files.computeIfPresent(
                "tenants/orders.yaml",
                (path, text) ->
                        text.replace("{name: test}", "{name: test, pullRequests: true, approvers: [\"@acme/leads\"]}"));
        Catalog catalog = CatalogReader.read(files).orThrow();
        ReleaseRequest dev = release(API, 'a');
        ReleaseRequest test = new ReleaseRequest(API, TEST, dev.image(), "other", null, "");

        assertThatThrownBy(() -> world.plan(catalog, test))
                .hasMessageContaining("by pull requests that people merge")
                .hasMessageContaining("imaas promote order-api dev test");
    }

    @Test
    void aPromotionAgainstThePathIsAnsweredByTheCommandThatWasMeant() {
        assertThatThrownBy(() ->
                        world.plan(world.catalog(), new PromoteRequest(List.of(API), TEST, DEV, null, "", false, "")))
                .hasMessageContaining("dev comes before test on the path")
                .hasMessageContaining("imaas promote order-api dev test --tenant orders");
        assertThatThrownBy(() ->
                        world.plan(world.catalog(), new PromoteRequest(List.of(), TEST, DEV, null, "", false, "")))
                .hasMessageContaining("imaas promote dev test --tenant orders");
    }

    @Test
    void aPromotionOfAllFromWhereNothingRunsSaysSo() {
        PromoteRequest nothing = new PromoteRequest(List.of(), TEST, new EnvironmentName("prod"), null, "", false, "");

        assertThat(world.plan(world.catalog(), nothing).plan().steps())
                .containsExactly(new NotNeeded("promote", "Promote orders", "nothing is released in test"));
    }

    private static PlanRequest review() {
        return RenderedWorld.review(DirectChangePolicy.FLAG);
    }

    private void push(String values) {
        world.checkout("dev");
        world.write(VALUES, "tenant: orders\nservice: order-api\ntype: gateway\n" + values);
        world.push("dev");
    }

    private List<String> closed(Catalog catalog, PlanRequest request) {
        return world.plan(catalog, request).plan().closedGates().stream()
                .map(GateAnswer::gate)
                .toList();
    }

    private static ApproveRequest says(Approval.Verdict verdict, ReleaseRequest of) {
        return new ApproveRequest(
                List.of(API),
                null,
                DEV,
                "@acme/leads",
                verdict,
                verdict == Approval.Verdict.NO ? "not yet" : "",
                of == null ? null : of.image(),
                of == null ? "" : of.version(),
                false);
    }

    private Catalog catalog(String dev) {
        Map<String, String> files = world.files("");
        files.computeIfPresent("tenants/orders.yaml", (path, text) -> text.replace("{name: dev}", dev));
        return CatalogReader.read(files).orThrow();
    }
}
