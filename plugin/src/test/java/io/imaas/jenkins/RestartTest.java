package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.TopLevelItem;
import io.imaas.jenkins.run.PlansAction;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The controller is killed while builds are in the middle of every kind of step that takes its time; all go on, and each
 * thing is done once. One kill for all of them, since starting a controller takes a minute.
 */
class RestartTest {
    private static final String AGENT = "outlives";

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .javaOptions(
                    "-Djenkins.model.Jenkins.slaveAgentPort=-1", "-Djenkins.model.Jenkins.slaveAgentPortEnforce=true");

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path folder;

    @Test
    void everyStepGoesOnAcrossAKill() throws Throwable {
        try (Underway builds = Underway.in(folder, AGENT)) {
            controller.startJenkins();
            agents.createAgent(
                    controller,
                    InboundAgentExtension.Options.newBuilder()
                            .name(AGENT)
                            .webSocket()
                            .build());
            builds.getEverythingGoing(controller::runRemotely);
            controller.stopJenkinsForcibly();
            builds.letGo();
            controller.startJenkins();
            controller.runRemotely(RestartTest::allEndWell);

            eachThingWasDoneOnce(builds);
            endsWhenItIsTold();
        }
    }

    /** It has rendered charts by then, and Helm's library takes the signals that end a process. */
    private void endsWhenItIsTold() throws InterruptedException {
        Process process = controller.getProcess();
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("a controller that gets SIGTERM ends")
                .isTrue();
        controller.stopJenkinsForcibly();
    }

    private static void allEndWell(JenkinsRule jenkins) throws Throwable {
        WorkflowRun promotion = Underway.build(jenkins, Underway.PROMOTION, 1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(promotion));
        jenkins.assertLogContains("it is live", promotion);
        assertThat(promotion.getAction(PlansAction.class).getPanels())
                .as("the panel is there, though the controller was killed")
                .hasSize(1);

        ends(jenkins, Underway.ONBOARDING, 1, Result.SUCCESS);
        assertThat(jenkins.jenkins.getItemByFullName("payments/gitops", TopLevelItem.class))
                .isNotNull();
        // There is no unit-test server here, and the platform warns of what was not tested.
        ends(jenkins, Underway.RELEASE, 2, Result.UNSTABLE);
        for (String built : List.of(Underway.OUTLIVED, Underway.ORPHANED)) {
            jenkins.assertLogContains("created CAR order-sync 2.1.0", ends(jenkins, built, 1, Result.SUCCESS));
        }
        ends(jenkins, Underway.PLANNING, 1, Result.SUCCESS);
        jenkins.assertLogContains("asked for ", ends(jenkins, Underway.STATUS, 1, Result.SUCCESS));
    }

    private static WorkflowRun ends(JenkinsRule jenkins, String job, int build, Result result) throws Exception {
        return jenkins.assertBuildStatus(result, jenkins.waitForCompletion(Underway.build(jenkins, job, build)));
    }

    private static void eachThingWasDoneOnce(Underway builds) throws Exception {
        assertThat(builds.lines("orders-gitops", "log", "--format=%B", "prod"))
                .filteredOn("Imaas-From: dev"::equals)
                .as("promoted once")
                .hasSize(1);
        assertThat(builds.lines("payments-gitops", "log", "--format=%s", "dev"))
                .as("onboarded once")
                .doesNotHaveDuplicates()
                .isNotEmpty();
        assertThat(builds.lines("orders-gitops", "rev-list", "dev", "--", "services/order-report/release.yaml"))
                .as("two versions, each released once")
                .hasSize(2);
        for (String workspace : List.of("outlived", "orphaned")) {
            assertThat(builds.maven().calls(workspace)).as("begun again once").hasSize(2);
        }
        assertThat(builds.maven().isGone())
                .as("what was begun in vain was ended")
                .isTrue();
    }
}
