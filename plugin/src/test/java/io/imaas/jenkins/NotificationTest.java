package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.jenkins.notice.NoticesAction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whom a service's imaas.yaml names hears of its builds, from a real server's view that is busy at first. */
@WithJenkins
class NotificationTest {
    private static final int PATIENCE = 300_000;

    /** The recipient of this test is on this machine. */
    private static final String HERE = "io.imaas.webhooksHere";

    private static final String SETTINGS =
            """
            notifications:
              - {channel: webhook, to: orders-hook, when: [success, failure]}
              - {channel: slack, to: "#orders", when: [success]}
            """;

    @TempDir
    private Path folder;

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private TestPlatform platform;
    private HttpServer people;

    @BeforeEach
    void begin() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        System.setProperty(HERE, "true");
        platform = TestPlatform.begin(folder);
        people = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        people.createContext("/", this::take);
        people.start();
    }

    @AfterEach
    void end() {
        System.clearProperty(HERE);
        people.stop(0);
        platform.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean busy = calls.incrementAndGet() == 1;
        if (busy) {
            exchange.getResponseHeaders().add("Retry-After", "1");
        } else {
            messages.add(exchange.getRequestURI() + " " + body);
        }
        exchange.sendResponseHeaders(busy ? 503 : 200, -1);
        exchange.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + people.getAddress().getPort() + "/" + path;
    }

    @Test
    void peopleHearOfADeliveryAndOfAFailureAndWhoCannotIsNoFailure(JenkinsRule jenkins) throws Exception {
        platform.configure();
        platform.add("order-report", "main", "imaas.yaml", SETTINGS);
        platform.addJenkinsfile("platform", "main", "imaasOnboarding()");
        Vault.text(CredentialsScope.GLOBAL, "orders-hook", url("s3cret-hook"));

        WorkflowRun delivery = onboarded(jenkins);
        NoticesAction told = told(delivery);
        // Yellow for want of a unit-test server, and not for Slack.
        jenkins.assertBuildStatus(Result.UNSTABLE, delivery);
        assertThat(told.getTold()).containsExactly("notified webhook orders-hook");
        assertThat(told.getTroubles())
                .containsExactly("slack #orders could not be notified: no Slack credentials are configured"
                        + " (name some in the tenant's folder, or for the platform)");
        assertThat(calls).as("it was busy at first").hasValue(2);
        assertThat(messages).singleElement().satisfies(message -> assertThat(message)
                .startsWith("/s3cret-hook {")
                .contains("\"occasion\":\"success\"", "\"tenant\":\"orders\"", "\"service\":\"order-report\"")
                .contains("\"version\":\"1.0.2\"", "\"environment\":\"dev\"", "unit-test server")
                .containsPattern("\"digest\":\"[0-9a-f]{12}\"")
                .contains("\"link\":\"" + jenkins.getURL() + "job/orders/"));
        assertThat(JenkinsRule.getLog(delivery)).doesNotContain("s3cret-hook");
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(browser.getPage(delivery).asNormalizedText())
                    .contains("notified webhook orders-hook", "slack #orders could not be notified");
        }

        promotionsByHandAreTold(jenkins);
    }

    /** With Slack's secret of the tenant alone, which no build could bind. */
    private void promotionsByHandAreTold(JenkinsRule jenkins) throws Exception {
        messages.clear();
        Vault.text(CredentialsScope.SYSTEM, "imaas-orders-slack", url("s3cret-slack"));
        ImaasConfiguration.get().setTenantSlackCredentials("imaas-{tenant}-slack");
        Folder orders = jenkins.jenkins.getItemByFullName("orders", Folder.class);
        orders.getProperties().get(TenantProperty.class).setSlackCredentialsId("imaas-orders-slack");
        WorkflowRun promoted =
                script(jenkins, orders, "promote", "imaasPromote(service: 'order-report', from: 'dev', to: 'test')");
        jenkins.assertBuildStatusSuccess(promoted);
        assertThat(told(promoted).getTold())
                .containsExactlyInAnyOrder("notified webhook orders-hook", "notified slack #orders");
        assertThat(messages).anySatisfy(message -> assertThat(message)
                .startsWith("/s3cret-slack {\"channel\":\"#orders\",\"text\":\"*Done: Promote ")
                .contains("tenant orders · order-report 1.0.2 (", "to test"));

        messages.clear();
        // Nobody saw it healthy in test yet.
        WorkflowRun refused = script(
                jenkins,
                orders,
                "refused",
                "imaasStages(imaasPlan(intent: 'promote', service: 'order-report', from: 'test', to: 'prod'))");
        jenkins.assertBuildStatus(Result.FAILURE, refused);
        assertThat(told(refused).getTold()).containsExactly("notified webhook orders-hook");
        assertThat(messages).singleElement().satisfies(message -> assertThat(message)
                .contains("\"occasion\":\"failure\"", "\"result\":\"refused\"", "healthy in test"));
    }

    private WorkflowRun onboarded(JenkinsRule jenkins) throws Exception {
        WorkflowMultiBranchProject onboarding = Jobs.multibranch(jenkins, "platform", platform.url("platform"));
        onboarding.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivityUpTo(PATIENCE);
        return jenkins.jenkins
                .getItemByFullName("orders/order-report", WorkflowMultiBranchProject.class)
                .getItem("main")
                .getLastBuild();
    }

    private static NoticesAction told(WorkflowRun run) throws InterruptedException {
        for (int i = 0; run.getAction(NoticesAction.class) == null; i++) {
            assertThat(i).as("somebody is told soon").isLessThan(120);
            Thread.sleep(500);
        }
        return run.getAction(NoticesAction.class);
    }

    private static WorkflowRun script(JenkinsRule jenkins, Folder folder, String name, String script) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("@Library('imaas') _\n" + script, true));
        return jenkins.waitForCompletion(Jobs.byPerson(job));
    }
}
