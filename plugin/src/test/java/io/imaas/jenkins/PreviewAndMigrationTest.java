package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.scm.api.SCMHeadOrigin;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a service's two lines of Jenkinsfile do with a database's migration, and for a pull request. */
@WithJenkins
class PreviewAndMigrationTest {
    private static final int PATIENCE = 300_000;
    private static final String TENANT = "tenants/orders.yaml";

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private TestPlatform platform;

    @BeforeEach
    void begin(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        platform = TestPlatform.begin(folder);
    }

    @AfterEach
    void end() {
        platform.close();
    }

    @Test
    void aMigrationAndPullRequests() throws Exception {
        platform.change(
                "platform",
                "main",
                "platform.yaml",
                "policy:",
                "policy:\n  manifests: {migrations: {flyway: [\"docker.io/flyway/flyway@sha256:" + "f".repeat(64)
                        + "\"]}}");
        platform.write("order-report", "main", "imaas.yaml", "migration: {tool: flyway, secret: orders-db}\n");
        platform.write("order-report", "main", "db/migration/V1__orders.sql", "create table orders (id int);\n");
        platform.change(
                "platform",
                "main",
                TENANT,
                "services:",
                "previews: {ttl: 72h, max: 2, like: dev, quota: {cpu: 2, memory: 4Gi, pods: 5}}\nservices:");
        onboard();

        thePushOfAMigrationTellsItsScriptsAndCarriesThem();
        aPullRequestRunsBesideTheEnvironmentsAndOneOfAForkDoesNot();
    }

    private void thePushOfAMigrationTellsItsScriptsAndCarriesThem() throws Exception {
        WorkflowRun delivery = jenkins.jenkins
                .getItemByFullName("orders/order-report", WorkflowMultiBranchProject.class)
                .getItem("main")
                .getLastBuild();
        jenkins.assertBuildStatus(Result.UNSTABLE, delivery);
        jenkins.assertLogContains("will run 1 new migration script: V1__orders.sql", delivery);
        assertThat(platform.git("orders-gitops", "show", "rendered/dev:order-report/manifests.yaml"))
                .contains("name: order-report-migration-", "create table orders (id int);");
    }

    private void aPullRequestRunsBesideTheEnvironmentsAndOneOfAForkDoesNot() throws Exception {
        WorkflowRun fork = pull("forks", new SCMHeadOrigin.Fork("mallory"));
        jenkins.assertLogContains("the code of a fork is not trusted", fork);
        assertThat(previews()).isEmpty();

        WorkflowRun own = pull("pulls", SCMHeadOrigin.DEFAULT);
        jenkins.assertBuildStatus(Result.UNSTABLE, own);
        jenkins.assertLogContains("Preview order-sync-pr-7", own);
        assertThat(previews()).contains("services/order-sync-pr-7/release.yaml");
        assertThat(platform.git("orders-gitops", "show", "rendered/preview:order-sync-pr-7/manifests.yaml"))
                .contains("namespace: orders-preview");
    }

    private String previews() throws Exception {
        return platform.git("orders-gitops", "ls-tree", "-r", "--name-only", "preview", "services/");
    }

    private void onboard() throws Exception {
        platform.configure();
        platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
        WorkflowMultiBranchProject onboarding = Jobs.multibranch(jenkins, "platform", platform.url("platform"));
        onboarding.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        jenkins.assertBuildStatusSuccess(onboarding.getItem("main").getLastBuild());
    }

    private WorkflowRun pull(String name, SCMHeadOrigin origin) throws Exception {
        Path work = Files.createTempDirectory(folder, "pull");
        platform.git(work, "clone", "-q", platform.url("order-sync"), ".");
        Files.writeString(work.resolve("NOTES.md"), name);
        platform.git(work, "add", "-A");
        platform.git(work, "-c", "user.name=eve", "-c", "user.email=eve@example.org", "commit", "-q", "-m", "Change");
        platform.git(work, "push", "-q", "-f", platform.url("order-sync"), "HEAD:refs/pull/7/head");
        String commit = platform.git(work, "rev-parse", "HEAD").strip();
        WorkflowMultiBranchProject job = jenkins.jenkins
                .getItemByFullName("orders", Folder.class)
                .createProject(WorkflowMultiBranchProject.class, name);
        job.setSourcesList(
                List.of(new BranchSource(new PullRequestSource(platform.url("order-sync"), commit, origin))));
        job.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        WorkflowJob built = job.getItem("PR-7");
        assertThat(built).isNotNull();
        return built.getLastBuild();
    }
}
