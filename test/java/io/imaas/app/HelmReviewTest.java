package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.SYNC;
import static io.imaas.app.RenderedWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.plan.gate.GateAnswer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the deployment server renders, no manifests tell what was reviewed: a signed record does. */
class HelmReviewTest {
    private static final String GOOD = "tenant: orders\nservice: order-api\ntype: gateway\n";
    private static final String BAD = GOOD + "replicas: many\n";

    @TempDir
    Path folder;

    private RenderedWorld world;
    private Catalog catalog;

    @BeforeEach
    void twoServicesRun() {
        world = new RenderedWorld(folder);
        catalog = world.catalog("delivery: helm\n");
        world.run(catalog, release(API, 'a'));
        world.run(catalog, release(SYNC, 'a'));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aReleaseOfAnotherServiceHidesNoPushThatNobodyReviewed() {
        push(BAD);
        world.run(catalog, release(SYNC, 'b'));

        assertThat(closed()).containsExactly("render");
        // Told once more, as long as it is there.
        world.tried(catalog, review(null));
        world.run(catalog, release(SYNC, 'c'));
        assertThat(closed()).containsExactly("render");
        push(GOOD);
        world.run(catalog, review(null));
        assertThat(steps()).doesNotContain("revert", "reviewed");
    }

    @Test
    void whatWasReviewedIsNotAskedAgainAndWhatCameAfterItIs() {
        push(GOOD + "replicas: 2\n");
        world.run(catalog, review(null));
        world.run(catalog, release(SYNC, 'b'));
        assertThat(steps()).doesNotContain("revert", "reviewed");
        world.checkout("dev");
        world.write(".gitattributes", "* ident\n");
        world.push("dev");
        assertThat(steps()).as("how the files of all are checked out").contains("reviewed");

        push(BAD);
        world.run(catalog, release(SYNC, 'c'));
        assertThat(closed()).containsExactly("render");
    }

    @Test
    void whatIsTakenBackStaysTakenBackWhateverLandedOnTop() {
        push(GOOD);
        world.run(catalog, review(null));
        push(BAD);
        world.run(catalog, release(SYNC, 'b'));

        world.run(catalog, review(DirectChangePolicy.REVERT));

        assertThat(world.show("dev", "services/order-api/values.yaml")).isEqualTo(GOOD);
        assertThat(world.show("dev", "services/order-sync/release.yaml")).contains("b".repeat(64));
        assertThat(steps()).doesNotContain("revert", "reviewed");
    }

    @Test
    void aBranchThatWasRewrittenIsReviewedAsAWhole() {
        push(GOOD);
        world.run(catalog, review(null));
        push(BAD);
        world.hand().run("checkout", "-q", "--orphan", "rewritten");
        world.hand().run("-c", "user.name=bob", "-c", "user.email=b@example.org", "commit", "-q", "-m", "All new");
        world.hand().run("push", "-q", "-f", "origin", "rewritten:dev");

        assertThat(closed()).containsExactly("render");
    }

    private void push(String values) {
        world.checkout("dev");
        world.write("services/order-api/values.yaml", values);
        world.push("dev");
    }

    private static ReviewRequest review(DirectChangePolicy policy) {
        return new ReviewRequest(DEV, null, null, policy);
    }

    private List<String> closed() {
        return world.plan(catalog, review(null)).plan().closedGates().stream()
                .map(GateAnswer::gate)
                .toList();
    }

    private List<String> steps() {
        return world.plan(catalog, review(null))
                .plan()
                .steps()
                .map(step -> step.id())
                .toList();
    }
}
