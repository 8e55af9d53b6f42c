package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import io.imaas.jenkins.config.TenantProperty;
import java.nio.file.Path;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What waits, what differs and what changed in a period, as pages. Dora may see the tenant orders, and no other. */
@SharedJenkins
class ReportPagesTest {
    @TempDir
    private Path folder;

    private TestPlatform platform;
    private JenkinsRule jenkins;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        platform = TestPlatform.begin(folder);
        platform.released();
        platform.configure();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        Folder orders = tenant("orders");
        tenant("payments");
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onFolders(orders)
                .to("dora"));
        eventually("dora", "imaas/", page -> page.contains("1.4.0"));
    }

    @AfterEach
    void end() {
        platform.close();
    }

    private Folder tenant(String name) throws Exception {
        Folder made = jenkins.createProject(Folder.class, name);
        made.addProperty(new TenantProperty());
        return made;
    }

    @Test
    void theInboxTellsWhatWaitsForWhomInTheTenantsThatOneMaySee() throws Exception {
        assertThat(eventually("dora", "imaas/inbox/", page -> page.contains("order-api in test")))
                .contains("imaas rollout", "1.4.0 of dev")
                .doesNotContain("payments");
        assertThat(eventually("dora", "imaas/inbox/tables", page -> page.contains("order-api in test")))
                .doesNotContain("<html", "<script", "style=");
        assertThat(get("", "imaas/inbox/").getContentAsString())
                .contains("Nothing waits.")
                .doesNotContain("order-api");
        assertThat(get("dora", "imaas/api/json").getContentAsString()).contains("\"inbox\"", "\"whom\"");
    }

    @Test
    void theInboxTellsAdministratorsOfExceptionsThatEnd() throws Exception {
        platform.change(
                "platform",
                "main",
                "platform.yaml",
                "\npolicy:\n",
                """

                policy:
                  images:
                    vulnerabilities:
                      scanners: [{name: nightly, key: "%s"}]
                      exceptions: [{id: CVE-2026-1, reason: not used, owner: "@acme/sec", until: 2026-01-31}]
                """
                        .formatted("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOKCskFViN4lZcGgrWI2xJjK6lIMQ3Z1NaCqYB9KlDya"));
        platform.configure();
        assertThat(eventually("admin", "imaas/inbox/", page -> page.contains("CVE-2026-1")))
                .contains(">platform<", "the exception for CVE-2026-1 (not used) ended on 2026-01-31", "@acme/sec");
        assertThat(get("admin", "imaas/api/json").getContentAsString()).contains("CVE-2026-1");
        assertThat(get("dora", "imaas/inbox/").getContentAsString()).doesNotContain("CVE-2026-1");
        assertThat(get("dora", "imaas/api/json").getContentAsString()).doesNotContain("CVE-2026-1");
    }

    @Test
    void theInboxTellsATenantThatCantBeReadInItsPlace() throws Exception {
        platform.change("platform", "main", "tenants/payments.yaml", "payments-gitops", "nowhere");
        platform.configure();
        assertThat(eventually(
                        "admin",
                        "imaas/inbox/",
                        page -> page.contains("can't be read") && page.contains("order-api in test")))
                .contains("payments", "nowhere.git");
    }

    @Test
    void whatLiesBetweenTwoEnvironmentsIsShownPartByPart() throws Exception {
        String diff = "imaas/tenant/orders/diff?service=order-api&from=dev&to=test";
        assertThat(get("dora", "imaas/tenant/orders/").getContentAsString())
                .contains("diff?service=order-api&amp;from=dev&amp;to=test");
        assertThat(get("dora", diff).getContentAsString())
                .contains("dev has 1.4.0", "test has no release", "<h2>release.yaml</h2>")
                .contains("<span class=\"imaas-added\">+ version: 1.4.0</span>");
        assertThat(get("dora", diff.replace("to=test", "to=dev")).getContentAsString())
                .contains("both are dev");
        WebResponse wrong = get("dora", diff.replace("order-api", "%3Cb%3E"));
        assertThat(wrong.getStatusCode()).isEqualTo(400);
        assertThat(wrong.getContentAsString())
                .contains("is not a known service here")
                .doesNotContain("'<b>'");
        assertThat(get("dora", diff.replace("orders", "payments")).getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void theChangesOfAPeriodAreShownAndAreAFileForSpreadsheets() throws Exception {
        platform.change(
                "orders-gitops", "dev", "services/order-api/release.yaml", "version: 1.4.0", "version: <i>2</i>");
        String audit = "imaas/tenant/orders/audit";
        assertThat(get("dora", audit).getContentAsString())
                .contains("Changes of orders", "Against the separation of duties", "audit.csv?days=30")
                .doesNotContain("<i>1</i>");
        WebResponse file = get("dora", audit + ".csv?days=7");
        assertThat(file.getContentType()).isEqualTo("text/csv");
        assertThat(file.getResponseHeaderValue("Content-Disposition")).contains("orders-audit.csv");
        assertThat(file.getContentAsString()).startsWith("violations,at,service,environment");
        for (String days : new String[] {"0", "3651", "week", "-1", "99999999999"}) {
            WebResponse refused = get("dora", audit + "?days=" + days);
            assertThat(refused.getStatusCode()).isEqualTo(400);
            assertThat(refused.getContentAsString()).contains("give days from 1 to 3650");
        }
        assertThat(get("dora", audit.replace("orders", "payments")).getStatusCode())
                .isEqualTo(404);
        assertThat(get("", audit + ".csv").getStatusCode()).isEqualTo(404);
    }

    private WebResponse get(String user, String path) throws Exception {
        return new Pages(jenkins).get(user, path);
    }

    private String eventually(String user, String path, Predicate<String> fits) throws Exception {
        return new Pages(jenkins).eventually(user, path, 600, fits);
    }
}
