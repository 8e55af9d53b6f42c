package io.imaas.adapter.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JenkinsServerTest {
    private static final String LOGIN = "ann:11token";

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            asked.add(path);
            String expected = "Basic " + Base64.getEncoder().encodeToString(LOGIN.getBytes(UTF_8));
            String text = answers.get(path);
            int status = !expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    ? 401
                    : text == null ? 404 : text.isEmpty() ? 403 : 200;
            byte[] body = (text == null ? "" : text).getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private List<String> jobs(String login) {
        try (JenkinsServer jenkins = new JenkinsServer(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ci/"), name -> Optional.of(login)
                        .filter(value -> name.equals(JenkinsServer.LOGIN))
                        .map(Secret::new))) {
            return jenkins.all().stream()
                    .map(job -> job.name() + " | " + job.kind() + " | " + job.repository())
                    .toList();
        }
    }

    private void items(String folder, String jobs) {
        answers.put(
                "/ci/" + folder + "api/json?tree=jobs%5Bname%2C_class%5D",
                "{\"_class\":\"hudson.model.Hudson\",\"jobs\":[" + jobs + "]}");
    }

    private static String item(String name, String type) {
        return "{\"_class\":\"" + type + "\",\"name\":\"" + name + "\"}";
    }

    @Test
    void jobsInFoldersAreReadAndTheBranchesOfAJobAreNot() {
        items(
                "",
                item("team a", "com.cloudbees.hudson.plugins.folder.Folder") + ","
                        + item("sync", "org.jenkinsci.plugins.workflow.job.WorkflowJob"));
        items("job/team%20a/", item("api", "org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject"));
        answers.put(
                "/ci/job/team%20a/job/api/config.xml",
                "<?xml version='1.1' encoding='UTF-8'?>\n<org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject>"
                        + "<sources><source><remote>https://bot:pw@git.example.org/orders/api.git</remote></source></sources>"
                        + "</org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject>");
        answers.put("/ci/job/sync/config.xml", "<?xml version='1.1'?><flow-definition/>");

        assertThat(jobs(LOGIN))
                .containsExactly(
                        "sync | pipeline | ",
                        "team a/api | multibranch pipeline | https://git.example.org/orders/api.git");
        assertThat(asked).hasSize(4);
    }

    @Test
    void aLoginThatIsWrongOrLacksAPermissionSaysWhatToGiveAndWhere() {
        assertThatThrownBy(() -> jobs("ann:wrong")).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(FailureKind.POLICY);
            assertThat(e.failure().suggestion()).contains("IMAAS_JENKINS_LOGIN", "user:token");
        });
        items("", item("sync", "org.jenkinsci.plugins.workflow.job.WorkflowJob"));
        answers.put("/ci/job/sync/config.xml", "");
        assertThatThrownBy(() -> jobs(LOGIN)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().what()).contains("Job/ExtendedRead");
            assertThat(e.failure().where().toString()).contains("/ci/job/sync/config.xml");
            assertThat(e.failure().suggestion()).contains("Manage Jenkins > Security");
        });
    }

    @Test
    void hostileAnswersAreRefusedWithTheirPlace() {
        items("", item("sync", "org.jenkinsci.plugins.workflow.job.WorkflowJob"));
        answers.put("/ci/job/sync/config.xml", "<!DOCTYPE x [<!ENTITY e 'x'>]><flow-definition>&e;</flow-definition>");
        assertThatThrownBy(() -> jobs(LOGIN))
                .hasMessageContaining("can't be read")
                .hasMessageContaining("config.xml");
        answers.put("/ci/job/sync/config.xml", "<project>" + "x".repeat(1 << 20) + "</project>");
        assertThatThrownBy(() -> jobs(LOGIN)).hasMessageContaining("bytes");
        assertThatThrownBy(() -> new JenkinsServer(URI.create("ftp://x"), name -> Optional.empty()))
                .hasMessageContaining("no Jenkins");
    }
}
