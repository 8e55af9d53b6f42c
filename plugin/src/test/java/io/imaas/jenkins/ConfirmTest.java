package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.User;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.jenkins.job.JenkinsJobs;
import io.imaas.jenkins.source.ImaasPermissions;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.tenancy.TenantName;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Ann passes gates by force; bob, and nobody else, says on the tenant's page that it was right. */
@SharedJenkins
class ConfirmTest {
    private static final String PAGE = "imaas/tenant/orders/";
    private static final String BUTTON = "hand?action=confirm&amp;service=order-api&amp;to=test";
    private static final String FORM = PAGE + "hand?action=confirm&service=order-api&to=test";

    @TempDir
    private Path folder;

    @Test
    void aSecondPersonIsShownWhatWasForcedAndConfirmsIt(JenkinsRule jenkins) throws Exception {
        try (TestPlatform platform = TestPlatform.begin(folder)) {
            platform.change("platform", "main", "platform.yaml", "\"@acme/platform-admins\"", "\"@ann\", \"@bob\"");
            platform.released();
            platform.branch("orders-gitops", "dev", "test");
            platform.change("orders-gitops", "dev", "services/order-api/release.yaml", "version: ", "version: 9");
            platform.configure();
            Folder orders = people(jenkins);
            forced(jenkins, orders);
            Pages pages = new Pages(jenkins);
            String start = FORM.replace("hand?", "start?");

            pages.eventually("bob", PAGE + "tables", 600, page -> page.contains(BUTTON));
            assertThat(pages.get("dora", PAGE + "tables").getContentAsString()).doesNotContain(BUTTON);
            assertThat(pages.get("dora", FORM).getStatusCode()).isEqualTo(403);
            assertThat(pages.ask("dora", HttpMethod.POST, start, true).getStatusCode())
                    .isEqualTo(403);
            assertThat(pages.get("ann", FORM).getContentAsString())
                    .contains("There is no plan:", "@ann overrode the gates of order-api and cannot confirm that")
                    .doesNotContain(">Confirm</button>");
            assertThat(pages.get("eve", FORM).getContentAsString())
                    .contains("@eve may not confirm overrides")
                    .doesNotContain(">Confirm</button>");
            assertThat(pages.get("bob", FORM).getContentAsString())
                    .contains("passed by force by @ann as @ann", "INC-7", ">Confirm</button>")
                    .doesNotContain("id=\"imaas-reason\"");

            // Who skips the form is asked by the engine all the same.
            for (String who : new String[] {"ann", "eve", "bob"}) {
                assertThat(pages.ask(who, HttpMethod.POST, start, true).getStatusCode())
                        .isEqualTo(302);
                jenkins.waitUntilNoActivity();
                assertThat(confirmations(platform)).as(who).isEqualTo(who.equals("bob") ? 1 : 0);
            }
            pages.eventually("bob", PAGE + "tables", 600, page -> page.contains("order-api") && !page.contains(BUTTON));
            assertThat(pages.get("eve", FORM).getContentAsString())
                    .contains("no override in test waits for a confirmation", "What waits for whom");
        }
    }

    private static long confirmations(TestPlatform platform) throws Exception {
        return platform.git("orders-gitops", "ls-tree", "-r", "--name-only", "imaas/records", "overrides/test/")
                .lines()
                .filter(line -> line.contains("/bob"))
                .count();
    }

    private static void forced(JenkinsRule jenkins, Folder orders) throws Exception {
        WorkflowJob job = orders.createProject(WorkflowJob.class, "force");
        job.setDefinition(new CpsFlowDefinition(
                "@Library('imaas') _\nimaasPromote(service: 'order-api', from: 'dev', to: 'test', override: 'INC-7')",
                true));
        User.getById("ann", true);
        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("ann"))));
    }

    private static Folder people(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        Folder orders = jenkins.createProject(Folder.class, "orders");
        orders.addProperty(new TenantProperty());
        new JenkinsJobs().ensureFolder(PlatformWorld.get().tenant(new TenantName("orders")));
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onFolders(orders)
                .to("ann", "bob", "eve", "dora")
                .grant(ImaasPermissions.PROMOTE)
                .onFolders(orders)
                .to("ann", "bob", "eve")
                .grant(ImaasPermissions.OVERRIDE)
                .onFolders(orders)
                .to("ann"));
        return orders;
    }
}
