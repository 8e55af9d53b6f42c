package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.plugins.git.GitSCM;
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

/** A tenant's life as its people see it: onboarded, delivered, promoted, rolled back, by jobs that nobody wrote by hand. */
@WithJenkins
class PipelineTest {
    @TempDir
    private Path folder;

    private TestPlatform platform;

    @BeforeEach
    void begin() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        platform = TestPlatform.begin(folder);
    }

    @AfterEach
    void end() {
        platform.close();
    }

    @Test
    void aTenantIsOnboardedDeliveredPromotedAndRolledBack(JenkinsRule jenkins) throws Exception {
        platform.configure();
        onboard(jenkins);
        WorkflowMultiBranchProject service =
                jenkins.jenkins.getItemByFullName("orders/order-report", WorkflowMultiBranchProject.class);
        jenkins.waitUntilNoActivityUpTo(300_000);
        WorkflowRun delivery = service.getItem("main").getLastBuild();
        jenkins.assertBuildStatus(Result.UNSTABLE, delivery);
        assertThat(platform.git("orders-gitops", "log", "--format=%s", "dev")).contains("order-report");
    }

    private void onboard(JenkinsRule jenkins) throws Exception {
        WorkflowMultiBranchProject onboarding = Jobs.multibranch(jenkins, "platform", platform.url("platform"));
        platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
        onboarding.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(300_000);
        WorkflowJob main = onboarding.getItem("main");
        WorkflowRun run = main.getLastBuild();
        jenkins.assertBuildStatusSuccess(run);
    }
}
