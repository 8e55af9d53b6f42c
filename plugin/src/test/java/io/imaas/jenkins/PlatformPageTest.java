package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.jenkins.job.JenkinsJobs;
import io.imaas.jenkins.source.ImaasPermissions;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.tenancy.TenantName;
import java.nio.file.Path;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Two tenants, orders and payments, each with a folder; dora may read that of orders, rita may act there as well. */
@SharedJenkins
class PlatformPageTest {
    private static final String PROMOTION =
            "imaas/tenant/orders/start?action=promote&service=order-api&from=dev&to=test&reason=why";

    @TempDir
    private Path folder;

    private TestPlatform platform;
    private JenkinsRule jenkins;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        platform = TestPlatform.begin(folder);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
    }

    @AfterEach
    void end() {
        platform.close();
    }

    private void onboarded() throws Exception {
        platform.configure();
        Folder orders = jenkins.createProject(Folder.class, "orders");
        orders.addProperty(new TenantProperty());
        new JenkinsJobs().ensureFolder(PlatformWorld.get().tenant(new TenantName("orders")));
        Folder payments = jenkins.createProject(Folder.class, "payments");
        payments.addProperty(new TenantProperty());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onFolders(orders)
                .to("dora", "rita")
                .grant(ImaasPermissions.PROMOTE)
                .onFolders(orders)
                .to("rita")
                .grant(Item.DISCOVER)
                .onFolders(payments)
                .to("dora"));
    }

    private WebResponse get(String user, String path) throws Exception {
        return new Pages(jenkins).get(user, path);
    }

    private WebResponse ask(String user, HttpMethod method, String path, boolean crumb) throws Exception {
        return new Pages(jenkins).ask(user, method, path, crumb);
    }

    private String eventually(String user, String path, Predicate<String> fits) throws Exception {
        return new Pages(jenkins).eventually(user, path, 200, fits);
    }

    @Test
    void everybodySeesTheirTenantsAndNotAWordOfOthers() throws Exception {
        onboarded();
        administratorsSeeAllTenantsAndOthersThoseWhoseFolderTheyMayRead();
        theJsonForProgramsTellsNobodyMore();
        aTenantThatOneMayNotSeeIsAsAbsentAsOneThatIsNotThere();
        theLinkInTheSideBarIsForThoseWhoHaveSomethingToSee();
        noPageHasScriptsOrStylesOfItsOwn();
    }

    @Test
    void whoMayPromoteStartsABuildByPostAndNobodyElseDoes() throws Exception {
        onboarded();
        eventually("admin", "imaas/", page -> page.contains("tenant-orders"));
        nothingIsStartedByALink();
        whatIsNotOfTheTenantIsRefused();
        promotingNeedsThePermissionOnTheTenantsFolder();
        approversSayYesOrNoOnThePage();
        theJobForWorkByHandIsMadeOnceAndKeptUpToDate();
    }

    @Test
    void whatCantBeReadIsToldToThoseWhoCanMendIt() throws Exception {
        aControllerWithoutPlatformSaysWhereToConfigureIt();
        anUnreadablePlatformTellsAdministratorsWhyAndOthersNothing();
    }

    @Test
    void aTenantThatCantBeReadOrIsHostileHarmsNoOther() throws Exception {
        platform.change("platform", "main", "tenants/payments.yaml", "payments-gitops", "nowhere");
        platform.change(
                "platform",
                "main",
                "tenants/orders.yaml",
                "displayName: Order management",
                "displayName: \"<script>alert(1)</script>\"");
        onboarded();
        aTenantThatCantBeReadSaysSoInItsPlace();
        aHostileDisplayNameIsText();
    }

    private void administratorsSeeAllTenantsAndOthersThoseWhoseFolderTheyMayRead() throws Exception {
        assertThat(eventually("admin", "imaas/", page -> page.contains("tenant-payments")))
                .contains("tenant-orders");
        assertThat(eventually("dora", "imaas/", page -> page.contains("tenant-orders")))
                .doesNotContain("payments")
                .doesNotContain("Promote…");
        assertThat(get("", "imaas/").getContentAsString())
                .contains("There is no tenant that you may see")
                .doesNotContain("tenant-orders")
                .doesNotContain("payments");
    }

    private void theJsonForProgramsTellsNobodyMore() throws Exception {
        assertThat(eventually("admin", "imaas/api/json", text -> text.contains("\"payments\"")))
                .contains("\"orders\"", "\"revision\"");
        assertThat(eventually("dora", "imaas/api/json", text -> text.contains("\"orders\"")))
                .doesNotContain("payments");
        assertThat(get("", "imaas/api/json").getContentAsString())
                .doesNotContain("orders")
                .doesNotContain("payments");
    }

    private void aTenantThatOneMayNotSeeIsAsAbsentAsOneThatIsNotThere() throws Exception {
        assertThat(get("admin", "imaas/tenant/payments/").getStatusCode()).isEqualTo(200);
        assertThat(get("dora", "imaas/tenant/orders/").getStatusCode()).isEqualTo(200);
        WebResponse hidden = get("dora", "imaas/tenant/payments/");
        WebResponse absent = get("dora", "imaas/tenant/nobody/");
        assertThat(hidden.getStatusCode()).isEqualTo(404);
        assertThat(absent.getStatusCode()).isEqualTo(404);
        assertThat(hidden.getContentAsString().replace("payments", "nobody")).isEqualTo(absent.getContentAsString());
        assertThat(get("dora", "imaas/tenant/payments/tables").getStatusCode()).isEqualTo(404);
        String evidence = "/evidence?service=order-api&to=dev";
        assertThat(get("dora", "imaas/tenant/payments" + evidence).getStatusCode())
                .isEqualTo(404);
        assertThat(get("", "imaas/tenant/orders" + evidence).getStatusCode()).isEqualTo(404);
        assertThat(get("dora", "imaas/tenant/orders" + evidence.replace("dev", "nowhere"))
                        .getContentAsString())
                .contains("nowhere");
    }

    private void theLinkInTheSideBarIsForThoseWhoHaveSomethingToSee() throws Exception {
        assertThat(get("dora", "").getContentAsString()).contains("Integration platform");
        assertThat(get("", "").getContentAsString()).doesNotContain("Integration platform");
    }

    private void promotingNeedsThePermissionOnTheTenantsFolder() throws Exception {
        assertThat(ask("dora", HttpMethod.POST, PROMOTION, true).getStatusCode())
                .isEqualTo(403);
        assertThat(ask("dora", HttpMethod.GET, PROMOTION.replace("start", "hand"), false)
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(ask("", HttpMethod.POST, PROMOTION, true).getStatusCode()).isEqualTo(404);
        assertThat(hand().getBuilds()).isEmpty();
        assertThat(ask("rita", HttpMethod.GET, PROMOTION.replace("start", "hand"), false)
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(ask("rita", HttpMethod.POST, PROMOTION, true).getStatusCode())
                .isEqualTo(302);
        jenkins.waitUntilNoActivity();
        assertThat(hand().getLastBuild()
                        .getCause(hudson.model.Cause.UserIdCause.class)
                        .getUserId())
                .isEqualTo("rita");
        // Nothing was ever delivered here: the engine is who says so.
        assertThat(jenkins.getLog(hand().getLastBuild())).contains("order-api");
    }

    private void approversSayYesOrNoOnThePage() throws Exception {
        String refusal = PROMOTION.replace("promote", "refuse");
        assertThat(ask("rita", HttpMethod.GET, refusal.replace("start", "hand"), false)
                        .getContentAsString())
                .contains("Your word on order-api for test")
                .doesNotContain("value=\"confirm\"")
                .containsPattern("<option (value=\"refuse\" selected|selected=\"selected\" value=\"refuse\")");
        assertThat(ask("rita", HttpMethod.POST, refusal.replace("why", ""), true)
                        .getContentAsString())
                .contains("Give a reason");
        assertThat(ask("dora", HttpMethod.POST, refusal, true).getStatusCode()).isEqualTo(403);
        assertThat(ask("rita", HttpMethod.POST, refusal, true).getStatusCode()).isEqualTo(302);
        jenkins.waitUntilNoActivity();
        // The engine was asked, and knows of nothing to refuse yet.
        assertThat(jenkins.getLog(hand().getLastBuild())).contains("order-api has no release in dev");
    }

    private WorkflowJob hand() {
        return jenkins.jenkins.getItemByFullName("orders/by_hand", WorkflowJob.class);
    }

    private void nothingIsStartedByALink() throws Exception {
        assertThat(ask("rita", HttpMethod.GET, PROMOTION, false).getStatusCode())
                .isEqualTo(405);
        assertThat(hand().getBuilds()).isEmpty();
        assertThat(jenkins.jenkins.getQueue().getItems()).isEmpty();
    }

    private void whatIsNotOfTheTenantIsRefused() throws Exception {
        WebResponse answer = ask("rita", HttpMethod.POST, PROMOTION.replace("order-api", "%3Cimg%20src=x%3E"), true);
        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(answer.getContentAsString()).doesNotContain("<img src=x>");
        assertThat(hand().getBuilds()).isEmpty();
    }

    private void theJobForWorkByHandIsMadeOnceAndKeptUpToDate() throws Exception {
        assertThat(new JenkinsJobs().ensureFolder(PlatformWorld.get().tenant(new TenantName("orders"))))
                .noneMatch(effect -> effect.isChange());
        hand().setDefinition(new org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition("echo 'old'", true));
        assertThat(new JenkinsJobs().ensureFolder(PlatformWorld.get().tenant(new TenantName("orders"))))
                .anyMatch(effect -> effect.isChange() && effect.name().equals("orders/by_hand"));

        hand().removeProperty(ParametersDefinitionProperty.class);
        hand().addProperty(new ParametersDefinitionProperty(
                new ChoiceParameterDefinition("action", new String[] {"promote", "approve"}, "as it was once"),
                new StringParameterDefinition("own", "", "added by people")));
        assertThat(new JenkinsJobs().ensureFolder(PlatformWorld.get().tenant(new TenantName("orders"))))
                .anyMatch(effect -> effect.isChange() && effect.name().equals("orders/by_hand"));
        ParametersDefinitionProperty parameters = hand().getProperty(ParametersDefinitionProperty.class);
        assertThat(parameters.getParameterDefinitionNames()).containsExactly("action", "own");
        assertThat(((ChoiceParameterDefinition) parameters.getParameterDefinition("action")).getChoices())
                .contains("refuse", "withdraw", "confirm");
    }

    private void aControllerWithoutPlatformSaysWhereToConfigureIt() throws Exception {
        assertThat(get("admin", "imaas/").getContentAsString()).contains("No platform repository is configured yet");
        assertThat(get("admin", "imaas/api/json").getContentAsString()).contains("\"tenants\" : [ ]");
    }

    private void anUnreadablePlatformTellsAdministratorsWhyAndOthersNothing() throws Exception {
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("dora"));
        ImaasConfiguration.get().setPlatformRepository("file:///nowhere/of-this-name.git");
        assertThat(eventually("admin", "imaas/", page -> page.contains("can't be read")))
                .contains("of-this-name");
        assertThat(eventually("dora", "imaas/", page -> page.contains("can't be read")))
                .doesNotContain("of-this-name");
    }

    private void aTenantThatCantBeReadSaysSoInItsPlace() throws Exception {
        assertThat(eventually("admin", "imaas/", page -> page.contains("What runs here could not be read")))
                .contains("nowhere.git", "tenant-orders", "tenant-payments");
    }

    private void aHostileDisplayNameIsText() throws Exception {
        assertThat(eventually("admin", "imaas/", page -> page.contains("tenant-orders")))
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert(1)");
        assertThat(get("admin", "imaas/tenant/orders/").getContentAsString()).doesNotContain("<script>alert(1)");
    }

    private void noPageHasScriptsOrStylesOfItsOwn() throws Exception {
        String page = eventually("admin", "imaas/tenant/orders/tables", text -> text.contains("imaas-tables"));
        assertThat(page).doesNotContain("<script").doesNotContain("style=").doesNotContain("onclick=");
    }
}
