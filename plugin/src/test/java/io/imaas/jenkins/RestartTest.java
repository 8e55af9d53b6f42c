package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.model.TopLevelItem;
import io.imaas.jenkins.config.FolderServer;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.run.PlansAction;
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
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The controller is killed while builds are in the middle of every kind of step that takes its time; all go on, and each
 * thing is done once. One kill for all of them, since starting a controller takes a minute.
 */
class RestartTest {
    /** Builds with a Maven that hangs, on the agent that the placeholder names, as far as its plan goes. */
    private static final String BUILD =
            """
            def plan = imaasPlan(builder: 'maven')
            node('%s') {
                dir('%s') {
                    checkout scm
                    withEnv(['PATH=%s:/usr/bin:/bin']) { imaasBuild() }
                    imaasCheck()
                }
            }
            """;

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .javaOptions(
                    "-Djenkins.model.Jenkins.slaveAgentPort=-1", "-Djenkins.model.Jenkins.slaveAgentPortEnforce=true");

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path folder;

    private TestPlatform platform;
    private GitServer git;
    private HangingMaven maven;

    /** What the test tells the controller's process. */
    private record Place(String platform, String cluster) implements Serializable {}

    @Test
    void everyStepGoesOnAcrossAKill() throws Throwable {
        try (GitServer server = new GitServer(TestPlatform.gitFolder(folder));
                TestPlatform started = TestPlatform.begin(folder, server.url())) {
            git = server;
            platform = started;
            repositories();
            Place place = new Place(
                    platform.url("platform"), folder.resolve("cluster").toString());

            controller.startJenkins();
            agents.createAgent(
                    controller,
                    InboundAgentExtension.Options.newBuilder()
                            .name("outlives")
                            .webSocket()
                            .build());
            getEverythingGoing(place);
            controller.stopJenkinsForcibly();
            List<Long> before = maven.calls("outlived");

            git.release();
            maven.letGo();
            Files.delete(folder.resolve("cluster/faults.yaml"));
            controller.startJenkins();
            controller.runRemotely(RestartTest::allEndWell);

            eachThingWasDoneOnce(before);
        }
    }

    private void repositories() throws Exception {
        maven = HangingMaven.in(folder.resolve("maven"), Path.of("../examples/services/order-sync"));
        platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
        platform.write(
                "order-sync",
                "main",
                "Jenkinsfile",
                BUILD.formatted("outlives", "outlived", maven.folder())
                        + "node('outlives') { dir('outlived') { imaasTest(); imaasImage() } }\n"
                        + "imaasRelease(); imaasRollout()\n");
        platform.branch("order-sync", "main", "feature");
        platform.write("order-sync", "feature", "Jenkinsfile", BUILD.formatted("built-in", "orphaned", maven.folder()));
    }

    private void getEverythingGoing(Place place) throws Throwable {
        // Onboarding: the first commit of the second tenant has landed, and nobody hears of it.
        git.holdAnswerToPush("payments-gitops", "dev");
        RealJenkinsExtension.Step onboard = jenkins -> onboard(jenkins, place);
        controller.runRemotely(onboard);
        git.awaitHeld("push payments-gitops dev");
        // Two steps on agents: one that outlives the controller, and one that dies with it.
        maven.awaitCall("outlived");
        maven.awaitCall("orphaned");
        // A rollout that does not come to its end.
        Files.createDirectories(folder.resolve("cluster"));
        Files.writeString(
                folder.resolve("cluster/faults.yaml"), "orders-test/order-report: \"slow: an image is pulled\"\n");
        controller.runRemotely(RestartTest::promote);
        // A release that has landed, and nobody hears of it.
        platform.change("order-report", "main", "pom.xml", "<version>1.0.2</version>", "<version>1.1.0</version>");
        git.holdAnswerToPush("orders-gitops", "dev");
        controller.runRemotely(RestartTest::build, "orders/order-report", "main");
        git.awaitHeld("push orders-gitops dev");
        // A plan that is being made, and a question for the status.
        git.holdReading("order-sync");
        platform.branch("order-sync", "main", "planning");
        platform.write("order-sync", "planning", "Jenkinsfile", "echo imaasPlan().summary\n");
        controller.runRemotely(RestartTest::build, "orders/order-sync", "planning");
        git.awaitHeld("read order-sync");
        git.holdReading("orders-gitops");
        controller.runRemotely(RestartTest::ask);
    }

    private static void onboard(JenkinsRule jenkins, Place place) throws Throwable {
        jenkins.jenkins.setNumExecutors(4);
        ImaasConfiguration.get().setPlatformRepository(place.platform());
        ImaasConfiguration.get().setServers(List.of(new FolderServer(place.cluster())));
        Jobs.multibranch(jenkins, "platform", place.platform()).scheduleBuild2(0);
    }

    private static void promote(JenkinsRule jenkins) throws Throwable {
        WorkflowRun delivery = first(jenkins, "orders/order-report/main");
        jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(delivery));
        WorkflowRun run = script(
                jenkins,
                "promote",
                """
                imaasPromote(from: 'dev', to: 'test', service: 'order-report')
                def rollout = imaasRollout()
                echo "it is ${rollout.verdict}"
                """);
        jenkins.waitForMessage("Roll out order-report to test: ", run);
    }

    private static void ask(JenkinsRule jenkins) throws Throwable {
        script(jenkins, "status", "echo \"asked for ${imaasStatus().size()} places\"");
    }

    private static WorkflowRun script(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job =
                jenkins.jenkins.getItemByFullName("orders", Folder.class).createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    /** Lets a multibranch job look at its repository, and waits until the branch's build begins. */
    private static void build(JenkinsRule jenkins, String name, String branch) throws Exception {
        WorkflowMultiBranchProject job = jenkins.jenkins.getItemByFullName(name, WorkflowMultiBranchProject.class);
        job.scheduleBuild2(0).getFuture().get();
        WorkflowJob built = job.getItem(branch);
        assertThat(built).as(name + " " + branch).isNotNull();
        while (built.getLastBuild() == null || !built.getLastBuild().isBuilding()) {
            Thread.sleep(100);
        }
    }

    private static WorkflowRun first(JenkinsRule jenkins, String job) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }

    private static void allEndWell(JenkinsRule jenkins) throws Throwable {
        WorkflowRun promotion = first(jenkins, "orders/promote");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(promotion));
        jenkins.assertLogContains("it is live", promotion);
        assertThat(promotion.getAction(PlansAction.class).getPanels())
                .as("the panel is there, though the controller was killed")
                .hasSize(1);

        WorkflowRun onboarding = first(jenkins, "platform/main");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(onboarding));
        assertThat(jenkins.jenkins.getItemByFullName("payments/gitops", TopLevelItem.class))
                .isNotNull();

        WorkflowRun release = jenkins.jenkins
                .getItemByFullName("orders/order-report/main", WorkflowJob.class)
                .getLastBuild();
        jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(release));
        assertThat(release.getNumber()).isEqualTo(2);

        for (String branch : List.of("main", "feature")) {
            WorkflowRun built = jenkins.waitForCompletion(first(jenkins, "orders/order-sync/" + branch));
            // There is no unit-test server here, and the platform warns of what was not tested.
            jenkins.assertBuildStatus(branch.equals("main") ? Result.UNSTABLE : Result.SUCCESS, built);
        }
        WorkflowRun planned = first(jenkins, "orders/order-sync/planning");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(planned));
        WorkflowRun asked = first(jenkins, "orders/status");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(asked));
        jenkins.assertLogContains("asked for ", asked);
    }

    private void eachThingWasDoneOnce(List<Long> before) throws Exception {
        assertThat(lines("orders-gitops", "log", "--format=%B", "test"))
                .filteredOn("Imaas-From: dev"::equals)
                .as("promoted once")
                .hasSize(1);
        assertThat(lines("payments-gitops", "rev-list", "dev"))
                .as("onboarded once")
                .hasSize(1);
        assertThat(lines("orders-gitops", "rev-list", "dev", "--", "services/order-report"))
                .as("two versions, each released once")
                .hasSize(2);
        assertThat(lines("orders-gitops", "rev-list", "dev", "--", "services/order-sync"))
                .as("released once")
                .hasSize(1);
        assertThat(maven.calls("outlived")).as("begun again once").hasSize(2).startsWith(before.get(0));
        assertThat(maven.calls("orphaned")).as("begun again once").hasSize(2);
        assertThat(maven.isGone()).as("what was begun in vain was ended").isTrue();
    }

    private List<String> lines(String repository, String... arguments) throws Exception {
        return platform.git(repository, arguments).lines().toList();
    }
}
