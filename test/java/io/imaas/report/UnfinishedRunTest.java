package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Answer;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.plan.step.StepGroup;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
import io.imaas.run.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnfinishedRunTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Failure BAD = new Failure(FailureKind.FAILED, "it is bad", "here", "fix it");

    private final PlannedStep first =
            CommitFiles.of("first", "First", new BranchName("dev"), Map.of(), Map.of(), Map.of());
    private final PlannedStep second = new NotNeeded("second", "Second", "it is there already");
    private final PlannedStep told = new ReportToPullRequest(
            "told",
            new RepositoryUrl("https://example.org/a.git"),
            1,
            new CommitId("a".repeat(40)),
            "m",
            "h",
            "",
            Map.of(),
            "",
            "",
            Map.of(),
            List.of());
    private final ReportBuilder reports = new ReportBuilder();

    private Plan plan(List<GateAnswer> gates, PlannedStep... steps) {
        return new Plan(
                "Do it", null, gates, List.of(steps).stream().map(StepGroup::of).toList(), List.of());
    }

    private void begin(PlannedStep... steps) {
        reports.accept(new Event.RunStarted(START, plan(List.of(), steps)));
    }

    private void end(PlannedStep step, int second, Outcome outcome) {
        reports.accept(new Event.StepEnded(START.plusSeconds(second), step, outcome, Duration.ofSeconds(1)));
    }

    private RunReport at(int second) {
        return reports.unfinished(START.plusSeconds(second)).orElseThrow();
    }

    @Test
    void aStepThatWaitsIsRunningAndSaysWhatItWaitsFor() {
        begin(first, second);
        reports.accept(new Event.StepStarted(START.plusSeconds(2), first));
        reports.accept(new Event.StepWaiting(START.plusSeconds(5), first, "1 of 3 replicas ready"));
        RunReport report = at(12);
        assertThat(report.status()).isEqualTo(RunReport.Status.RUNNING);
        assertThat(report.millis()).isEqualTo(12_000);
        assertThat(report.steps())
                .extracting(RunReport.Step::status, RunReport.Step::detail, RunReport.Step::millis)
                .containsExactly(
                        tuple(RunReport.Status.RUNNING, "1 of 3 replicas ready", 10_000L),
                        tuple(RunReport.Status.NOT_STARTED, "", 0L));
    }

    @Test
    void aRetrySaysWhyAndWhen() {
        begin(first);
        reports.accept(new Event.StepRetried(START, first, 1, BAD, Duration.ofSeconds(4)));
        assertThat(at(1).steps().get(0).detail()).isEqualTo("here: it is bad (fix it); again in 4 s");
    }

    @Test
    void allStepsEndedMeansThatItSucceededAndTookUntilTheLastOne() {
        begin(first, second);
        end(first, 3, Outcome.done(null, List.of()));
        assertThat(at(60).status()).isEqualTo(RunReport.Status.RUNNING);
        end(second, 4, Outcome.skipped("it is there already"));
        assertThat(at(60).status()).isEqualTo(RunReport.Status.SUCCEEDED);
        assertThat(at(60).millis()).isEqualTo(4_000);
    }

    @Test
    void aHardStopFailsItAndWhatWouldHaveComeLaterIsNotAwaited() {
        begin(first, second);
        end(first, 3, Outcome.failed(BAD));
        assertThat(at(60).status()).isEqualTo(RunReport.Status.FAILED);
        assertThat(at(60).failures()).containsExactly(BAD);
        assertThat(at(60).notRun()).containsExactly("Second");
    }

    @Test
    void whatAlwaysRunsIsAwaitedAfterAHardStopToo() {
        begin(first, told);
        end(first, 3, Outcome.failed(BAD));
        assertThat(at(60).status()).isEqualTo(RunReport.Status.RUNNING);
        end(told, 5, Outcome.failed(BAD));
        assertThat(at(60).status()).isEqualTo(RunReport.Status.FAILED);
    }

    @Test
    void aSoftStopMakesItUnstable() {
        begin(told);
        end(told, 1, Outcome.failed(BAD));
        assertThat(at(9).status()).isEqualTo(RunReport.Status.UNSTABLE);
    }

    @Test
    void aStepThatBeganAnewIsNotFailedAnyMore() {
        begin(first);
        end(first, 1, Outcome.failed(BAD));
        reports.accept(new Event.StepStarted(START.plusSeconds(2), first));
        assertThat(at(3).status()).isEqualTo(RunReport.Status.RUNNING);
        assertThat(at(3).failures()).isEmpty();
    }

    @Test
    void aClosedGateRefusesItAndSaysWhatWouldOpenIt() {
        GateAnswer gate = GateAnswer.of(
                "order", "a -> test", List.of(), Answer.closed("never healthy in dev", "roll it out to dev"));
        reports.accept(new Event.RunStarted(START, plan(List.of(gate), first)));
        assertThat(at(60).status()).isEqualTo(RunReport.Status.REFUSED);
        assertThat(at(60).failures())
                .extracting(Failure::sentence)
                .containsExactly("a -> test: never healthy in dev (roll it out to dev)");
    }

    @Test
    void whatEndedIsNoLongerUnfinished() {
        begin(first);
        end(first, 1, Outcome.done(null, List.of()));
        reports.accept(new Event.RunEnded(
                START.plusSeconds(2),
                plan(List.of(), first),
                new RunResult(RunResult.Status.SUCCEEDED, List.of(), Map.of())));
        assertThat(reports.unfinished(START.plusSeconds(3))).isEmpty();
        assertThat(reports.reports()).hasSize(1);
    }
}
