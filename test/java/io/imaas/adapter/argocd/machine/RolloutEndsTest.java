package io.imaas.adapter.argocd.machine;

import static io.imaas.adapter.argocd.machine.RolloutMachineTest.liveView;
import static io.imaas.adapter.argocd.machine.Story.DIGEST;
import static io.imaas.adapter.argocd.machine.Story.OLD;
import static io.imaas.adapter.argocd.machine.Story.OURS;
import static io.imaas.adapter.argocd.machine.Story.START;
import static io.imaas.adapter.argocd.machine.Story.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.argocd.machine.ApplicationView.SyncStatus;
import io.imaas.adapter.argocd.machine.Observation.Inspection;
import io.imaas.adapter.argocd.machine.Observation.Why;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How rollouts end badly, and whose fault it is said to be. */
class RolloutEndsTest {
    private final Story story = Story.begins();

    @Test
    void whatCannotBeRenderedFailsWithinAMinuteInArgoCdsWords() {
        View broken = View.old()
                .unresolved("dev")
                .sync(SyncStatus.UNKNOWN)
                .condition(
                        "ComparisonError: Failed to load target state: rpc error: code = Unknown desc = nil pointer");
        story.reads(broken).afterSeconds(20).reads(broken);
        assertThat(story.waitingFor()).contains("nil pointer");
        story.afterSeconds(26).reads(broken).observe(new Observation.Explained(List.of()));
        assertThat(story.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(story.outcome().reasons().get(0)).contains("nil pointer");
    }

    @Test
    void aRepoServerThatIsDownIsNamedAndNoFailureOfTheChange() {
        View silent = View.old()
                .unresolved("dev")
                .sync(SyncStatus.UNKNOWN)
                .condition("ComparisonError: rpc error: code = Unavailable desc = connection refused");
        story.reads(silent).afterSeconds(46).reads(silent);
        assertThat(story.verdict()).isNull();
        assertThat(story.waitingFor()).contains("Argo CD's repo-server does not answer");
        story.afterSeconds(255).reads(silent);
        assertThat(story.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(story.outcome().reasons().get(0)).startsWith("Argo CD's repo-server does not answer");
    }

    @Test
    void aControllerThatAnswersNoRefreshIsNamed() {
        story.reads(View.old()).refused(new Command.Refresh(false), Why.SLOW, "no answer in time");
        assertThat(story.waitingFor()).contains("application controller has not answered 1 refreshes");
    }

    @Test
    void whoDoesNotAnswerIsNamedWhateverIsWaitedFor() {
        story.reads(liveView())
                .observe(new Observation.Done(new Command.Refresh(false)))
                .afterSeconds(21);
        assertThat(story.commands()).contains(new Command.Refresh(false));
        story.refused(
                new Command.Confirm(View.old().build()),
                Why.UNREACHABLE,
                "Argo CD at http://argocd does not answer: refused");
        assertThat(story.waitingFor()).endsWith("; Argo CD at http://argocd does not answer: refused");
        story.reads(liveView());
        assertThat(story.waitingFor()).doesNotContain("does not answer");
    }

    @Test
    void aWrongCertificateIsSaidAtOnce() {
        story.refused(new Command.Refresh(false), Why.MISADDRESSED, "no trusted connection");
        assertThat(story.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void anAncestorsSyncThatIsTriedAgainAndAgainIsEnded() {
        story.stands(OLD, Standing.older()).reads(View.old().retrying(OLD, 20));
        assertThat(story.commands()).contains(new Command.Terminate());
        Story patient = Story.begins().stands(OLD, Standing.older());
        patient.reads(View.old().operation(Operation.Phase.RUNNING, OLD, 20));
        assertThat(patient.commands()).doesNotContain(new Command.Terminate());
        assertThat(patient.afterSeconds(61).commands()).contains(new Command.Terminate());
    }

    @Test
    void aSyncOfOursThatIsTriedAgainAndAgainFailsWithinAMinute() {
        View retrying = View.old().at(OURS).sync(SyncStatus.OUT_OF_SYNC).retrying(OURS, 20);
        story.reads(retrying).afterSeconds(46).reads(retrying).observe(new Observation.Explained(List.of()));
        assertThat(story.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(story.outcome().reasons().get(0)).contains("one or more objects failed");
    }

    @Test
    void aMigrationThatFailedIsNotWaitedForWhileTheSyncIsTriedAgain() {
        story.reads(View.old().at(OURS).sync(SyncStatus.OUT_OF_SYNC).migrationFailed(OURS, 20))
                .observe(new Observation.Explained(List.of("last log lines")));
        assertThat(story.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(story.outcome().reasons().toString())
                .contains("Job order-api-migration-0123456789: Job has reached");
    }

    @Test
    void podsOfThisImageThatFailAreDegradedWithinAMinute() {
        View progressing = liveView().health(Health.PROGRESSING);
        story.reads(progressing).afterSeconds(16);
        Command.Inspect pods = new Command.Inspect(DIGEST, true, List.of());
        assertThat(story.commands()).contains(pods);
        Inspection found = new Inspection(pods, false, List.of("Pod x: Degraded (Back-off pulling image)"), List.of());
        story.observe(new Observation.Inspected(found)).afterSeconds(36).reads(progressing);
        story.observe(new Observation.Explained(List.of()));
        assertThat(story.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(story.outcome().reasons().get(0)).contains("Back-off pulling image");
    }

    @Test
    void whatArgoCdsCacheLostIsAskedForByARefresh() {
        story.reads(liveView())
                .observe(new Observation.Done(new Command.Refresh(false)))
                .afterSeconds(16);
        story.refused(new Command.Confirm(View.old().build()), Why.UNREACHABLE, "Argo CD's Redis is empty");
        assertThat(story.commands()).contains(new Command.Refresh(false));
        assertThat(story.waitingFor()).contains("Argo CD's Redis is empty");
    }

    @Test
    void whyPodsHaveNoNodeIsToldAndIsNoEvidence() {
        View progressing = liveView().health(Health.PROGRESSING);
        story.reads(progressing).afterSeconds(16);
        Command.Inspect pods = new Command.Inspect(DIGEST, true, List.of());
        Inspection found = new Inspection(pods, false, List.of(), List.of("  FailedScheduling: no volume"));
        story.observe(new Observation.Inspected(found)).afterSeconds(60).reads(progressing);
        assertThat(story.waitingFor()).endsWith("; FailedScheduling: no volume");
    }

    @Test
    void eventsStayBelowTheObjectThatTheyAreOf() {
        RolloutOutcome found = new RolloutOutcome(
                Verdict.TIMED_OUT, null, List.of("not live", "Claim files: Progressing", "Pod x: Progressing"), START);
        assertThat(Story.explained(found, "Pod x: Progressing", "Claim files: Progressing", "  no storage class"))
                .containsExactly("not live", "Pod x: Progressing", "Claim files: Progressing", "  no storage class");
    }

    @Test
    void aJobThatDoesNotBeginEndsTheRolloutWhileTheSyncWaitsForIt() {
        View waiting = View.old().at(OURS).sync(SyncStatus.OUT_OF_SYNC).waitsForJob(OURS, 20, "migrate");
        story.reads(waiting).afterSeconds(16);
        Command.Inspect pods = new Command.Inspect(DIGEST, false, List.of("migrate"));
        assertThat(story.commands()).contains(pods);
        Inspection found =
                new Inspection(pods, true, List.of("Job migrate does not begin, and the sync waits for it"), List.of());
        story.observe(new Observation.Inspected(found)).afterSeconds(36).reads(waiting);
        story.observe(new Observation.Explained(List.of()));
        assertThat(story.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(story.outcome().reasons().get(0)).startsWith("Job migrate does not begin");
    }

    @Test
    void evidenceComesBeforeTheClock() {
        View progressing = liveView().health(Health.PROGRESSING);
        Inspection refused = new Inspection(
                new Command.Inspect(DIGEST, true, List.of()),
                true,
                List.of("the cluster refuses its pods: exceeded quota"),
                List.of());
        story.reads(progressing);
        for (int i = 0; i < 59; i++) {
            story.afterSeconds(10).reads(progressing);
        }
        story.observe(new Observation.Inspected(refused)).afterSeconds(5).reads(progressing);
        story.observe(new Observation.Explained(List.of("Event: quota")))
                .reads(progressing)
                .afterSeconds(6);
        assertThat(story.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(story.outcome().reasons())
                .containsExactly("the cluster refuses its pods: exceeded quota", "Event: quota");
    }

    @Test
    void aSyncThatDoesNotEndIsTerminated() {
        View running = View.old().at(OURS).operation(Operation.Phase.RUNNING, OURS, 20);
        Story patient = Story.begins();
        patient.reads(running);
        for (int minute = 0; minute < 9; minute++) {
            patient.afterSeconds(55).reads(running);
        }
        assertThat(patient.phase()).isEqualTo(Phase.OPERATING);
        assertThat(patient.verdict()).isNull();
    }

    @Test
    void noAnswerAtAllIsUnknownAndNeverSuccess() {
        story.refused(new Command.Refresh(false), Why.UNREACHABLE, "connection refused")
                .afterSeconds(301);
        assertThat(story.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(story.outcome().reasons().get(0)).contains("has not answered");
    }

    @Test
    void theTimeAllowedEndsEveryState() {
        View suspended = liveView().health(Health.SUSPENDED);
        story.reads(suspended);
        for (int i = 0; i < 60; i++) {
            story.afterSeconds(10).reads(suspended);
        }
        assertThat(story.verdict()).isEqualTo(Verdict.TIMED_OUT);
        assertThat(story.outcome().reasons().get(0)).contains("resume");
    }

    @Test
    void aServiceThatSaysItIsIllIsDegradedThoughItsPodsAreReady() {
        Story probed = Story.beginsProbed();
        probed.reads(liveView()).confirmed(liveView(), running(DIGEST));
        assertThat(probed.phase()).isEqualTo(Phase.PROBING);
        for (int i = 0; i < 14; i++) {
            probed.observe(new Observation.Probed(new ProbeResult.Faulty(List.of("order-api 1.0.0 is faulty"))));
            probed.afterSeconds(7).confirmed(liveView(), running(DIGEST));
        }
        assertThat(probed.phase()).isEqualTo(Phase.EXPLAINING);
        assertThat(probed.observe(new Observation.Explained(List.of())).verdict())
                .isEqualTo(Verdict.DEGRADED);
        Story well = Story.beginsProbed();
        well.reads(liveView())
                .confirmed(liveView(), running(DIGEST))
                .observe(new Observation.Probed(new ProbeResult.Well("loaded")));
        assertThat(well.verdict()).isEqualTo(Verdict.LIVE);
    }

    @Test
    void whatTheServiceSaysHoldsWhileTheClustersWordIsRenewed() {
        Story ill = probed(new ProbeResult.Faulty(List.of("CAR order-api 1.0.0 is faulty")));
        assertThat(ill.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(ill.secondsPassed()).isLessThan(130);
        Story shut = probed(new ProbeResult.Denied("the management API refuses user 'admin'"));
        assertThat(shut.verdict()).isEqualTo(Verdict.REFUSED);
        Story silent = probed(new ProbeResult.Silent("the management API can't be reached"));
        assertThat(silent.verdict()).isEqualTo(Verdict.TIMED_OUT);
        assertThat(silent.secondsPassed()).isGreaterThan(590);
        assertThat(silent.outcome().reasons().get(0)).contains("the management API can't be reached");
    }

    /** A service that always says the same, while the cluster's word is older than it may be half of the time. */
    private static Story probed(ProbeResult answer) {
        Story story = Story.beginsProbed();
        story.reads(liveView()).confirmed(liveView(), running(DIGEST));
        while (story.verdict() == null) {
            story.observe(new Observation.Probed(answer)).afterSeconds(5).afterSeconds(15);
            story.confirmed(liveView(), running(DIGEST));
        }
        return story;
    }
}
