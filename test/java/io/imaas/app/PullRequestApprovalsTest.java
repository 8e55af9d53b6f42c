package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.KeepRecords;
import io.imaas.port.PullRequests;
import io.imaas.port.PullRequests.Merge;
import io.imaas.port.PullRequests.Review;
import io.imaas.testing.Git;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvers say yes where the change is shown: on the pull request of the GitOps repository. */
class PullRequestApprovalsTest {
    private static final String VALUES = "services/order-api/env/dev.yaml";
    private static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");
    private static final String PEOPLE =
            """
            policy: {approvals: {environments: [dev], required: 2, requesterMayNot: true, provenOnly: true}}
            people:
              - {name: "@ann", teams: ["@acme/leads"]}
              - {name: "@bea", aliases: ["@bea-at-work"], teams: ["@acme/leads"]}
              - {name: "@bob"}
            """;

    @TempDir
    Path folder;

    private final Map<CommitId, Merge> merges = new HashMap<>();
    private final List<Review> reviews = new ArrayList<>();
    private RenderedWorld world;
    private Catalog catalog;

    @BeforeEach
    void releasedToDev() {
        world = RenderedWorld.ofTwoServices(folder);
        world.assembly().forges(url -> Optional.of(server()));
        catalog = world.catalog(PEOPLE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void twoReviewsOfWhatWasMergedOpenTheGateAndAreKept() {
        CommitId head = merged("replicas: 2\n");
        said("ann", true, head);
        assertThat(closed()).singleElement().satisfies(gate -> {
            assertThat(gate.gate()).isEqualTo("approval");
            assertThat(gate.found()).contains("1 of 2 people of @acme/leads approved");
        });

        said("bea-at-work", true, head);
        IntendedPlan plan = world.plan(catalog, review());
        assertThat(plan.plan().closedGates()).isEmpty();
        world.run(catalog, review());
        assertThat(world.show("rendered/dev", "order-api/manifests.yaml")).contains("replicas: 2");

        String kept = Git.in(folder.resolve("gitops.git"))
                .run("ls-tree", "-r", "--name-only", "imaas/records", "approvals/dev/");
        assertThat(kept.lines()).hasSize(2);
        assertThat(world.message("rendered/dev"))
                .contains("approved by @ann as @acme/leads", "approved by @bea-at-work as @acme/leads", "(git server)");
    }

    @Test
    void aYesToDeletingAServiceDeletesItOnce() {
        CommitId head = merged(() -> world.hand().run("rm", "-q", "-r", "services/order-api"), "carl", THEN);
        said("ann", true, head);
        said("bea", true, head);
        world.run(catalog, review());
        assertThat(world.show("rendered/dev", "order-api/manifests.yaml")).doesNotContain("kind:");
        world.checkout("dev");
        world.write(VALUES, "tenant: orders\nservice: order-api\ntype: gateway\n");
        world.push("dev");
        world.run(world.catalog(), RenderedWorld.release(RenderedWorld.API, 'b'));

        reviews.clear();
        merged(() -> world.hand().run("rm", "-q", "-r", "services/order-api"), "carl", THEN);
        assertThat(closed()).extracting(GateAnswer::gate).containsExactly("approval");
    }

    @Test
    void whoMergedAsksForItAndAnyApproversNoCloses() {
        CommitId head = merged("replicas: 2\n", "ann");
        said("ann", true, head);
        said("bea-at-work", true, head);
        assertThat(closed()).singleElement().satisfies(gate -> assertThat(gate.found())
                .contains("@ann requested it and may not approve it"));

        reviews.clear();
        said("bea-at-work", false, head);
        assertThat(closed()).singleElement().satisfies(gate -> assertThat(gate.found())
                .contains("@bea-at-work as @acme/leads refused it", "changes are wanted in pull request #7"));
    }

    @Test
    void whatCameOtherwiseThanItWasReviewedIsApprovedByNobody() {
        CommitId head = merged("replicas: 2\n");
        said("ann", true, new CommitId("1".repeat(40)));
        said("bea-at-work", true, head);
        assertThat(closed()).as("an older state was reviewed").hasSize(1);

        reviews.clear();
        said("ann", true, head);
        said("bea-at-work", true, head);
        world.write(VALUES, "replicas: 3\n");
        world.push("dev");
        assertThat(closed()).as("something was pushed on top").hasSize(1);

        reviews.clear();
        merges.clear();
        said("ann", true, head);
        assertThat(closed()).as("no merge at all").hasSize(1);
    }

    @Test
    void strangersOfThePlatformDoNotCount() {
        CommitId head = merged("replicas: 2\n");
        said("mallory", true, head);
        said("bob", true, head);
        assertThat(closed()).singleElement().satisfies(gate -> assertThat(gate.found())
                .contains("0 of 2 people"));
    }

    /** The records of what was agreed to come before what it lets in. */
    @Test
    void recordsComeFirstAndOnce() {
        CommitId head = merged("replicas: 2\n");
        said("ann", true, head);
        said("bea-at-work", true, head);
        assertThat(world.plan(catalog, review()).plan().steps().findFirst().orElseThrow())
                .isInstanceOf(KeepRecords.class);
        world.run(catalog, review());
        assertThat(world.plan(catalog, review()).plan().steps()).noneMatch(KeepRecords.class::isInstance);
    }

    private List<GateAnswer> closed() {
        return world.plan(catalog, review()).plan().closedGates();
    }

    private static ReviewRequest review() {
        return RenderedWorld.review(DirectChangePolicy.FLAG);
    }

    @Test
    void whoMergedAgreedUnlessTheMergeIsDatedAhead() {
        catalog = world.catalog(PEOPLE.replace("required: 2, requesterMayNot: true", "required: 1"));
        merged("replicas: 2\n", "ann", THEN.plus(Duration.ofDays(1)));
        assertThat(closed()).singleElement().satisfies(gate -> assertThat(gate.gate())
                .isEqualTo("approval"));
        merged("replicas: 3\n", "ann", THEN);
        assertThat(closed()).isEmpty();
    }

    private CommitId merged(String values) {
        return merged(values, "bob");
    }

    private CommitId merged(String values, String by) {
        return merged(values, by, THEN);
    }

    /** @return the head of the pull request */
    private CommitId merged(String values, String by, Instant at) {
        return merged(() -> world.write(VALUES, values), by, at);
    }

    private CommitId merged(Runnable change, String by, Instant at) {
        world.checkout("dev");
        Git hand = world.hand();
        hand.run("checkout", "-q", "-B", "more");
        change.run();
        CommitId head = world.push("more");
        hand.run("checkout", "-q", "dev");
        hand.at(at)
                .run(
                        "-c",
                        "user.name=" + by,
                        "-c",
                        "user.email=" + by + "@example.org",
                        "merge",
                        "-q",
                        "--no-ff",
                        "-m",
                        "Merge #7",
                        "more");
        hand.run("push", "-q", "origin", "dev");
        CommitId merge = new CommitId(hand.run("rev-parse", "HEAD").strip());
        merges.put(merge, new Merge(7, head, by));
        return head;
    }

    private void said(String who, boolean approved, CommitId commit) {
        reviews.add(new Review(who, approved, commit, THEN));
    }

    private PullRequests server() {
        return (PullRequests) Proxy.newProxyInstance(
                PullRequests.class.getClassLoader(), new Class<?>[] {PullRequests.class}, (proxy, method, given) -> {
                    if (method.getName().equals("mergedAs")) {
                        return Optional.ofNullable(merges.get(given[0]));
                    }
                    if (method.getName().equals("reviews")) {
                        assertThat(given[0]).isEqualTo(7);
                        return List.copyOf(reviews);
                    }
                    throw new AssertionError("a review called " + method);
                });
    }
}
