package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.plugins.git.GitSCM;
import hudson.util.FormValidation;
import io.imaas.jenkins.config.EventsConfiguration;
import io.imaas.jenkins.world.EventFollower;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.tenancy.TenantName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A controller that follows the events of a server. */
@SharedJenkins
class EventFollowerTest {
    @TempDir
    private Path folder;

    /** What the server answers next; without any it lets its client wait, as the real one does. */
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private TestPlatform platform;
    private JenkinsRule jenkins;
    private HttpServer server;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        jenkins = rule;
        platform = TestPlatform.begin(folder);
        platform.configure();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/v1/events", this::answer);
        server.start();
        Vault.text(CredentialsScope.SYSTEM, "events", "token-of-the-test");
        EventsConfiguration wanted = EventsConfiguration.get();
        wanted.setServer("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        wanted.setCredentialsId("events");
    }

    @AfterEach
    void end() {
        EventsConfiguration.get().setServer("");
        server.stop(0);
        platform.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getQuery() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        try {
            String answer = answers.poll(20, TimeUnit.SECONDS);
            byte[] body = (answer == null ? events(7, false) : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders("down".equals(answer) ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static String events(long next, boolean gap, String... pushed) {
        List<String> events = new ArrayList<>();
        for (String subject : pushed) {
            events.add("{\"type\":\"branch.pushed\",\"subject\":\"" + subject + "\",\"data\":{\"branch\":\"main\"}}");
        }
        return "{\"events\":[" + String.join(",", events) + "],\"next\":" + next + ",\"gap\":" + gap + "}";
    }

    private String nextAsked() throws InterruptedException {
        String request = asked.poll(3, TimeUnit.MINUTES);
        assertThat(request).isNotNull();
        return request;
    }

    private static String nameOfOrders() {
        return PlatformWorld.get().tenant(new TenantName("orders")).displayName();
    }

    private static WorkflowJob built(WorkflowMultiBranchProject job) throws InterruptedException {
        for (int i = 0; i < 1_800; i++) {
            WorkflowJob main = job.getItem("main");
            if (main != null && main.getLastCompletedBuild() != null) {
                return main;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("it was not built");
    }

    @Test
    void aPushStartsJobsAndRefreshesTheCatalogAndNothingIsLostWhileTheServerIsDown() throws Exception {
        platform.write("order-report", "main", "Jenkinsfile", "echo 'built'\n");
        WorkflowMultiBranchProject job = Jobs.multibranch(jenkins, "report", platform.url("order-report"));
        String before = nameOfOrders();

        EventFollower.get().begin();
        assertThat(nextAsked()).contains("wait=25", "limit=0", "Bearer token-of-the-test");
        answers.add(events(5, false));
        assertThat(nextAsked()).startsWith("wait=25&after=5 ");
        assertThat(job.getItem("main")).as("nobody pushed").isNull();

        platform.change("platform", "main", "tenants/orders.yaml", "displayName: ", "displayName: New ");
        answers.add(events(6, false, platform.url("order-report"), platform.url("platform"), "https://x.example/y"));
        assertThat(nextAsked()).startsWith("wait=25&after=6 ");
        jenkins.assertLogContains("built", built(job).getLastCompletedBuild());
        assertThat(nameOfOrders()).isEqualTo("New " + before);

        answers.add("down");
        assertThat(nextAsked()).as("it comes again").startsWith("wait=25&after=6 ");
        assertThat(nameOfOrders()).as("from memory").isEqualTo("New " + before);
        platform.change("platform", "main", "tenants/orders.yaml", "displayName: New ", "displayName: Newer ");
        answers.add(events(9, true));
        assertThat(nextAsked()).startsWith("wait=25&after=9 ");
        assertThat(nameOfOrders()).as("after a gap all is read").isEqualTo("Newer " + before);
        jenkins.waitUntilNoActivity();
    }

    @Test
    void aTokenGoesByHttpsAlone() {
        EventsConfiguration wanted = EventsConfiguration.get();
        assertThat(wanted.doCheckServer("http://imaas.example.org").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(wanted.doCheckServer("https://imaas.example.org").kind).isEqualTo(FormValidation.Kind.OK);
        wanted.setServer("http://imaas.example.org");
        EventFollower.get().begin();
        assertThat(wanted.address()).isEmpty();
        assertThat(asked).isEmpty();
    }
}
