package io.imaas.adapter.argocd.machine;

import static io.imaas.adapter.argocd.machine.Story.DIGEST;
import static io.imaas.adapter.argocd.machine.Story.LATER;
import static io.imaas.adapter.argocd.machine.Story.LATER_DIGEST;
import static io.imaas.adapter.argocd.machine.Story.OLD;
import static io.imaas.adapter.argocd.machine.Story.OLD_DIGEST;
import static io.imaas.adapter.argocd.machine.Story.OURS;
import static io.imaas.adapter.argocd.machine.Story.rolling;
import static io.imaas.adapter.argocd.machine.Story.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.argocd.machine.ApplicationView.Source;
import io.imaas.adapter.argocd.machine.ApplicationView.SyncStatus;
import io.imaas.adapter.argocd.machine.Observation.Why;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** State by state. */
class RolloutMachineTest {
    private final Story story = Story.begins();

    static View liveView() {
        return View.live(OURS, DIGEST);
    }

    @Test
    void gitIsReadAtOnceSoThatNoPollIntervalIsWaitedFor() {
        RolloutState first = RolloutMachine.begin(
                new Goal(
                        new ApplicationName("", "a"),
                        "p",
                        OURS,
                        null,
                        null,
                        "",
                        "x",
                        java.time.Duration.ofMinutes(1),
                        null,
                        null),
                Limits.defaults(),
                Story.START);
        assertThat(first.commands()).containsExactly(new Command.Refresh(false));
    }

    @Test
    void syncedAndHealthyAtAnotherRevisionIsNotLive() {
        story.reads(View.old().runs(DIGEST));
        assertThat(story.phase()).isEqualTo(Phase.UNSEEN);
        assertThat(story.afterSeconds(200).verdict()).isNull();
    }

    @Test
    void aLostRefreshIsRepeatedAndThenDoneWithoutAnyCache() {
        story.reads(View.old())
                .observe(new Observation.Done(new Command.Refresh(false)))
                .afterSeconds(20);
        assertThat(story.commands()).contains(new Command.Refresh(false));
        story.observe(new Observation.Done(new Command.Refresh(false))).afterSeconds(70);
        assertThat(story.commands()).contains(new Command.Refresh(true));
    }

    @Test
    void allThatArgoCdSaysIsNotEnoughUntilTheClusterSaysItToo() {
        story.reads(liveView());
        assertThat(story.phase()).isEqualTo(Phase.CONFIRMING);
        assertThat(story.commands()).anyMatch(Command.Confirm.class::isInstance);
        story.confirmed(liveView(), running(DIGEST));
        assertThat(story.verdict()).isEqualTo(Verdict.LIVE);
        assertThat(story.outcome().liveCommit()).isEqualTo(OURS);
    }

    @Test
    void aRolloutAsksForARefreshAndForItsWorkloadsAndForNothingElse() {
        View progressing = liveView().health(Health.PROGRESSING);
        assertThat(story.reads(progressing)
                        .observe(new Observation.Done(new Command.Refresh(false)))
                        .commands())
                .isEmpty();
        assertThat(story.afterSeconds(14).commands()).isEmpty();
        assertThat(story.streams(liveView().version(50)).commands())
                .containsExactly(new Command.Confirm(liveView().version(50).build()));
        story.confirmed(liveView(), running(DIGEST));
        assertThat(story.verdict()).isEqualTo(Verdict.LIVE);
    }

    @Test
    void anIncompleteRolloutOfTheRightDigestIsNotLive() {
        story.reads(liveView()).confirmed(liveView(), rolling(DIGEST));
        assertThat(story.verdict()).isNull();
        assertThat(story.waitingFor()).contains("1 of 3 replicas updated");
        assertThat(story.afterSeconds(4).commands()).anyMatch(Command.Confirm.class::isInstance);
    }

    @Test
    void aWorkloadThatRunsAnotherDigestOfTheImageIsNotLive() {
        Workload other = new Workload("Job migrate", List.of(Story.IMAGE + "@" + OLD_DIGEST), true, "");
        story.reads(liveView()).confirmed(liveView(), running(DIGEST), other);
        assertThat(story.verdict()).isNull();
    }

    @Test
    void aConfirmationOfWhatIsSeenNoMoreIsNone() {
        story.reads(liveView()).confirmed(View.old(), running(DIGEST));
        assertThat(story.verdict()).isNull();
        assertThat(story.phase()).isEqualTo(Phase.CONFIRMING);
    }

    @Test
    void aConfirmationCountsHoweverOftenArgoCdWritesTheSameAgain() {
        story.reads(liveView()).streams(liveView().version(99)).confirmed(liveView(), running(DIGEST));
        assertThat(story.verdict()).isEqualTo(Verdict.LIVE);
    }

    @Test
    void whatTheStreamAloneSaysIsNeverABadEnd() {
        story.reads(View.old());
        story.streams(
                View.old().at(OURS).operation(Operation.Phase.FAILED, OURS, 20).version(99));
        assertThat(story.verdict()).isNull();
        assertThat(story.commands()).contains(new Command.Look());
        story.reads(View.old().version(11));
        assertThat(story.verdict()).isNull();
    }

    @Test
    void healthFromBeforeTheEndOfTheSyncSaysNothing() {
        story.reads(liveView().reconciled(3));
        assertThat(story.phase()).isEqualTo(Phase.COMPARING);
        assertThat(story.commands()).noneMatch(Command.Confirm.class::isInstance);
    }

    @Test
    void aComparisonOfAnotherPathSaysNothing() {
        story.reads(liveView().comparedTo("services/order-sync"));
        assertThat(story.phase()).isEqualTo(Phase.COMPARING);
    }

    @Test
    void aRequestedOperationIsWaitedForThoughTheLastOneSucceeded() {
        story.reads(liveView().requested());
        assertThat(story.phase()).isEqualTo(Phase.STARTING);
    }

    @Test
    void anotherOperationIsWaitedFor() {
        story.reads(View.old().operation(Operation.Phase.RUNNING, OLD, 20));
        assertThat(story.phase()).isEqualTo(Phase.BLOCKED);
    }

    @Test
    void anOperationThatFailedBeforeWeCameIsTriedOnceMoreAndNotHeldAgainstUs() {
        View failed = View.old().at(OURS).sync(SyncStatus.OUT_OF_SYNC).operation(Operation.Phase.FAILED, OURS, 1);
        story.reads(failed);
        assertThat(story.verdict()).isNull();
        assertThat(story.afterSeconds(11).commands()).contains(new Command.Windows());
        story.observe(new Observation.Windows(false, ""));
        assertThat(story.commands()).contains(new Command.Sync("", List.of(), true));
        story.reads(failed.operation(Operation.Phase.FAILED, OURS, 40, "our-rollout", "denied by webhook"));
        assertThat(story.phase()).isEqualTo(Phase.EXPLAINING);
        story.observe(new Observation.Explained(List.of("Deployment order-api: Missing")));
        assertThat(story.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(story.outcome().reasons())
                .containsExactly("the sync failed: denied by webhook", "Deployment order-api: Missing");
    }

    @Test
    void aSkippedAutomaticSyncIsAskedForOnlyWhenNoWindowForbidsIt() {
        story.reads(View.old().at(OURS).sync(SyncStatus.OUT_OF_SYNC)).afterSeconds(11);
        assertThat(story.commands()).contains(new Command.Windows()).noneMatch(Command.Sync.class::isInstance);
        story.observe(new Observation.Windows(true, "deny from '0 22 * * *' for 8h"));
        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void aSyncThatWouldWipeEverythingIsNeverForced() {
        View wiping = View.old()
                .at(OURS)
                .sync(SyncStatus.OUT_OF_SYNC)
                .condition("SyncError: Skipping sync attempt: auto-sync will wipe out all resources");
        story.reads(wiping).afterSeconds(59).reads(wiping).afterSeconds(2).reads(wiping);
        assertThat(story.phase()).isEqualTo(Phase.EXPLAINING);
    }

    @Test
    void aManualApplicationIsSyncedToTheCommitAndNeverBackwards() {
        story.reads(View.old().manual());
        assertThat(story.commands()).contains(new Command.Sync(OURS.value(), List.of(), true));
        Story second = Story.begins();
        second.stands(LATER, Standing.contains(DIGEST))
                .reads(View.old().manual().at(LATER).sync(SyncStatus.OUT_OF_SYNC));
        assertThat(second.commands()).contains(new Command.Sync(LATER.value(), List.of(), true));
    }

    @Test
    void aPinnedManualSyncIsLiveThoughTheBranchMovedOn() {
        View ahead = View.live(OURS, DIGEST).manual().at(LATER).sync(SyncStatus.OUT_OF_SYNC);
        story.stands(LATER, Standing.contains(LATER_DIGEST)).reads(ahead).confirmed(ahead, running(DIGEST));
        assertThat(story.verdict()).isEqualTo(Verdict.LIVE);
        assertThat(story.outcome().reasons()).anyMatch(r -> r.contains("moved on"));
    }

    @Test
    void aDescendantThatHoldsTheImageIsLiveAndOneThatDoesNotSupersedes() {
        View later = View.live(LATER, DIGEST);
        story.stands(LATER, Standing.contains(DIGEST)).reads(later).confirmed(later, running(DIGEST));
        assertThat(story.verdict()).isEqualTo(Verdict.LIVE);
        assertThat(story.outcome().liveCommit()).isEqualTo(LATER);
        Story second = Story.begins();
        View other = View.live(LATER, LATER_DIGEST);
        second.stands(LATER, Standing.contains(LATER_DIGEST)).reads(other).confirmed(other, running(LATER_DIGEST));
        assertThat(second.verdict()).isEqualTo(Verdict.SUPERSEDED);
    }

    @Test
    void aSupersedingCommitThatIsIllIsNoSuccess() {
        View ill = View.live(LATER, LATER_DIGEST).health(Health.DEGRADED);
        story.stands(LATER, Standing.contains(LATER_DIGEST))
                .reads(ill)
                .afterSeconds(61)
                .reads(ill);
        assertThat(story.verdict()).as("nothing is known of ours").isEqualTo(Verdict.UNKNOWN);
        assertThat(story.outcome().reasons().get(0)).contains("superseded by " + LATER);
    }

    @Test
    void aSyncOfASupersedingCommitThatFailsIsNotHeldAgainstOurs() {
        story.stands(LATER, Standing.contains(LATER_DIGEST)).reads(View.old().at(LATER));
        story.reads(View.old().at(LATER).operation(Operation.Phase.FAILED, LATER, 30));
        assertThat(story.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void whatAPersonPausedOrPinnedIsToldAndNeverUndone() {
        View paused = View.old().own().manual();
        story.reads(paused);
        assertThat(story.commands()).noneMatch(Command.Sync.class::isInstance);
        story.afterSeconds(11).reads(paused);
        assertThat(story.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(story.outcome().reasons().get(0)).contains("argocd app set app --sync-policy automated");

        Story second = Story.begins();
        View pinned = View.old()
                .own()
                .sources(new Source("https://git.example.org/o.git", "services/order-api", OLD.value()));
        second.reads(pinned).afterSeconds(11).reads(pinned);
        assertThat(second.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(second.outcome().reasons().get(0)).contains("pinned application app to " + OLD);
    }

    @Test
    void aComparisonWithNothingDifferentIsAskedForAgain() {
        View stale = liveView().sync(SyncStatus.OUT_OF_SYNC);
        story.reads(stale).observe(new Observation.Done(new Command.Refresh(false)));
        assertThat(story.waitingFor()).isEqualTo("Argo CD to compare again");
        assertThat(story.afterSeconds(31).commands()).contains(new Command.Refresh(false));
    }

    @Test
    void aPartialSyncOfAManualApplicationIsFollowedByAFullOne() {
        View partial = View.old().manual().at(OURS).sync(SyncStatus.OUT_OF_SYNC).partial(OURS, 20);
        story.reads(partial);
        assertThat(story.commands()).contains(new Command.Sync(OURS.value(), List.of(), true));
    }

    @Test
    void aCommitThatDoesNotWantTheImageIsAWrongQuestion() {
        story.reads(liveView()).stands(OURS, Standing.contains(OLD_DIGEST));
        assertThat(story.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(story.outcome().reasons().get(0)).contains("wants " + OLD_DIGEST);
    }

    @Test
    void aCommitThatDoesNotAffectTheApplicationIsNeverLive() {
        View unaffected = View.live(OURS, OLD_DIGEST);
        story.reads(unaffected).afterSeconds(31).confirmed(unaffected, running(OLD_DIGEST));
        assertThat(story.phase()).isEqualTo(Phase.EXPLAINING);
        story.observe(new Observation.Explained(List.of()));
        assertThat(story.outcome().reasons().get(0)).contains("does not affect");
    }

    @Test
    void aShakyStartIsForgiven() {
        story.reads(liveView().health(Health.DEGRADED))
                .afterSeconds(40)
                .reads(liveView().health(Health.PROGRESSING));
        story.afterSeconds(40).reads(liveView().health(Health.DEGRADED)).afterSeconds(10);
        assertThat(story.verdict()).isNull();
        assertThat(story.reads(liveView())
                        .confirmed(liveView(), running(DIGEST))
                        .verdict())
                .isEqualTo(Verdict.LIVE);
    }

    @Test
    void ofSeveralSourcesOfOneRepositoryAllMustHoldTheCommit() {
        Source chart = new Source("https://git.example.org/o.git", "chart", "dev");
        Source values = new Source("git@git.example.org:o.git", "services/order-api", "dev");
        Source foreign = new Source("https://charts.example.org", "", "1.2.3");
        View half = View.live(OURS, DIGEST).sources(chart, foreign, values).at(OURS, OLD, OLD);
        story.reads(half);
        assertThat(story.phase()).isEqualTo(Phase.UNSEEN);
        Story whole = Story.begins();
        whole.reads(View.live(OURS, DIGEST)
                .sources(chart, foreign, values)
                .at(OURS, OLD, OURS)
                .operation(Operation.Phase.SUCCEEDED, OURS, 10));
        assertThat(whole.phase()).isEqualTo(Phase.CONFIRMING);
    }

    @Test
    void aRequestThatMayHaveBeenHeardIsNotRepeatedBlindly() {
        story.reads(View.old().manual()).refused(new Command.Sync("", List.of(), false), Why.SLOW, "no answer");
        assertThat(story.commands()).containsExactly(new Command.Look());
        story.reads(View.old().manual().operation(Operation.Phase.RUNNING, OURS, 20, "our-rollout", ""));
        assertThat(story.phase()).isEqualTo(Phase.OPERATING);
        assertThat(story.afterSeconds(30).commands()).noneMatch(Command.Sync.class::isInstance);
    }

    @Test
    void aRestartDoesNotStartTheTimeoutAnew() {
        Story resumed = Story.resumes(Duration.ofMinutes(8));
        resumed.afterSeconds(100).reads(View.old()).afterSeconds(19);
        assertThat(resumed.verdict()).isNull();
        assertThat(resumed.afterSeconds(40).verdict()).isEqualTo(Verdict.TIMED_OUT);
        assertThat(resumed.outcome().reasons().get(0)).startsWith("not live after 600 s");
    }

    @Test
    void whoComesBackAfterTheEndStillSeesWhatBecameOfIt() {
        Story late = Story.resumes(Duration.ofHours(2));
        late.reads(liveView()).confirmed(liveView(), running(DIGEST));
        assertThat(late.verdict()).isEqualTo(Verdict.LIVE);
        Story later = Story.resumes(Duration.ofHours(2));
        assertThat(later.reads(View.old()).afterSeconds(29).verdict()).isNull();
        assertThat(later.afterSeconds(25).verdict()).isEqualTo(Verdict.TIMED_OUT);
    }

    @Test
    void anApplicationThatIsBeingDeletedIsNoPlaceToWait() {
        story.reads(liveView().deleting());
        assertThat(story.phase()).isEqualTo(Phase.EXPLAINING);
    }
}
