package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import hudson.util.Secret;
import io.imaas.jenkins.config.TenantProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.scm.api.SCMHeadOrigin;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What people who may write a Jenkinsfile can't do with it: those of a fork anything, those of a tenant another's. */
@WithJenkins
class IsolationTest {
    private static final int PATIENCE = 300_000;
    private static final String PASSWORD = "correct-horse-battery";

    /** Tries one thing, and tells what came of it: the text that Jenkins shows for it, too. */
    private static final String TRY =
            """
            def attempt(String what, Closure body) {
                try { body(); echo("DONE " + what) } catch (e) { echo("REFUSED " + what + ": " + e.message) }
            }
            """;

    @TempDir
    private static Path folder;

    private static TestPlatform platform;
    private static JenkinsRule jenkins;

    /** One onboarding for all: what these tests try comes to nothing. */
    @BeforeAll
    static void begin(JenkinsRule rule) throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        jenkins = rule;
        platform = TestPlatform.begin(folder);
        platform.configure();
        platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
        Jobs.multibranch(jenkins, "platform", platform.url("platform"))
                .scheduleBuild2(0)
                .getFuture()
                .get();
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        secrets();
    }

    @AfterAll
    static void end() throws Exception {
        jenkins.after();
        platform.close();
    }

    /** Each tenant has a login for the registry and a token, in its folder. */
    private static void secrets() throws Exception {
        for (String tenant : List.of("orders", "payments")) {
            Folder home = jenkins.jenkins.getItemByFullName(tenant, Folder.class);
            FolderCredentialsProperty store = new FolderCredentialsProperty(new DomainCredentials[0]);
            home.addProperty(store);
            CredentialsStore credentials = store.getStore();
            credentials.addCredentials(
                    Domain.global(),
                    new UsernamePasswordCredentialsImpl(
                            CredentialsScope.GLOBAL, tenant + "-registry", "", tenant, PASSWORD + tenant));
            credentials.addCredentials(
                    Domain.global(),
                    new StringCredentialsImpl(
                            CredentialsScope.GLOBAL,
                            tenant + "-token",
                            "",
                            Secret.fromString(PASSWORD + "-token-" + tenant)));
            TenantProperty property = home.getProperties().get(TenantProperty.class);
            property.setRegistryCredentialsId(tenant + "-registry");
            home.save();
        }
    }

    @Test
    void aForkIsTestedAndDoesNothingInTheTenantsName() throws Exception {
        String tips = tips();
        WorkflowRun regular = fork("regular", "@Library('imaas') _\nimaasPipeline()");
        // There is no unit-test server here, and the platform warns of what was not tested.
        jenkins.assertBuildStatus(Result.UNSTABLE, regular);
        jenkins.assertLogContains("Build order-report", regular);
        jenkins.assertLogNotContains("Image", regular);
        jenkins.assertLogNotContains("Release", regular);

        WorkflowRun hostile = fork(
                "hostile",
                TRY
                        + """
                def plan = imaasPlan(builder: 'maven')
                echo("planned " + plan.intent + " " + plan.stages.collect { it.steps*.run }.flatten())
                node {
                    checkout scm
                    attempt('build') { echo('built by ' + imaasBuild().builder) }
                    attempt('image') { imaasImage() }
                    attempt('image of another plan') { imaasImage(id: '2/image') }
                    sh 'env; cat .git/config'
                }
                attempt('service') { imaasPlan(service: 'payment-gateway') }
                attempt('tenant') { imaasPlan(tenant: 'payments') }
                attempt('promote') { imaasPromote(from: 'dev', to: 'test', service: 'order-report') }
                attempt('plan to promote') { imaasPlan(intent: 'promote', from: 'dev', to: 'test') }
                attempt('rollback') { imaasRollback(service: 'order-report', environment: 'dev', reason: 'fun') }
                attempt('review') { imaasPlan(intent: 'review') }
                attempt('onboard') { imaasOnboard() }
                attempt('release') { imaasRelease() }
                attempt('rollout') { imaasRollout() }
                attempt('comment') { imaasComment() }
                attempt('status') { imaasStatus() }
                """);
        String log = JenkinsRule.getLog(hostile);
        assertThat(log).contains("planned check", "built by native").doesNotContain(PASSWORD);
        // The comment is the controller's own words on what the engine's steps found.
        assertThat(log.lines().filter(line -> line.startsWith("DONE "))).containsExactly("DONE build", "DONE comment");
        for (String refused : List.of("promote", "plan to promote", "rollback", "status")) {
            assertThat(log).contains("REFUSED " + refused + ": POLICY");
        }
        assertThat(tips()).as("nothing was written anywhere").isEqualTo(tips);
    }

    /** Everything that a build could write in Git. */
    private String tips() throws Exception {
        return platform.git("orders-gitops", "for-each-ref") + platform.git("payments-gitops", "for-each-ref");
    }

    private WorkflowRun fork(String name, String jenkinsfile) throws Exception {
        Path fork = Files.createTempDirectory(folder, "fork");
        platform.git(fork, "clone", "-q", platform.url("order-report"), ".");
        Files.writeString(fork.resolve("Jenkinsfile"), jenkinsfile);
        platform.git(fork, "add", "-A");
        platform.git(
                fork, "-c", "user.name=mallory", "-c", "user.email=mallory@example.org", "commit", "-q", "-m", "Fix");
        platform.git(fork, "push", "-q", "-f", platform.url("order-report"), "HEAD:refs/pull/7/head");
        String commit = platform.git(fork, "rev-parse", "HEAD").strip();
        WorkflowMultiBranchProject job = jenkins.jenkins
                .getItemByFullName("orders", Folder.class)
                .createProject(WorkflowMultiBranchProject.class, name);
        job.setSourcesList(List.of(new BranchSource(
                new PullRequestSource(platform.url("order-report"), commit, new SCMHeadOrigin.Fork("mallory")))));
        job.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        WorkflowJob built = job.getItem("PR-7");
        assertThat(built).isNotNull();
        return built.getLastBuild();
    }

    @Test
    void aTenantsJenkinsfileReachesNoOtherTenant() throws Exception {
        String payments = platform.git("payments-gitops", "for-each-ref");
        platform.write(
                "order-sync",
                "main",
                "Jenkinsfile",
                TRY
                        + """
                attempt('their secret') {
                    withCredentials([string(credentialsId: 'payments-token', variable: 'T')]) { echo 'got it' }
                }
                attempt('their login') {
                    withCredentials([usernamePassword(credentialsId: 'payments-registry',
                        usernameVariable: 'U', passwordVariable: 'P')]) { echo 'got it' }
                }
                attempt('own secret') {
                    withCredentials([string(credentialsId: 'orders-token', variable: 'T')]) {
                        node { sh 'echo "token $T"' }
                    }
                }
                attempt('their promotion') { imaasPlan(intent: 'promote', tenant: 'payments', from: 'dev', to: 'prod') }
                attempt('their service') { imaasPlan(service: 'payment-gateway') }
                attempt('their rollback') { imaasRollback(service: 'payment-gateway', environment: 'dev', reason: 'x') }
                attempt('their platform') { imaasPlan(intent: 'onboard') }
                attempt('the controller') { evaluate('jenkins.model.Jenkins.get().systemMessage') }
                attempt('the engine') { evaluate('io.imaas.jenkins.world.PlatformWorld.get().catalog()') }
                attempt('the secrets') { evaluate('new io.imaas.jenkins.credentials.JenkinsSecrets(null)') }
                attempt('the file') { evaluate('new File("/etc/passwd").text') }
                attempt('the run') { currentBuild.rawBuild }
                node {
                    writeFile(file: 'evil.groovy', text: 'hudson.model.User.current()')
                    attempt('a loaded script') { load('evil.groovy') }
                    attempt('the environment') { sh 'env' }
                }
                attempt('status') { echo('tenants: ' + imaasStatus()*.service.unique()) }
                """);
        WorkflowMultiBranchProject job =
                jenkins.jenkins.getItemByFullName("orders/order-sync", WorkflowMultiBranchProject.class);
        String log = JenkinsRule.getLog(built(job));
        assertThat(log.lines().filter(line -> line.startsWith("DONE ")))
                .containsExactly("DONE own secret", "DONE the environment", "DONE status");
        assertThat(log)
                .contains("token ****")
                .doesNotContain(PASSWORD, "payment-gateway]")
                .contains("REFUSED their promotion: POLICY");
        copiedJob();
        assertThat(platform.git("payments-gitops", "for-each-ref")).isEqualTo(payments);
    }

    /** What another job would do in somebody's name, it does in nobody's when a Jenkinsfile starts it. */
    @Test
    void aTenantsJenkinsfileActsThroughNoOtherJobAndNoReplay() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.SYSTEM, "imaas-writer", "", Secret.fromString(PASSWORD + "-writer")));
        String tips = tips();
        platform.write(
                "order-sync",
                "main",
                "Jenkinsfile",
                TRY
                        + """
                def byHand(String tenant, String action, String service) {
                    def run = build(job: "/$tenant/by_hand", propagate: false, parameters: [
                        string(name: 'action', value: action), string(name: 'service', value: service),
                        string(name: 'from', value: 'dev'), string(name: 'to', value: tenant == 'orders' ? 'test' : 'prod'),
                        string(name: 'reason', value: "'); imaasOnboard(")])
                    echo("BY HAND $tenant $action: $run.result")
                }
                attempt('writer') {
                    withCredentials([string(credentialsId: 'imaas-writer', variable: 'T')]) { echo 'got it' }
                }
                byHand('orders', 'promote', 'order-sync')
                byHand('orders', 'approve', 'order-sync')
                byHand('payments', 'rollback', 'payment-gateway')
                attempt('approval') { imaasApprove(to: 'test', as: '@acme/release-managers', service: 'order-sync') }
                attempt('resume') { imaasResume(service: 'order-sync', environment: 'dev') }
                attempt('a step of no plan') { imaasRelease(id: '1/release') }
                """);
        WorkflowRun hostile =
                built(jenkins.jenkins.getItemByFullName("orders/order-sync", WorkflowMultiBranchProject.class));
        String log = JenkinsRule.getLog(hostile);
        assertThat(log.lines().filter(line -> line.startsWith("BY HAND ") || line.startsWith("DONE ")))
                .containsExactly(
                        "BY HAND orders promote: FAILURE",
                        "BY HAND orders approve: FAILURE",
                        "BY HAND payments rollback: FAILURE");
        assertThat(log)
                .contains("REFUSED approval: POLICY", "REFUSED resume: POLICY")
                .doesNotContain(PASSWORD);
        for (String tenant : List.of("orders", "payments")) {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName(tenant + "/by_hand", WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertLogContains("jenkins may not promote and roll back by hand", run);
        }

        // Whoever replays a build changes its script, and not what its repository is for.
        hostile.getAction(ReplayAction.class)
                .run2(
                        TRY
                                + """
                        attempt('promotion') { imaasPromote(from: 'dev', to: 'test', service: 'order-sync') }
                        attempt('rollback') { imaasRollback(service: 'order-sync', environment: 'dev', reason: 'x') }
                        attempt('onboarding') { imaasPlan(intent: 'onboard') }
                        attempt('another') { imaasPlan(service: 'payment-gateway') }
                        """,
                        Map.of());
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        WorkflowRun replayed = hostile.getParent().getLastBuild();
        assertThat(replayed.getNumber()).isEqualTo(hostile.getNumber() + 1);
        assertThat(JenkinsRule.getLog(replayed))
                .contains(
                        "REFUSED promotion: POLICY",
                        "REFUSED rollback: POLICY",
                        "REFUSED onboarding: ",
                        "REFUSED another: ")
                .doesNotContain("DONE ");
        assertThat(tips()).as("nothing was written anywhere").isEqualTo(tips);
    }

    /** A job that somebody copies into another's folder acts for nobody. */
    private void copiedJob() throws Exception {
        Folder payments = jenkins.jenkins.getItemByFullName("payments", Folder.class);
        WorkflowMultiBranchProject own =
                jenkins.jenkins.getItemByFullName("orders/order-report", WorkflowMultiBranchProject.class);
        WorkflowMultiBranchProject copy = payments.copy(own, "payment-gateway-2");
        WorkflowRun elsewhere = built(copy);
        jenkins.assertBuildStatus(Result.FAILURE, elsewhere);
        jenkins.assertLogContains("the repository belongs to tenant orders, this job does not", elsewhere);
        assertThat(new Pages(jenkins).get("", elsewhere.getUrl()).getContentAsString())
                .as("the build's page says it, too")
                .contains("the repository belongs to tenant orders, this job does not");

        // The folder's name alone makes no tenant's space: a folder of this name elsewhere is an ordinary one.
        Folder impostor =
                jenkins.jenkins.createProject(Folder.class, "elsewhere").createProject(Folder.class, "payments");
        impostor.addProperty(new TenantProperty());
        WorkflowJob script = impostor.createProject(WorkflowJob.class, "status");
        script.setDefinition(new CpsFlowDefinition("imaasStatus()", true));
        WorkflowRun asked = jenkins.assertBuildStatus(
                Result.FAILURE, script.scheduleBuild2(0).get());
        jenkins.assertLogContains("this job belongs to no tenant", asked);
    }

    private WorkflowRun built(WorkflowMultiBranchProject job) throws Exception {
        job.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        return job.getItem("main").getLastBuild();
    }
}
