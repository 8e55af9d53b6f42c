package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.plugins.git.GitSCM;
import io.imaas.jenkins.config.FolderServer;
import io.imaas.jenkins.config.ImaasConfiguration;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller is killed while a rollout is waited for, and goes on with that very rollout. */
class RestartTest {
    private static final int PATIENCE = 300_000;

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .javaOptions(
                    "-Djenkins.model.Jenkins.slaveAgentPort=-1",
                    "-Djenkins.model.Jenkins.slaveAgentPortEnforce=true",
                    "-Dhudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT=true");

    @TempDir
    private Path folder;

    /** What the test tells the controller's process. */
    private record Place(String platform, String cluster) implements Serializable {}

    @Test
    void aRolloutIsWaitedForAcrossAKill() throws Throwable {
        try (TestPlatform platform = TestPlatform.begin(folder)) {
            platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
            Place place = new Place(
                    platform.url("platform"), folder.resolve("cluster").toString());
            slow("orders-prod", "order-sync");

            controller.startJenkins();
            RealJenkinsExtension.Step wait = jenkins -> untilItWaits(jenkins, place);
            controller.runRemotely(wait);
            controller.stopJenkinsForcibly();
            Files.delete(folder.resolve("cluster/faults.yaml"));
            controller.startJenkins();
            controller.runRemotely(RestartTest::untilItIsLive);

            assertThat(platform.git("orders-gitops", "log", "--format=%B", "prod")
                            .lines())
                    .filteredOn("Imaas-From: dev"::equals)
                    .as("promoted once")
                    .hasSize(1);
        }
    }

    private void slow(String namespace, String name) throws Exception {
        Files.createDirectories(folder.resolve("cluster"));
        Files.writeString(
                folder.resolve("cluster/faults.yaml"), namespace + "/" + name + ": \"slow: an image is pulled\"\n");
    }

    private static void untilItWaits(JenkinsRule jenkins, Place place) throws Throwable {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        ImaasConfiguration.get().setPlatformRepository(place.platform());
        ImaasConfiguration.get().setServers(List.of(new FolderServer(place.cluster())));
        WorkflowMultiBranchProject onboarding = Jobs.multibranch(jenkins, "platform", place.platform());
        onboarding.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        WorkflowJob job =
                jenkins.jenkins.getItemByFullName("orders", Folder.class).createProject(WorkflowJob.class, "promote");
        job.setDefinition(new CpsFlowDefinition(
                """
                imaasPromote(from: 'dev', to: 'prod', service: 'order-sync')
                def rollout = imaasRollout()
                echo "it is ${rollout.verdict}"
                """,
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Roll out order-sync to prod: ", run);
        assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
    }

    private static void untilItIsLive(JenkinsRule jenkins) throws Throwable {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("orders/promote", WorkflowJob.class);
        WorkflowRun run = job.getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("it is live", run);
    }
}
