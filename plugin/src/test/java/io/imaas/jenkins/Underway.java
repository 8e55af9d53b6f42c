package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.imaas.jenkins.config.FolderServer;
import io.imaas.jenkins.config.ImaasConfiguration;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Builds in the middle of every kind of step that takes its time, for tests that then do something to them. */
final class Underway implements AutoCloseable {
    /** Waits for a rollout of order-sync in prod. */
    static final String PROMOTION = "orders/promote";

    /** The onboarding of all tenants. */
    static final String ONBOARDING = "platform/main";

    /** Delivers order-report; its second build releases another version. */
    static final String RELEASE = "orders/order-report/main";

    /** Builds on an agent that is another process than the controller. */
    static final String OUTLIVED = "orders/order-sync/outlived";

    /** Builds in the controller's own process. */
    static final String ORPHANED = "orders/order-sync/orphaned";

    /** Makes a plan. */
    static final String PLANNING = "orders/order-sync/planning";

    /** Asks for the status. */
    static final String STATUS = "orders/status";

    /** Builds with a Maven that hangs, on the agent and in the folder that the placeholders name. */
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

    private final Path folder;
    private final GitServer git;
    private final TestPlatform platform;
    private final HangingMaven maven;

    /** Where a controller's code is run: in this process or in another. */
    interface Controller {
        void run(RealJenkinsExtension.Step step) throws Throwable;
    }

    private record Place(String platform, String cluster) implements Serializable {}

    private Underway(Path folder, GitServer git, TestPlatform platform, HangingMaven maven) {
        this.folder = folder;
        this.git = git;
        this.platform = platform;
        this.maven = maven;
    }

    /** @param agent the label of the agent that is another process than the controller */
    static Underway in(Path folder, String agent) throws Exception {
        GitServer git = new GitServer(TestPlatform.gitFolder(folder));
        TestPlatform platform = TestPlatform.begin(folder, git.url());
        HangingMaven maven = HangingMaven.in(folder.resolve("maven"), Path.of("../examples/services/order-sync"));
        platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
        for (Map.Entry<String, String> place :
                Map.of("outlived", agent, "orphaned", "built-in").entrySet()) {
            String script = BUILD.formatted(place.getValue(), place.getKey(), maven.folder());
            platform.branch("order-sync", "main", place.getKey());
            platform.write("order-sync", place.getKey(), "Jenkinsfile", script);
        }
        return new Underway(folder, git, platform, maven);
    }

    HangingMaven maven() {
        return maven;
    }

    void getEverythingGoing(Controller controller) throws Throwable {
        Place place =
                new Place(platform.url("platform"), folder.resolve("cluster").toString());
        // Onboarding: the first commit of the second tenant has landed, and nobody hears of it.
        git.holdAnswerToPush("payments-gitops", "dev");
        controller.run(jenkins -> onboard(jenkins, place));
        git.awaitHeld("push payments-gitops dev");
        // Else it would look after a while, and find that it landed.
        git.holdReading("payments-gitops");
        // Two steps on agents: one that outlives the controller, and one that dies with it.
        maven.awaitCall("outlived");
        maven.awaitCall("orphaned");
        // A rollout that does not come to its end.
        Files.createDirectories(folder.resolve("cluster"));
        Files.writeString(
                folder.resolve("cluster/faults.yaml"), "orders-prod/order-sync: \"slow: an image is pulled\"\n");
        controller.run(Underway::promote);
        // A release that has landed, and nobody hears of it.
        platform.change("order-report", "main", "pom.xml", "<version>1.0.2</version>", "<version>1.1.0</version>");
        git.holdAnswerToPush("orders-gitops", "dev");
        controller.run(jenkins -> build(jenkins, "orders/order-report", "main"));
        git.awaitHeld("push orders-gitops dev");
        // A plan that is being made, and a question for the status.
        git.holdReading("order-sync");
        platform.branch("order-sync", "main", "planning");
        platform.write("order-sync", "planning", "Jenkinsfile", "echo imaasPlan().summary\n");
        controller.run(jenkins -> build(jenkins, "orders/order-sync", "planning"));
        git.awaitHeld("read order-sync");
        git.holdReading("orders-gitops");
        controller.run(Underway::ask);
        controller.run(Underway::areOnDisk);
    }

    /** From now on nothing stands in anybody's way. */
    void letGo() throws IOException {
        git.release();
        maven.letGo();
        Files.delete(folder.resolve("cluster/faults.yaml"));
    }

    /** What git says of a repository, line by line. */
    List<String> lines(String repository, String... arguments) throws Exception {
        return platform.git(repository, arguments).lines().toList();
    }

    private static void onboard(JenkinsRule jenkins, Place place) throws Throwable {
        jenkins.jenkins.setNumExecutors(4);
        jenkins.jenkins.setQuietPeriod(0);
        ImaasConfiguration.get().setPlatformRepository(place.platform());
        ImaasConfiguration.get().setServers(List.of(new FolderServer(place.cluster())));
        Jobs.multibranch(jenkins, "platform", place.platform()).scheduleBuild2(0);
    }

    private static void promote(JenkinsRule jenkins) throws Throwable {
        for (String delivery : List.of(RELEASE, "orders/order-sync/main")) {
            jenkins.waitForCompletion(build(jenkins, delivery, 1));
        }
        WorkflowRun run = script(
                jenkins,
                "promote",
                """
                imaasPromote(from: 'dev', to: 'prod', service: 'order-sync')
                def rollout = imaasRollout()
                echo "it is ${rollout.verdict}"
                """);
        jenkins.waitForMessage("Roll out order-sync to prod: ", run);
    }

    private static void ask(JenkinsRule jenkins) throws Throwable {
        WorkflowRun run = script(jenkins, "status", "echo \"asked for ${imaasStatus().size()} places\"");
        jenkins.waitForMessage("[Pipeline] imaasStatus", run);
    }

    /** Jenkins itself loses a build whose script it has not written down yet, which it does after the step began. */
    private static void areOnDisk(JenkinsRule jenkins) throws Throwable {
        for (WorkflowJob job : jenkins.jenkins.getAllItems(WorkflowJob.class)) {
            WorkflowRun run = job.getLastBuild();
            while (run != null && run.isBuilding() && !new File(run.getRootDir(), "program.dat").exists()) {
                Thread.sleep(50);
            }
        }
    }

    private static WorkflowRun script(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job =
                jenkins.jenkins.getItemByFullName("orders", Folder.class).createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return Jobs.byPerson(job);
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

    /** A build of a job, by its number. */
    static WorkflowRun build(JenkinsRule jenkins, String job, int number) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(number);
    }

    @Override
    public void close() {
        platform.close();
        git.close();
    }
}
