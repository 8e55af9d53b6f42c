package io.imaas.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.imaas.jenkins.config.ArgoCdServer;
import io.imaas.jenkins.config.FolderServer;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.KubernetesServer;
import io.imaas.jenkins.config.TenantProperty;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/**
 * What an earlier version left in a Jenkins home is understood by this one. The files are as the first released form has
 * them: never fix a failing test by changing them. Build 1 is whole, of build 2 the plan is of a format that nobody knows.
 */
@WithJenkins
class UpgradeTest {
    @LocalData
    @Test
    void whatTheFirstVersionLeftIsUnderstood(JenkinsRule jenkins) throws Exception {
        theConfigurationIsThere();
        Folder orders = jenkins.jenkins.getItemByFullName("tenants/orders", Folder.class);
        TenantProperty tenant = orders.getProperties().get(TenantProperty.class);
        assertThat(tenant.getCheckoutCredentialsId()).isEqualTo("orders-git");
        assertThat(tenant.getRegistryCredentialsId()).isEqualTo("orders-registry");

        WorkflowJob job = (WorkflowJob) orders.getItem("by_hand");
        WorkflowRun whole = job.getBuildByNumber(1);
        assertThat(new PlansOfBuild(whole).all().get(0).intended()).isEqualTo(EveryStep.plan());
        assertThat(new PlansOfBuild(whole).all().get(0).log().read())
                .containsAll(EveryStep.events().subList(1, EveryStep.events().size() - 1));
        String page = page(jenkins, whole, "");
        assertThat(page).contains("Deliver order-api", "it was refused", "Try: ask somebody");
        assertThat(page(jenkins, whole, "imaas/")).contains("order-api 1.0.2", "opened by force", "Roll out order-api");
        whatNobodyUnderstandsCostsThePanelAlone(jenkins);
    }

    private static void theConfigurationIsThere() {
        ImaasConfiguration platform = ImaasConfiguration.get();
        assertThat(platform.getPlatformRepository()).isEqualTo("https://github.com/acme/imaas-platform.git");
        assertThat(platform.getPlatformBranch()).isEqualTo("trunk");
        assertThat(platform.getGitCredentialsId()).isEqualTo("imaas-git");
        assertThat(platform.getRegistryCredentialsId()).isEqualTo("imaas-registry");
        assertThat(platform.getTenantsFolder()).isEqualTo("tenants");
        assertThat(platform.getTestServers()).isEqualTo("mi-1:9008 mi-2:9008");
        assertThat(platform.getServers())
                .hasSize(3)
                .satisfies(
                        server -> {
                            ArgoCdServer argo = (ArgoCdServer) server;
                            assertThat(argo.getUrl()).isEqualTo("https://argocd.acme.example");
                            assertThat(argo.getCredentialsId()).isEqualTo("imaas-argocd");
                            assertThat(argo.getEnvironments()).isEqualTo("test prod");
                        },
                        atIndex(0))
                .satisfies(
                        server -> assertThat(((KubernetesServer) server).getContext())
                                .isEqualTo("two"),
                        atIndex(1))
                .satisfies(
                        server -> assertThat(((FolderServer) server).getPath()).isEqualTo("/srv/cluster"), atIndex(2));
    }

    private static void whatNobodyUnderstandsCostsThePanelAlone(JenkinsRule jenkins) throws Exception {
        WorkflowRun strange = jenkins.jenkins
                .getItemByFullName("tenants/orders/by_hand", WorkflowJob.class)
                .getBuildByNumber(2);
        assertThat(strange.getResult()).isEqualTo(Result.SUCCESS);
        assertThat(page(jenkins, strange, ""))
                .contains("The plans of this build can't be read")
                .contains("it was refused");
        assertThat(page(jenkins, strange, "imaas/")).contains("The plans of this build can't be read");
    }

    private static String page(JenkinsRule jenkins, WorkflowRun run, String path) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            return browser.goTo(run.getUrl() + path).asNormalizedText();
        }
    }
}
