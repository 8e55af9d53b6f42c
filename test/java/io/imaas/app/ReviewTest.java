package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final EnvironmentName TEST = new EnvironmentName("test");
    private static final ServiceName API = new ServiceName("order-api");

    @TempDir
    Path folder;

    private World world;
    private Release one;
    private CommitId first;

    @BeforeEach
    void releasedToDev() {
        world = new World(folder, Map.of("order-api", "repository: https://github.com/acme/order-api.git"));
        one = world.release("1.0.0", null);
        first = world.released("dev", one);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theOrchestratorsOwnReleaseIsFollowedAndNotReviewed() {
        IntendedPlan plan = merged(DEV, first);

        assertThat(plan.intent()).isEqualTo(Intent.REVIEW);
        assertThat(plan.blocked()).isFalse();
        assertThat(rollouts(plan)).singleElement().satisfies(rollout -> {
            assertThat(rollout.commit()).isEqualTo(first);
            assertThat(rollout.image()).isEqualTo(one.image());
        });
    }

    @Test
    void whatIsLiveIsNotAwaitedAgain() {
        world.healthy("dev", one, first);

        assertThat(rollouts(merged(DEV, first))).isEmpty();
    }

    @Test
    void newValuesOfALiveReleaseAreFollowed() {
        world.healthy("dev", one, first);
        CommitId tuned = world.byHand("dev", "More memory", Map.of("services/order-api/env/dev.yaml", "memory: 1Gi\n"));

        assertThat(rollouts(merged(DEV, tuned))).singleElement().satisfies(rollout -> assertThat(rollout.commit())
                .isEqualTo(tuned));
    }

    @Test
    void anotherServicesFilesAreNothingToFollow() {
        world.healthy("dev", one, first);
        CommitId notes = world.byHand("dev", "Notes", Map.of("README.md", "hello\n"));

        assertThat(rollouts(merged(DEV, notes))).isEmpty();
    }

    @Test
    void whoeverWritesTheOrchestratorsTrailersIsReviewedAllTheSameWhereItSigns() throws Exception {
        assumeThat(Path.of("/usr/bin/ssh-keygen")).as("needs openssh-client").exists();
        Path key = folder.resolve("key");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        world.close();
        Path other = Files.createDirectory(folder.resolve("signing"));
        world = new World(
                other,
                Map.of("order-api", "repository: https://github.com/acme/order-api.git"),
                CommitSigning.ssh(key.toString()));
        world.released("dev", one);
        CommitId own = world.released("test", world.release("0.9.0", null));
        assertThat(merged(TEST, own).plan().title()).doesNotContain("Review what");

        CommitId forged = world.byHand(
                "test",
                "Promote order-api\n\nImaas-Tenant: orders\nImaas-Service: order-api\nImaas-Environment: test\n",
                Map.of("services/order-api/release.yaml", release()));

        assertThat(merged(TEST, forged).plan().closedGates()).extracting("gate").contains("order");
    }

    @Test
    void aPersonsMergeOfWhatNobodySawHealthyIsRefused() {
        world.released("test", world.release("0.9.0", null));
        CommitId merge = world.byHand("test", "Merge dev", Map.of("services/order-api/release.yaml", release()));
        IntendedPlan plan = merged(TEST, merge);

        assertThat(plan.blocked()).isTrue();
        assertThat(plan.plan().closedGates()).extracting("gate").contains("order");
        assertThat(plan.plan().title()).contains("bob");
        world.healthy("dev", one, first);
        // The test's image is in no registry; its health is what the order gate asks for.
        assertThat(merged(TEST, merge).plan().closedGates()).extracting("gate").containsExactly("image");
        assertThat(rollouts(merged(TEST, merge))).hasSize(1);
    }

    @Test
    void theDoorMaySayWhatWasReviewedBefore() {
        CommitId own = world.released("test", one);
        CommitId other = world.byHand("test", "Notes", Map.of("README.md", "x\n"));
        IntendedPlan plan = world.plan(new ReviewRequest(TEST, own, other, null), "@bob");

        assertThat(plan.blocked()).isFalse();
        assertThat(plan.plan().title()).contains("Review");
    }

    @Test
    void aCommitThatTheBranchDoesNotHoldIsNotReviewed() {
        CommitId elsewhere = world.released("test", one);

        assertThatThrownBy(() -> merged(DEV, elsewhere)).isInstanceOfSatisfying(FailureException.class, e -> assertThat(
                        e.failure().kind())
                .isEqualTo(FailureKind.CONFLICT));
        assertThatThrownBy(() -> merged(new EnvironmentName("stage"), elsewhere))
                .hasMessageContaining("no environment 'stage'");
    }

    @Test
    void promotionRollbackAndStatusAreThoseOfTheCommandLine() {
        world.healthy("dev", one, first);
        IntendedPlan promotion =
                world.plan(new PromoteRequest(List.of(API), DEV, TEST, null, "it works", false, ""), "@rita");
        assertThat(promotion.intent()).isEqualTo(Intent.PROMOTE);
        assertThat(promotion.plan().steps().filter(CommitFiles.class::isInstance))
                .isNotEmpty();

        world.released("dev", world.release("2.0.0", null));
        IntendedPlan back = world.plan(new RollbackRequest(API, DEV, "", "customers complain"), "@rita");
        assertThat(back.intent()).isEqualTo(Intent.ROLLBACK);
        assertThat(back.summary()).isEqualTo("Roll back order-api in dev to 1.0.0");

        assertThat(world.imaas().overview(world.tenant()).status().rows())
                .singleElement()
                .satisfies(row -> assertThat(row.cells().get(0).version()).isEqualTo("2.0.0"));
    }

    private IntendedPlan merged(EnvironmentName environment, CommitId head) {
        return world.plan(new ReviewRequest(environment, null, head, null), "@bob");
    }

    private String release() {
        StringBuilder text = new StringBuilder("image:\n");
        text.append("  repository: ").append(one.image().repository()).append('\n');
        text.append("  digest: ").append(one.image().digest()).append('\n');
        return text.append("version: 1.0.0\n").toString();
    }

    private static List<AwaitRollout> rollouts(IntendedPlan plan) {
        return plan.plan()
                .steps()
                .filter(AwaitRollout.class::isInstance)
                .map(AwaitRollout.class::cast)
                .toList();
    }
}
