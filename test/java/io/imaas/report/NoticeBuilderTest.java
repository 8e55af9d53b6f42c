package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.rollout.RunNotice.Part;
import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceSettings.When;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Answer;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
import io.imaas.run.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NoticeBuilderTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final ServiceName API = new ServiceName("order-api");
    private static final EnvironmentName TEST = new EnvironmentName("test");
    private static final Request REQUEST = new Request(new TenantName("orders"), API, TEST, "@ann");
    private static final ImageRef IMAGE = new ImageRef(
            ImageRepository.parse("registry.example.org/orders/order-api"), new Digest("sha256:" + "1".repeat(64)));
    private static final Release RELEASE = new Release(API, "1.4.0", null, null, IMAGE);
    private static final Failure BAD =
            new Failure(FailureKind.FAILED, "order-api is degraded\nCrashLoopBackOff", "test", "see the pods");

    private final PlannedStep release =
            new CommitRelease("release", new TenantName("orders"), API, TEST, RELEASE, "", "@ann", "build 7", null);
    private final NoticeBuilder notices = new NoticeBuilder();

    private void begin(List<GateAnswer> gates, PlannedStep... steps) {
        notices.accept(new Event.RunStarted(START, plan(gates, steps)));
    }

    private static Plan plan(List<GateAnswer> gates, PlannedStep... steps) {
        return new Plan(
                "Promote order-api to test",
                REQUEST,
                gates,
                Stream.of(steps).map(StepGroup::of).toList(),
                List.of());
    }

    private void end(PlannedStep step, Outcome outcome) {
        notices.accept(new Event.StepEnded(START.plusSeconds(5), step, outcome, Duration.ofSeconds(1)));
    }

    private RunNotice notice(String cut, boolean afterFailure) {
        return notices.notice(new Ending(List.of(API), cut, afterFailure, "https://ci/7", START.plusSeconds(9)))
                .orElseThrow();
    }

    @Test
    void aSuccessTellsWhatWentWhereAndByWhom() {
        begin(List.of(), release);
        end(release, Outcome.done(null, List.of()));
        RunNotice notice = notice("", false);
        assertThat(notice.occasion()).isEqualTo(When.SUCCESS);
        assertThat(notice.headline()).isEqualTo("Done: Promote order-api to test");
        assertThat(notice.parts()).containsExactly(new Part("order-api", "1.4.0", "1".repeat(12)));
        assertThat(notice.tenant()).isEqualTo("orders");
        assertThat(notice.environment()).isEqualTo(TEST);
        assertThat(notice.actor()).isEqualTo("@ann");
        assertThat(notice.link()).isEqualTo("https://ci/7");
        assertThat(notice.reason()).isEmpty();
    }

    @Test
    void aRunThatFoundNothingToDoIsToldOnlyAsARecovery() {
        PlannedStep nothing = new NotNeeded("promote", "Promote order-api", "test has 1.4.0 already");
        begin(List.of(), nothing);
        end(nothing, Outcome.skipped("test has 1.4.0 already"));
        Ending ending = new Ending(List.of(API), "", false, "https://ci/7", START.plusSeconds(9));
        assertThat(notices.notice(ending)).isEmpty();
        assertThat(notice("", true).occasion()).isEqualTo(When.RECOVERY);
    }

    @Test
    void theFirstSuccessAfterAFailureIsARecovery() {
        begin(List.of(), release);
        end(release, Outcome.done(null, List.of()));
        assertThat(notice("", true).occasion()).isEqualTo(When.RECOVERY);
        assertThat(notice("", true).headline()).isEqualTo("Works again: Promote order-api to test");
    }

    @Test
    void aFailureTellsTheFirstLineOfItsReason() {
        begin(List.of(), release);
        end(release, Outcome.failed(BAD));
        RunNotice notice = notice("failed", true);
        assertThat(notice.occasion()).isEqualTo(When.FAILURE);
        assertThat(notice.headline()).isEqualTo("Failed: Promote order-api to test");
        assertThat(notice.reason()).isEqualTo("test: order-api is degraded");
    }

    @Test
    void whatIsRefusedOnlyForWantOfAYesWaitsForIt() {
        GateAnswer approval = GateAnswer.of(
                "approval",
                "order-api -> test",
                List.of(),
                Answer.closedUntilApproved("nobody approved", "@acme/leads approve it"));
        begin(
                List.of(
                        GateAnswer.of("order", "order-api -> test", List.of(), Answer.open("healthy in dev")),
                        approval),
                release);
        RunNotice notice = notice("failed", false);
        assertThat(notice.occasion()).isEqualTo(When.APPROVAL);
        assertThat(notice.headline()).isEqualTo("Waits for approval: Promote order-api to test");
        assertThat(notice.reason()).contains("nobody approved", "@acme/leads approve it");
    }

    @Test
    void whatAnotherGateRefusesTooIsAFailure() {
        GateAnswer approval = GateAnswer.of(
                "approval",
                "order-api -> test",
                List.of(),
                Answer.closedUntilApproved("nobody approved", "approve it"));
        GateAnswer freeze = GateAnswer.of("freeze", "order-api -> test", List.of(), Answer.closed("year end", "wait"));
        begin(List.of(approval, freeze), release);
        RunNotice notice = notice("failed", false);
        assertThat(notice.occasion()).isEqualTo(When.FAILURE);
        assertThat(notice.headline()).startsWith("Refused: ");
        assertThat(notice.reason()).endsWith("(and 1 more)");
    }

    @Test
    void aRunThatWasCutOffIsAFailureWhateverItHadDone() {
        begin(List.of(), release);
        assertThat(notice("aborted", false).occasion()).isEqualTo(When.FAILURE);
        assertThat(notice("aborted", false).headline()).startsWith("Aborted: ");
        end(release, Outcome.done(null, List.of()));
        RunNotice outside = notice("failed", false);
        assertThat(outside.occasion()).isEqualTo(When.FAILURE);
        assertThat(outside.reason()).contains("outside of it");
    }

    @Test
    void aPromotionSaysWhatMoved() {
        CommitFiles promotion = CommitFiles.of(
                        "promote",
                        "Promote",
                        new BranchName("test"),
                        Map.of("services/order-api/release.yaml", "version: \"1.5.0\"\n"),
                        Map.of(),
                        Map.of())
                .moving(List.of(new Release(API, "1.5.0", null, null, IMAGE)));
        begin(List.of(), promotion);
        end(promotion, Outcome.done(null, List.of()));
        assertThat(notice("", false).parts())
                .containsExactly(new Part("order-api", "1.5.0", IMAGE.digest().abbreviated()));
    }

    @Test
    void theSameRunHasTheSameIdHoweverOftenItIsTold() {
        begin(List.of(), release);
        end(release, Outcome.done(null, List.of()));
        String open = notice("", false).id();
        notices.accept(new Event.RunEnded(
                START.plusSeconds(6),
                plan(List.of(), release),
                new RunResult(RunResult.Status.SUCCEEDED, List.of(), Map.of())));
        assertThat(notice("", false).id()).isEqualTo(open);
        assertThat(notice("", false).result()).isEqualTo("succeeded");
    }

    /** As a Pipeline that calls imaasPromote and waits for no rollout. */
    @Test
    void whoeverExecutesOnlyAPartOfAPlanHasSucceededWithThat() {
        CommitRelease other =
                new CommitRelease("other", new TenantName("orders"), API, TEST, RELEASE, "", "@ann", "build 7", null);
        begin(List.of(), release, other);
        end(release, Outcome.done(null, List.of()));
        assertThat(notice("", false).occasion()).isEqualTo(When.SUCCESS);
    }

    @Test
    void ofWhatWasOnlyPlannedThereIsNothingToTell() {
        assertThat(notices.notice(new Ending(List.of(), "", false, "", START))).isEmpty();
        begin(List.of(), release);
        assertThat(notices.notice(new Ending(List.of(), "", false, "", START))).isEmpty();
    }
}
