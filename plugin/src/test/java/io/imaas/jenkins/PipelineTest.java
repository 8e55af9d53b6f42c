package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import io.imaas.app.Imaas;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.evidence.EvidenceTrust;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.EvidenceReview;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A tenant's life as its people see it: by jobs that onboarding made, with the library that the plugin brings. */
@SharedJenkins
class PipelineTest {
    private static final int PATIENCE = 300_000;

    @TempDir
    private Path folder;

    /** What was posted to the system of tickets. */
    private final List<String> made = new CopyOnWriteArrayList<>();

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
        AtomicInteger asked = new AtomicInteger();
        HttpServer tickets = tickets(asked);
        platform.change(
                "platform",
                "main",
                "tenants/orders.yaml",
                "- name: prod",
                "- name: prod\n    approvers: [\"@anonymous\"]");
        platform.configure();
        onboard(jenkins);
        aTenantsJobActsForNobodyElse(jenkins);
        plansWhatAMergeChanges(jenkins);
        WorkflowMultiBranchProject service =
                jenkins.jenkins.getItemByFullName("orders/order-report", WorkflowMultiBranchProject.class);
        WorkflowRun delivery = service.getItem("main").getLastBuild();
        // There is no unit-test server here, and the platform warns of what was not tested.
        jenkins.assertBuildStatus(Result.UNSTABLE, delivery);
        jenkins.assertLogContains("Unstable because: Unit tests of order-report: skipped, 1 suite", delivery);
        jenkins.assertLogContains("order-report 1.0.2 is live in dev", delivery);
        assertThat(delivery.getDescription()).isEqualTo("order-report 1.0.2 is live in dev");
        assertThat(digestIn("dev")).startsWith("sha256:");
        assertThat(delivery.getArtifacts())
                .extracting(artifact -> artifact.relativePath)
                .contains("target/imaas/sbom/order-report.cdx.json", "target/imaas/checks/order-report.sarif");

        theFormShowsThePlanFirst(jenkins);
        promotesTheSameDigest(jenkins, service);
        takesTheKnownImageWithoutAnAgent(jenkins, service);
        promotesByHand(jenkins, asked);
        assertThat(asked.get()).isGreaterThan(1);
        tickets.stop(0);
        rollsBack(jenkins);
    }

    private void onboard(JenkinsRule jenkins) throws Exception {
        platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
        WorkflowMultiBranchProject onboarding = Jobs.multibranch(jenkins, "platform", platform.url("platform"));
        WorkflowRun run = build(jenkins, onboarding, "main");
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("created folder orders", run);
        jenkins.assertLogContains("created job orders/order-report", run);
        jenkins.assertLogContains("Onboard payments", run);
    }

    /** A merge plans the tenant that it changes, and not the other one. */
    private void plansWhatAMergeChanges(JenkinsRule jenkins) throws Exception {
        WorkflowMultiBranchProject job =
                jenkins.jenkins.getItemByFullName("platform", WorkflowMultiBranchProject.class);
        platform.change("platform", "main", "tenants/payments.yaml", "payments@acme", "pay@acme");
        WorkflowRun merged = build(jenkins, job, "main");
        jenkins.assertBuildStatusSuccess(merged);
        jenkins.assertLogContains("Onboard payments", merged);
        jenkins.assertLogNotContains("Onboard orders", merged);
    }

    /** On the way there from the tenant's folder. */
    private void theFormShowsThePlanFirst(JenkinsRule jenkins) throws Exception {
        assertThat(page(jenkins, "job/orders/")).contains("What runs where", "/imaas/tenant/orders/");
        assertThat(page(jenkins, "imaas/tenant/orders/hand?action=promote&service=order-report&from=dev&to=test"))
                .contains("<h3>Gates</h3>", "Roll out order-report to test", "<h3>Manifests</h3>", ">Promote</button>");
        assertThat(page(jenkins, "imaas/tenant/orders/hand?action=rollback&service=order-report&to=dev"))
                .contains("There is no plan:", "order-report has no earlier release in dev")
                .doesNotContain(">Roll back</button>");
        assertThat(platform.git("orders-gitops", "ls-tree", "--name-only", "test", "services/order-report/"))
                .doesNotContain("release.yaml");
    }

    private static String page(JenkinsRule jenkins, String path) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            String text = browser.goTo(path).getWebResponse().getContentAsString();
            // A machine under load may not have the plan in time; each look waits for it.
            for (int look = 0; look < 20 && text.contains("has not answered within"); look++) {
                text = browser.goTo(path).getWebResponse().getContentAsString();
            }
            return text;
        }
    }

    /** The merge of dev into test: the image is found by the sources' tree, and nothing is built. */
    private void promotesTheSameDigest(JenkinsRule jenkins, WorkflowMultiBranchProject service) throws Exception {
        String digest = digestIn("dev");
        platform.branch("order-report", "main", "test");
        WorkflowRun promotion = build(jenkins, service, "test");
        jenkins.assertBuildStatusSuccess(promotion);
        jenkins.assertLogNotContains("Running on", promotion);
        assertThat(digestIn("test")).isEqualTo(digest);
        assertThat(promotion.getDescription()).isEqualTo("order-report 1.0.2 is live in test");
    }

    private void takesTheKnownImageWithoutAnAgent(JenkinsRule jenkins, WorkflowMultiBranchProject service)
            throws Exception {
        WorkflowRun again = jenkins.waitForCompletion(
                service.getItem("main").scheduleBuild2(0).waitForStart());
        jenkins.assertLogContains("the registry has the image of these very sources", again);
        jenkins.assertLogNotContains("Running on", again);
    }

    /** A system whose gate says no at first, and when to ask again. */
    private HttpServer tickets(AtomicInteger asked) throws Exception {
        HttpServer tickets = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tickets.createContext("/", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                made.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            byte[] answer = ("{\"approved\": " + (asked.incrementAndGet() > 1) + ", \"found\": " + !made.isEmpty()
                            + "}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        tickets.start();
        String host = "http://127.0.0.1:" + tickets.getAddress().getPort();
        platform.change(
                "platform",
                "main",
                "platform.yaml",
                "registries:",
                "gateHosts: [\"" + host
                        + "\"]\ngates: [{name: ticket, environments: [prod], http: {url: \"" + host
                        + "/\"}, open: json.approved == true && json.found == true, askAgain: 1s, ticket: {missing: json.found == false,"
                        + " create: {url: \"" + host
                        + "/\", body: '{\"what\": \"${service} ${version}\"}'}}}]\nregistries:");
        return tickets;
    }

    private void promotesByHand(JenkinsRule jenkins, AtomicInteger asked) throws Exception {
        String said = "imaasApprove(to: 'prod', as: '', service: 'order-report'";
        jenkins.assertLogContains(
                "anonymous is not @acme/leads",
                script(jenkins, "orders", "other", said.replace("''", "'@acme/leads'") + ")"));
        jenkins.assertBuildStatusSuccess(script(jenkins, "orders", "no", said + ", refuse: 'not on a friday')"));
        WorkflowRun refused =
                script(jenkins, "orders", "refused", "imaasPromote(from: 'test', to: 'prod', service: 'order-report')");
        jenkins.assertLogContains("refused it", refused);
        jenkins.assertLogContains("not on a friday", refused);
        jenkins.assertBuildStatusSuccess(script(jenkins, "orders", "taken-back", said + ", withdraw: true)"));
        jenkins.assertBuildStatusSuccess(script(jenkins, "orders", "yes", said + ")"));
        asked.set(0);
        WorkflowRun run = script(
                jenkins,
                "orders",
                "by-hand",
                """
                def landed
                withEnv(['TRACEPARENT=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01']) {
                    landed = imaasPromote(from: 'test', to: 'prod', service: 'order-report', reason: 'friday', waitForGates: true)
                }
                echo "landed ${landed.commit}"
                def rollout = imaasRollout()
                echo "it is ${rollout.verdict}"
                echo "status " + imaasStatus().findAll { it.environment == 'prod' && it.version }.size()
                """);
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("the closed gates open by themselves: asked again at ", run);
        assertThat(made)
                .as("tickets, of which the first plan asked for one")
                .singleElement()
                .asString()
                .contains("order-report");
        jenkins.assertLogContains("it is live", run);
        assertThat(digestIn("prod")).isEqualTo(digestIn("dev"));
        assertThat(platform.git("orders-gitops", "log", "-1", "--format=%B", "prod"))
                .contains("friday", "Imaas-Trace: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        theEvidenceHolds(jenkins);
    }

    private void theEvidenceHolds(JenkinsRule jenkins) throws Exception {
        String link = "imaas/tenant/orders/evidence?service=order-report&to=prod";
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            // A page that has nothing yet asks to be loaded again.
            browser.setRefreshHandler((pending, url, seconds) -> {});
            String page = "";
            for (int i = 0; i < 600 && !page.contains(link.replace("&", "&amp;")); i++) {
                Thread.sleep(100);
                page = browser.goTo("imaas/tenant/orders/").getWebResponse().getContentAsString();
            }
            WebResponse evidence = browser.goTo(link, "application/json").getWebResponse();
            assertThat(evidence.getResponseHeaderValue("Content-Disposition"))
                    .contains("orders-order-report-prod-evidence.json");
            PlatformWorld world = PlatformWorld.get();
            EvidenceReview review = Imaas.verify(
                    world.engine(world.tenant(new TenantName("orders"))).imaas().ports(),
                    evidence.getContentAsString().getBytes(StandardCharsets.UTF_8),
                    EvidenceTrust.ofFile());
            assertThat(review.misfits()).isEmpty();
            assertThat(review.text()).contains("approved by anonymous as @anonymous", digestIn("prod"));
        }
    }

    private void rollsBack(JenkinsRule jenkins) throws Exception {
        String before = digestIn("dev");
        platform.change("order-report", "main", "pom.xml", "<version>1.0.2</version>", "<version>1.1.0</version>");
        WorkflowMultiBranchProject service =
                jenkins.jenkins.getItemByFullName("orders/order-report", WorkflowMultiBranchProject.class);
        build(jenkins, service, "main");
        assertThat(digestIn("dev")).isNotEqualTo(before);
        String back = "imaas/tenant/orders/hand?action=rollback&service=order-report&to=dev";
        assertThat(page(jenkins, back)).contains("value=\"" + before + "\"", ">Roll back</button>");
        assertThat(page(jenkins, back + "&release=" + before)).contains("Roll out order-report to dev");
        WorkflowRun run = script(
                jenkins,
                "orders",
                "back",
                "imaasRollback(service: 'order-report', environment: 'dev', reason: 'errors'); imaasRollout()");
        jenkins.assertBuildStatusSuccess(run);
        assertThat(digestIn("dev")).isEqualTo(before);
    }

    private void aTenantsJobActsForNobodyElse(JenkinsRule jenkins) throws Exception {
        WorkflowRun named = script(
                jenkins,
                "orders",
                "named",
                "imaasPlan(intent: 'promote', tenant: 'payments', from: 'dev', to: 'test')");
        jenkins.assertBuildStatus(Result.FAILURE, named);
        jenkins.assertLogContains(
                "POLICY: orders/named: a job of tenant orders can't act for tenant 'payments'", named);

        WorkflowRun outside = script(jenkins, "", "nobodys", "imaasStatus()");
        jenkins.assertLogContains("this job belongs to no tenant", outside);

        WorkflowRun misspelt =
                script(jenkins, "orders", "misspelt", "imaasPlan(intent: 'promote', form: 'dev', to: 'test')");
        jenkins.assertLogContains("there is no option 'form'", misspelt);

        WorkflowMultiBranchProject stray = Jobs.multibranch(jenkins, "stray", platform.url("order-report"));
        WorkflowRun elsewhere = build(jenkins, stray, "main");
        jenkins.assertBuildStatus(Result.FAILURE, elsewhere);
        jenkins.assertLogContains("the repository belongs to tenant orders, this job does not", elsewhere);
    }

    @Test
    void metadataThatIsWrongIsToldWithItsPlace(JenkinsRule jenkins) throws Exception {
        platform.configure();
        platform.change("platform", "main", "tenants/orders.yaml", "type: step", "type: stp");
        platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
        WorkflowMultiBranchProject onboarding = Jobs.multibranch(jenkins, "platform", platform.url("platform"));
        WorkflowRun run = build(jenkins, onboarding, "main");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("tenants/orders.yaml:", run);
        jenkins.assertLogContains("step", run);
        assertThat(jenkins.jenkins.getItemByFullName("orders")).isNull();
    }

    /** Indexes a job's repository, and waits for what that sets off. */
    private static WorkflowRun build(JenkinsRule jenkins, WorkflowMultiBranchProject job, String branch)
            throws Exception {
        job.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        WorkflowJob built = job.getItem(branch);
        assertThat(built).as(job.getFullName() + " " + branch).isNotNull();
        return built.getLastBuild();
    }

    /** Runs a script that is written into a job. */
    private static WorkflowRun script(JenkinsRule jenkins, String folder, String name, String script) throws Exception {
        WorkflowJob job = folder.isEmpty()
                ? jenkins.createProject(WorkflowJob.class, name)
                : jenkins.jenkins.getItemByFullName(folder, Folder.class).createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.waitForCompletion(Jobs.byPerson(job));
    }

    private String digestIn(String branch) throws Exception {
        return platform.git("orders-gitops", "show", branch + ":services/order-report/release.yaml")
                .lines()
                .filter(line -> line.contains("digest:"))
                .map(line -> line.replaceFirst(".*digest: *\"?", "").replace("\"", ""))
                .findFirst()
                .orElseThrow();
    }
}
