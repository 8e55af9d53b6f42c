package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever aborts a build gets it aborted, whatever it is in the middle of. */
@WithJenkins
class StopTest {
    /** Of a machine with a lot to do. */
    private static final Duration SECONDS = Duration.ofSeconds(20);

    private static final String PACE = "io.imaas.jenkins.step.ResumableExecution.paceMillis";

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        System.clearProperty(PACE);
    }

    @Test
    void everyStepStopsWithinSeconds(JenkinsRule jenkins) throws Throwable {
        System.setProperty(PACE, "200");
        String agent = jenkins.createOnlineSlave().getNodeName();
        try (Underway builds = Underway.in(folder, agent)) {
            builds.getEverythingGoing(step -> step.run(jenkins));
            List<WorkflowRun> runs = List.of(
                    Underway.build(jenkins, Underway.OUTLIVED, 1),
                    Underway.build(jenkins, Underway.ORPHANED, 1),
                    Underway.build(jenkins, Underway.PROMOTION, 1),
                    Underway.build(jenkins, Underway.RELEASE, 2),
                    Underway.build(jenkins, Underway.PLANNING, 1),
                    Underway.build(jenkins, Underway.STATUS, 1),
                    Underway.build(jenkins, Underway.ONBOARDING, 1));
            // Whatever takes long says so in the meantime, but for a rollout, whose course is told anyway.
            jenkins.waitForMessage("Build order-sync: under way, ", runs.get(0));
            jenkins.waitForMessage(": under way, ", runs.get(3));
            jenkins.waitForMessage("Planning: under way, ", runs.get(4));
            jenkins.assertLogNotContains("Roll out order-sync to prod: under way", runs.get(2));
            Instant before = Instant.now();
            for (WorkflowRun run : runs) {
                assertThat(run.isBuilding())
                        .as(run.getFullDisplayName() + "\n" + JenkinsRule.getLog(run))
                        .isTrue();
                run.doStop();
            }
            for (WorkflowRun run : runs) {
                jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            }
            assertThat(Duration.between(before, Instant.now())).isLessThan(SECONDS);
            while (!builds.maven().isGone()) {
                assertThat(Duration.between(before, Instant.now()))
                        .as("Maven and its children are ended")
                        .isLessThan(SECONDS);
                Thread.sleep(100);
            }
        }
    }
}
