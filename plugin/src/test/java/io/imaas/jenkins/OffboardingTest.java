package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.plugins.git.GitSCM;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.jenkins.page.BrokenFiles;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.jenkins.world.TombstoneWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The end of tenants in Jenkins: one whose folder onboarding made, and one whose folder people had before. */
@WithJenkins
class OffboardingTest {
    private static final int PATIENCE = 300_000;
    private static final String GRACE = "offboarding: {from: 2999-12-31, reason: moved to sales}";
    private static final String DUE = "offboarding: {from: 2020-01-01, reason: moved to sales}";

    @TempDir
    private Path folder;

    private TestPlatform platform;
    private JenkinsRule jenkins;
    private WorkflowMultiBranchProject onboarding;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        jenkins = rule;
        platform = TestPlatform.begin(folder);
        platform.configure();
    }

    @AfterEach
    void end() {
        platform.close();
    }

    @Test
    void aFolderGoesOnlyWithTheTombstoneAndOneMadeByHandStays() throws Exception {
        jenkins.createProject(Folder.class, "payments").createProject(WorkflowJob.class, "notes");
        platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
        onboarding = Jobs.multibranch(jenkins, "platform", platform.url("platform"));
        jenkins.assertBuildStatusSuccess(build());
        // Whoever saves the folder's form makes it nobody else's.
        jenkins.configRoundtrip(jenkins.jenkins.getItemByFullName("orders", Folder.class));

        inGraceEverythingStays();
        aFileThatCannotBeReadDeletesNothing();
        aJobThatPeopleMadeIsInTheWay();
        onItsDayTheTenantIsGone();
        aServiceGoesAlone();
        theFolderThatWasThereBeforeOutlivesItsTenant();
        onTheDayTheBuildBeginsByItselfAndOnce();
    }

    private void inGraceEverythingStays() throws Exception {
        platform.change("platform", "main", "tenants/orders.yaml", "displayName:", GRACE + "\ndisplayName:");
        WorkflowRun run = build();
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("tenant orders is offboarded from 2999-12-31 on: moved to sales", run);
        jenkins.assertLogContains("deletes then: Jenkins folder orders", run);
        jenkins.assertLogNotContains("deleted ", run);
        assertThat(jenkins.jenkins.getItemByFullName("orders/order-api")).isNotNull();
    }

    /** The tombstone's day has come, as the file said when it was last read; it may say otherwise by now. */
    private void aFileThatCannotBeReadDeletesNothing() throws Exception {
        platform.change("platform", "main", "tenants/orders.yaml", GRACE, DUE);
        PlatformWorld.get().refresh();
        platform.change("platform", "main", "tenants/orders.yaml", DUE, GRACE + "\nquota: 7");
        platform.change("platform", "main", "tenants/payments.yaml", "payments@acme", "pay@acme");
        WorkflowRun run = build();
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("Onboard payments", run);
        jenkins.assertLogContains("'quota' is given twice", run);
        jenkins.assertLogNotContains("DELETES", run);
        assertThat(jenkins.jenkins.getItemByFullName("orders/order-api")).isNotNull();
        assertThat(objects("orders-dev")).isTrue();
        int builds = onboarding.getItem("main").getLastBuild().getNumber();
        new TombstoneWatch().look(TaskListener.NULL);
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        assertThat(onboarding.getItem("main").getLastBuild().getNumber()).isEqualTo(builds);
        BrokenFiles monitor = ExtensionList.lookupSingleton(BrokenFiles.class);
        assertThat(monitor.getFaults())
                .singleElement()
                .asString()
                .startsWith("tenant orders is served as its files said before: tenants/orders.yaml:");
        assertThat(new Pages(jenkins).get("admin", "manage/").getContentAsString())
                .contains("tenant orders is served as its files said before");
        platform.change("platform", "main", "tenants/orders.yaml", GRACE + "\nquota: 7", GRACE);
        jenkins.assertBuildStatusSuccess(build());
        assertThat(monitor.isActivated()).isFalse();
    }

    private void aJobThatPeopleMadeIsInTheWay() throws Exception {
        WorkflowJob strange =
                jenkins.jenkins.getItemByFullName("orders", Folder.class).createProject(WorkflowJob.class, "mine");
        platform.change("platform", "main", "tenants/orders.yaml", GRACE, DUE);
        WorkflowRun run = build();
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("DELETES namespace orders-dev", run);
        jenkins.assertLogContains("nothing is deleted yet: somebody else made Jenkins job orders/mine", run);
        assertThat(jenkins.jenkins.getItemByFullName("orders/order-api")).isNotNull();
        strange.delete();
    }

    private void onItsDayTheTenantIsGone() throws Exception {
        platform.change("platform", "main", "platform.yaml", "platform:", "# again\nplatform:");
        WorkflowRun run = build();
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("deleted job orders/order-api", run);
        jenkins.assertLogContains("deleted folder orders", run);
        assertThat(jenkins.jenkins.getItemByFullName("orders")).isNull();
        assertThat(jenkins.jenkins.getItemByFullName("payments/payment-gateway"))
                .isNotNull();
        assertThat(objects("orders-dev")).isFalse();
        assertThat(objects("payments-dev")).isTrue();
        assertThat(platform.git("orders-gitops", "branch", "--list")).contains("dev", "prod");
    }

    private void aServiceGoesAlone() throws Exception {
        platform.change("platform", "main", "tenants/payments.yaml", "type: gateway", "type: gateway\n    " + DUE);
        WorkflowRun run = build();
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("deleted job payments/payment-gateway", run);
        assertThat(jenkins.jenkins.getItemByFullName("payments/gitops")).isNotNull();
        assertThat(objects("payments-dev")).isTrue();
    }

    private void theFolderThatWasThereBeforeOutlivesItsTenant() throws Exception {
        platform.change("platform", "main", "tenants/payments.yaml", "owners:", DUE + "\nowners:");
        WorkflowRun run = build();
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("stays, since it was made by hand", run);
        Folder payments = jenkins.jenkins.getItemByFullName("payments", Folder.class);
        assertThat(payments.getItems()).extracting(item -> item.getName()).containsExactly("notes");
        assertThat(payments.getProperties().get(TenantProperty.class)).isNull();
        assertThat(objects("payments-dev")).isFalse();
    }

    private void onTheDayTheBuildBeginsByItselfAndOnce() throws Exception {
        int before = onboarding.getItem("main").getLastBuild().getNumber();
        TombstoneWatch watch = new TombstoneWatch();
        watch.look(TaskListener.NULL);
        watch.look(TaskListener.NULL);
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        WorkflowRun run = onboarding.getItem("main").getLastBuild();
        assertThat(run.getNumber()).isEqualTo(before + 1);
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("The day of offboarding has come: orders, payments", run);
        jenkins.assertLogNotContains("deleted ", run);
    }

    private boolean objects(String namespace) {
        return Files.exists(folder.resolve("cluster/objects").resolve(namespace));
    }

    /** Indexes the platform's repository, and waits for what that sets off. */
    private WorkflowRun build() throws Exception {
        onboarding.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        return onboarding.getItem("main").getLastBuild();
    }
}
