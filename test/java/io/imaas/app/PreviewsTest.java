package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.request.PlanRequest.RemovePreviewsRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.PlannedStep;
import io.imaas.port.PullRequests.PullRequest;
import io.imaas.report.StandingPreview;
import io.imaas.report.StandingPreview.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewsTest {
    private static final ServiceName SEVEN = new ServiceName("order-api-pr-7");

    @TempDir
    Path folder;

    private PreviewWorld world;

    @BeforeEach
    void aTenantWithPreviews() {
        world = new PreviewWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aPullRequestIsCheckedAndRunsBesideTheEnvironments() {
        IntendedPlan plan = world.plan(world.pushed(7, "one", false));

        assertThat(plan.intent()).isEqualTo(Intent.PREVIEW);
        assertThat(plan.plan().steps().map(PlannedStep::id))
                .containsExactly(
                        "build",
                        "check",
                        "tests",
                        "image",
                        "provenance",
                        "values",
                        "release",
                        "application",
                        "rollout",
                        "report",
                        "report-order-api-pr-7");
    }

    @Test
    void whatGatesLookedAtRunsWithTheValuesOfDevAndThePullRequestIsTold() {
        assertThat(world.deliver(7, "one").failures()).isEmpty();

        assertThat(world.names()).containsExactly("order-api-pr-7");
        assertThat(world.applications).containsExactly("orders-preview-order-api-pr-7");
        assertThat(world.files("preview"))
                .contains("services/order-api-pr-7/release.yaml", "services/order-api-pr-7/env/preview.yaml");
        assertThat(world.show("rendered/preview", "order-api-pr-7/manifests.yaml"))
                .contains("namespace: orders-preview", "/orders/order-api-pr-7@sha256:")
                .doesNotContain("orders-dev");
        assertThat(world.comments.get(7))
                .contains("http://order-api-pr-7.orders-preview.svc:8290", "72 hours after its last delivery");
    }

    @Test
    void theNextPushReplacesItAndTheCommentStaysOne() {
        world.deliver(7, "one");
        String before = world.show("preview", "services/order-api-pr-7/release.yaml");
        assertThat(world.deliver(7, "two").failures()).isEmpty();

        assertThat(world.show("preview", "services/order-api-pr-7/release.yaml"))
                .isNotEqualTo(before);
        assertThat(world.names()).hasSize(1);
    }

    @Test
    void aForkIsCheckedAndNeverRuns() {
        world.world.push("dev", java.util.Map.of("pom.xml", "<project/>"));
        IntendedPlan plan = world.plan(world.pushed(7, "one", true));

        assertThat(plan.intent()).isEqualTo(Intent.CHECK);
        assertThat(plan.plan().steps().map(PlannedStep::id)).containsExactly("build", "check", "tests", "report");
        assertThat(plan.plan().notes()).anyMatch(note -> note.contains("the code of a fork is not trusted"));
    }

    @Test
    void theForgeIsAskedAndNotTheDoorWhetherItIsAForkAndWhatItsCommitIs() {
        DeliverRequest request = world.pushed(7, "one", false);
        PullRequest own = world.pulls.get(7);
        world.pulls.put(7, new PullRequest(7, own.url(), own.head(), true, null, true));
        assertThat(refused(request)).contains("the code of a fork is not trusted");

        world.close(7, false);
        assertThat(refused(request)).contains("pull request #7 is not open");

        world.pushed(7, "two", false);
        assertThat(refused(request)).contains("pull request #7 is at commit");

        world.forgeAnswers = false;
        assertThat(refused(request)).contains("its Git server does not say what it is");
    }

    private String refused(DeliverRequest request) {
        IntendedPlan plan = world.plan(request);
        assertThat(plan.intent()).isEqualTo(Intent.CHECK);
        return plan.plan().notes().toString();
    }

    @Test
    void aNumberThatNoNameHasRoomForIsCheckedAlone() {
        IntendedPlan plan = world.plan(world.pushed(Integer.MAX_VALUE, "one", false));

        assertThat(plan.intent()).isEqualTo(Intent.CHECK);
        assertThat(plan.plan().notes()).anyMatch(note -> note.contains("#2147483647"));
    }

    @Test
    void overTheMostThereIsNoneAndItIsToldWhichStand() {
        world.deliver(1, "one");
        world.deliver(2, "two");
        IntendedPlan third = world.plan(world.pushed(3, "three", false));

        assertThat(third.intent()).isEqualTo(Intent.CHECK);
        assertThat(third.blocked()).isFalse();
        assertThat(third.plan().notes())
                .anyMatch(note -> note.contains("order-api-pr-1, order-api-pr-2")
                        && note.contains("imaas preview remove order-api-pr-1 --tenant orders"));
        assertThat(world.plan(world.pushed(2, "again", false)).intent()).isEqualTo(Intent.PREVIEW);
    }

    @Test
    void twoThatWerePlannedAtOnceAreNotOneTooMany() {
        world.deliver(1, "one");
        DeliverRequest second = world.built(world.pushed(2, "two", false));
        DeliverRequest third = world.built(world.pushed(3, "three", false));
        IntendedPlan late = world.plan(third);
        assertThat(late.intent()).isEqualTo(Intent.PREVIEW);
        assertThat(world.run(second).failures()).isEmpty();

        assertThat(world.imaas().run(late, event -> {}).failures())
                .first()
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT));
        assertThat(world.names()).containsExactly("order-api-pr-1", "order-api-pr-2");
        assertThat(world.applications).hasSize(2);
    }

    @Test
    void whatDoesNotFitIntoTheShareIsRefusedByAGate() {
        world.world.byHand(
                "dev", "More", java.util.Map.of("services/order-api/env/dev.yaml", "environment: dev\nreplicas: 9\n"));

        assertThat(world.deliver(7, "one").failures()).first().satisfies(failure -> assertThat(failure.what())
                .contains("9 pods of 5"));
        assertThat(world.files("preview")).doesNotContain("services/order-api-pr-7/release.yaml");
        assertThat(world.applications).isEmpty();
    }

    @Test
    void theHostOfDevIsNeverAPreviews() {
        world.world.byHand(
                "dev",
                "Serve",
                java.util.Map.of(
                        "services/order-api/env/dev.yaml",
                        "environment: dev\nreplicas: 1\ningress: {enabled: true, host: api.example.org, tlsSecret: tls}\n"));

        assertThat(world.deliver(7, "one").failures()).first().satisfies(failure -> assertThat(failure.what())
                .contains("api.example.org"));
    }

    @Test
    void aMergedAndAClosedOneGoAndAnOpenOneStays() {
        world.deliver(1, "one");
        world.deliver(2, "two");
        world.close(1, true);
        assertThat(world.sweep().failures()).isEmpty();

        assertThat(world.names()).containsExactly("order-api-pr-2");
        assertThat(world.applications).containsExactly("orders-preview-order-api-pr-2");
        assertThat(world.comments.get(1))
                .contains("Preview order-api-pr-1 is gone")
                .doesNotContain("svc:8290");
        world.close(2, false);
        assertThat(world.previews()).extracting(StandingPreview::why).containsExactly("pull request #2 is closed");
        assertThat(world.sweep().failures()).isEmpty();

        assertThat(world.names()).isEmpty();
        assertThat(world.applications).isEmpty();
        assertThat(world.files("rendered/preview"))
                .as("the chart goes with the last")
                .isEmpty();
        assertThat(world.sweep().failures()).as("nothing is left to do").isEmpty();
    }

    @Test
    void whoseTimeIsOverGoesThoughItIsOpen() throws InterruptedException {
        world.deliver(7, "one");
        assertThat(world.previews()).extracting(StandingPreview::state).containsExactly(State.STANDS);
        world.world.clock().pause(Duration.ofDays(3));

        assertThat(world.previews()).extracting(StandingPreview::why).containsExactly("its time is over");
        assertThat(world.sweep().failures()).isEmpty();
        assertThat(world.names()).isEmpty();
    }

    @Test
    void aForgeThatDoesNotAnswerRemovesNothing() {
        world.deliver(7, "one");
        world.close(7, true);
        world.forgeAnswers = false;

        assertThat(world.previews()).extracting(StandingPreview::state).containsExactly(State.UNKNOWN);
        assertThat(world.sweep().failures()).isEmpty();
        assertThat(world.names()).containsExactly("order-api-pr-7");
    }

    @Test
    void aForgeThatHidesAPullRequestRemovesNothing() {
        world.deliver(7, "one");
        world.pulls.clear();

        assertThat(world.previews()).extracting(StandingPreview::state).containsExactly(State.STANDS);
    }

    @Test
    void whatADeliveryLeftThatWasCutOffGoesWithItsPullRequest() {
        DeliverRequest request = world.built(world.pushed(7, "one", false));
        IntendedPlan whole = world.plan(request);
        for (int steps = 1; steps < 5; steps++) {
            IntendedPlan cut = new IntendedPlan(
                    whole.intent(),
                    whole.tenant(),
                    whole.plan().with(whole.plan().groups().subList(0, 2 + steps)),
                    whole.services(),
                    "");
            assertThat(world.imaas().run(cut, event -> {}).failures()).isEmpty();
            assertThat(world.names()).as("after %s steps", steps).containsExactly("order-api-pr-7");
            world.close(7, true);
            assertThat(world.sweep().failures()).isEmpty();
            assertThat(world.names()).isEmpty();
            assertThat(world.applications).isEmpty();
            request = world.built(world.pushed(7, "one", false));
            whole = world.plan(request);
        }
    }

    @Test
    void aRemovalThatWasCutOffGoesOn() {
        world.deliver(7, "one");
        world.close(7, true);
        world.deploymentsAnswer = false;
        assertThat(world.sweep().failures()).isNotEmpty();
        assertThat(world.names()).as("what runs is known by its files").containsExactly("order-api-pr-7");
        world.deploymentsAnswer = true;

        assertThat(world.sweep().failures()).isEmpty();
        assertThat(world.names()).isEmpty();
    }

    @Test
    void whatSomebodyElsePutThereIsRemovedAndStopsNobody() {
        world.world.byHand("preview", "Mine", java.util.Map.of("services/mine/values.yaml", "a: 1\n"));
        world.deliver(7, "one");
        world.close(7, true);

        assertThat(world.sweep().failures()).isEmpty();
        assertThat(world.names()).isEmpty();
    }

    @Test
    void theSpaceOfPreviewsHasItsShareOfTheQuota() {
        IntendedPlan onboarding = world.plan(new OnboardRequest());

        EnsureManifests space = onboarding
                .plan()
                .steps()
                .filter(step -> step.id().equals("space-preview"))
                .map(EnsureManifests.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(space.manifests()).extracting(ClusterObject::namespace).contains("orders-preview");
        assertThat(space.manifests().toString())
                .contains("pods=5", "default-deny")
                .doesNotContain("pods=40");
    }

    @Test
    void aTenantThatGoesTakesItsPreviewsAlong() {
        world.deliver(7, "one");
        world.world.with(
                "tenants/orders.yaml",
                PreviewWorld.PREVIEWS + "offboarding: {from: 2026-11-01, reason: nobody needs it}\n");

        assertThat(world.plan(new OnboardRequest()).plan().steps().map(PlannedStep::id))
                .containsSubsequence(
                        "check-offboarding",
                        "delete-application-order-api-pr-7",
                        "gone-previews",
                        "delete-space-preview",
                        "delete-project");
    }

    @Test
    void oneThatDoesNotStandCanNotBeRemoved() {
        world.deliver(7, "one");

        assertThatThrownBy(() -> world.plan(new RemovePreviewsRequest(List.of(new ServiceName("order-api-pr-8")))))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("no preview 'order-api-pr-8'");
    }

    @Test
    void theImageOfAPreviewIsReleasedNowhereElse() {
        world.deliver(7, "one");
        String digest = world.show("preview", "services/order-api-pr-7/release.yaml")
                .lines()
                .filter(line -> line.contains("sha256:"))
                .map(line -> line.replaceFirst(".*(sha256:[0-9a-f]{64}).*", "$1"))
                .findFirst()
                .orElseThrow();
        ImageRef image = new ImageRef(
                world.world.catalog().imagesOf(world.world.tenant()).child("order-api-pr-7"), new Digest(digest));
        IntendedPlan release = world.plan(new ReleaseRequest(
                new ServiceName("order-api"), new EnvironmentName("dev"), image, "9.9.9", null, "by hand"));

        assertThat(release.blocked()).isTrue();
        assertThat(release.plan().closedGates()).first().satisfies(gate -> assertThat(gate.found())
                .contains("the image of a preview"));
    }

    @Test
    void nothingIsPromotedFromOrToPreviews() {
        world.deliver(7, "one");
        EnvironmentName test = new EnvironmentName("test");

        assertThatThrownBy(() -> world.plan(new PromoteRequest(
                        List.of(new ServiceName("order-api")), Previews.SPACE, test, null, "", false, "")))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("no environment 'preview'");
        assertThatThrownBy(() -> world.plan(
                        new PromoteRequest(List.of(SEVEN), new EnvironmentName("dev"), test, null, "", false, "")))
                .isInstanceOf(FailureException.class);
    }
}
