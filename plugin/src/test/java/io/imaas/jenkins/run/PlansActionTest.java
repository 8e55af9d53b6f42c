package io.imaas.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.app.IntendedPlan;
import io.imaas.jenkins.SharedJenkins;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.BranchName;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.gate.Answer;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What a build's page shows of its plans, with texts as somebody hostile would write them. */
@SharedJenkins
class PlansActionTest {
    private static final String EVIL = "<img src=x onerror=alert(1)>";
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    private JenkinsRule jenkins;
    private WorkflowRun run;

    @BeforeEach
    void build(JenkinsRule rule) throws Exception {
        jenkins = rule;
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "p");
        job.setDefinition(new CpsFlowDefinition("echo 'nothing'", true));
        run = jenkins.buildAndAssertSuccess(job);
    }

    private static PlannedStep step(String id) {
        return CommitFiles.of(id, "Step " + EVIL, new BranchName("dev"), Map.of(), Map.of(), Map.of());
    }

    private KeptPlan add(List<GateAnswer> gates, PlannedStep... steps) {
        List<StepGroup> groups = List.of(steps).stream().map(StepGroup::of).toList();
        Plan plan = new Plan("Plan " + EVIL, null, gates, groups, List.of("api: + image: " + EVIL, "note " + EVIL));
        return new PlansOfBuild(run).add(new IntendedPlan(Intent.PROMOTE, null, plan, List.of(), "Sum " + EVIL));
    }

    private String page(String path) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            HtmlPage page = browser.goTo(run.getUrl() + path);
            String html = page.getWebResponse().getContentAsString();
            assertThat(html).doesNotContain("<img src=x");
            return page.asNormalizedText();
        }
    }

    @Test
    void aBuildShowsWhatFailedOnTopAndItsPageShowsEverything() throws Exception {
        KeptPlan plan = add(
                List.of(GateAnswer.of("order", "api " + EVIL, List.of(), Answer.open("fine " + EVIL))),
                step("a"),
                step("b"),
                step("c"));
        PlannedStep first = plan.step("a");
        plan.log().append(new Event.StepStarted(AT, first));
        plan.log()
                .append(new Event.StepEnded(
                        AT,
                        first,
                        Outcome.done(null, List.of(Effect.created("commit", "dev@1 " + EVIL, "detail " + EVIL))),
                        Duration.ofSeconds(62)));
        Failure failure = new Failure(FailureKind.FAILED, "it broke " + EVIL, "where " + EVIL, "fix it " + EVIL);
        plan.log().append(new Event.StepEnded(AT, plan.step("b"), Outcome.failed(failure), Duration.ZERO));

        assertThat(page("")).contains("Plan " + EVIL, "failed", "it broke " + EVIL, "Try: fix it " + EVIL);
        assertThat(page("imaas/"))
                .contains("Sum " + EVIL, "it broke " + EVIL, "created commit dev@1 " + EVIL)
                .contains("order", "fine " + EVIL, "1 min 2 sec", "not done", "api: + image: " + EVIL);
    }

    @Test
    void anUnstableBuildSaysWhy() throws Exception {
        KeptPlan plan = add(List.of(), step("a"));
        plan.log()
                .append(new Event.StepEnded(
                        AT, plan.step("a"), new Outcome.Skipped("no server " + EVIL, null, true), Duration.ZERO));
        assertThat(page("")).contains("unstable", "Unstable because:", "Step " + EVIL + ": skipped, no server " + EVIL);
    }

    @Test
    void aClosedGateSaysWhatOpensIt() throws Exception {
        add(
                List.of(GateAnswer.of(
                        "freeze", "api -> prod", List.of(), Answer.closed("frozen " + EVIL, "2027-01-03 " + EVIL))),
                step("a"));
        assertThat(page("")).contains("refused by a gate", "gate freeze is closed", "To open it: 2027-01-03 " + EVIL);
        assertThat(page("imaas/")).contains("closed", "frozen " + EVIL);
    }

    @Test
    void aStepThatWasUnderWayWhenTheBuildEndedCountsAsStopped() throws Exception {
        KeptPlan plan = add(List.of(), step("a"));
        assertThat(page("imaas/")).contains("not done");
        plan.log().append(new Event.StepStarted(AT, plan.step("a")));
        plan.log().append(new Event.StepWaiting(AT, plan.step("a"), "waiting for " + EVIL));
        assertThat(page("imaas/")).contains("stopped", "waiting for " + EVIL).doesNotContain("running");
        PlanPanel panel = PlanPanel.of(plan, true, AT, AT.plusSeconds(5));
        assertThat(panel.getLook().word()).isEqualTo("running");
        assertThat(panel.getSteps().get(0).took()).isEqualTo("5 sec");
    }

    @Test
    void aPlanThatCantBeReadLeavesTheBuildsPageAlone() throws Exception {
        add(List.of(), step("a"));
        Files.write(run.getRootDir().toPath().resolve("imaas/plan-1.json"), new byte[] {1, 2, 3});
        assertThat(page("")).contains("The plans of this build can't be read");
        assertThat(page("imaas/")).contains("The plans of this build can't be read");
    }

    @Test
    void whyNothingCouldBePlannedStandsOnTheBuildsPage() throws Exception {
        new PlansOfBuild(run)
                .addFailure(new Failure(
                        FailureKind.INPUT, "no tenant has it " + EVIL, "repository " + EVIL, "add it " + EVIL));
        assertThat(page("")).contains("no tenant has it " + EVIL, "repository " + EVIL, "Try: add it " + EVIL);
        assertThat(page("imaas/")).contains("no tenant has it " + EVIL).doesNotContain("has no plan");
        assertThat(Files.readString(run.getRootDir().toPath().resolve("build.xml")))
                .as("kept at once, as a controller may be killed")
                .contains("PlansAction");
    }
}
