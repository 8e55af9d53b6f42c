package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.imaas.testing.LeastRights;
import io.imaas.testing.RealServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Previews of pull requests of a real Gitea, on a real Argo CD and a real Kubernetes, by the command line. */
@Tag("real")
class RealPreviewTest {
    private static final String SETTINGS = "src/main/wso2mi/resources/conf/config.properties";
    private static final String KEYS = "order_backend_url:string\narchive_url:string\n# ";
    private static final String PREVIEWS =
            "previews: {ttl: 72h, max: 2, like: dev, quota: {cpu: 4, memory: 8Gi, pods: 8}}\n";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String tenant = "prv" + Long.toString(System.nanoTime(), 36);
    private String server;
    private String token;
    private String user;
    private LeastRights rights;
    private RealSources service;
    private KubernetesClient cluster;

    @BeforeEach
    void begin() throws Exception {
        RealServer.variable("IMAAS_REAL_ARGOCD");
        server = RealServer.variable("IMAAS_REAL_GITEA");
        token = RealServer.variable("IMAAS_REAL_GITEA_TOKEN");
        cluster = RealServer.kubernetes();
        user = call("GET", "/user", "").replaceAll("(?s).*\"login\":\"([^\"]+)\".*", "$1");
        call("POST", "/user/repos", "{\"name\":\"" + tenant + "\",\"default_branch\":\"dev\"}");
        rights = new LeastRights(tenant, List.of("imaas-onboarding", "imaas-offboarding"));
        Map<String, String> accounts = new HashMap<>(rights.make(folder));
        accounts.put("IMAAS_GIT_TOKEN", token);
        accounts.put("IMAAS_GIT_HOSTS", RealServer.variable("IMAAS_REAL_GIT") + "," + server);
        service = new RealSources(folder, tenant, accounts, null, server + "/" + user + "/" + tenant + ".git");
        service.login(token);
        service.platform("");
        service.tenant(PREVIEWS);
    }

    @AfterEach
    void end() throws Exception {
        if (service != null) {
            service.tenant(PREVIEWS + "offboarding: {from: 2020-01-01, reason: the end of the test}");
            service.imaas.run("onboard", tenant);
            rights.close();
            service.close();
            cluster.close();
            call("DELETE", "/repos/" + user + "/" + tenant, "");
            call("DELETE", "/admin/users/" + tenant + "?purge=true", "");
        }
    }

    @Test
    void previewsComeAreReplacedAndGoWithTheirPullRequests() throws Exception {
        service.imaas.done("onboard", tenant);
        service.push("dev", Map.of("README.md", "The report of a day's orders.\n"));
        int one = open("feature-1");
        service.imaas.done(delivery("work", one));
        String first = image(one);
        assertThat(comments(one))
                .contains(
                        "Preview order-report-pr-" + one,
                        "order-report-pr-" + one + "." + tenant + "-preview.svc:8290");

        // Two at once, of which one is new.
        service.push("feature-1", Map.of(SETTINGS, KEYS + "again\n"));
        service.copyTo("again");
        int two = open("feature-2");
        CompletableFuture<RealCommand.Said> again =
                CompletableFuture.supplyAsync(() -> service.imaas.run(delivery("again", one)));
        RealCommand.Said fresh = service.imaas.run(delivery("work", two));
        assertThat(again.get().exitCode()).as(again.get().text()).isZero();
        assertThat(fresh.exitCode()).as(fresh.text()).isZero();
        assertThat(image(one)).isNotEqualTo(first);
        assertThat(image(two)).isNotNull();

        int three = open("feature-3");
        assertThat(service.imaas.done(delivery("work", three))).contains("2 previews stand, and 2 may");
        assertThat(comments(three)).contains("no preview of order-report");
        int fork = fork();
        assertThat(service.imaas.done(delivery("work", fork))).contains("the code of a fork is not trusted");

        call("PATCH", "/repos/" + user + "/" + tenant + "/pulls/" + one, "{\"state\":\"closed\"}");
        assertThat(service.imaas.done("preview", "list"))
                .contains("pull request #" + one + " is closed", "pull request #" + two + " is open");
        service.imaas.killedAt("ok ", "preview", "remove", "--over");
        service.imaas.done("preview", "remove", "--over");
        assertThat(image(one)).isNull();
        assertThat(image(two)).isNotNull();
        assertThat(comments(one))
                .contains("Preview order-report-pr-" + one + " is gone")
                .doesNotContain("svc:8290");

        service.imaas.killedAt("Release order-report-pr-" + three, delivery("work", three, "feature-3"));
        service.tenant("");
        assertThat(service.imaas.done("preview", "list")).contains("the tenant has no previews any more");
        service.imaas.done("preview", "remove", "--over");
        assertThat(service.imaas.done("preview", "list")).contains("no previews");
        assertThat(image(two)).isNull();
        assertThat(image(three)).isNull();
        service.tenant(PREVIEWS);
    }

    private String[] delivery(String checkout, int pull) {
        return new String[] {
            "deliver", checkout, "--as-pull-request", String.valueOf(pull), "--branch", "dev", "--timeout", "3m"
        };
    }

    /** From another branch than the one that is checked out. */
    private String[] delivery(String checkout, int pull, String branch) {
        service.checkout(branch);
        return delivery(checkout, pull);
    }

    private int open(String branch) throws Exception {
        service.push(branch, Map.of(SETTINGS, KEYS + branch + "\n"));
        return pull(branch);
    }

    /** Gitea works a push off after it has answered it. */
    private int pull(String head) throws Exception {
        String body = "{\"head\":\"" + head + "\",\"base\":\"dev\",\"title\":\"Change\"}";
        String path = "/repos/" + user + "/" + tenant + "/pulls";
        String answer = call("POST", path, body);
        for (int i = 0; i < 60 && !answer.contains("\"number\":"); i++) {
            Thread.sleep(500);
            answer = call("POST", path, body);
        }
        assertThat(answer).contains("\"number\":");
        return Integer.parseInt(answer.replaceAll("(?s).*?\"number\":(\\d+).*", "$1"));
    }

    /** Somebody else's copy of the repository. */
    private int fork() throws Exception {
        call(
                "POST",
                "/admin/users",
                "{\"username\":\"" + tenant + "\",\"email\":\"" + tenant
                        + "@example.org\",\"password\":\"a-Long-1-word\"," + "\"must_change_password\":false}");
        call("POST", "/repos/" + user + "/" + tenant + "/forks?sudo=" + tenant, "{}");
        service.pushTo(server + "/" + tenant + "/" + tenant + ".git", "theirs", Map.of(SETTINGS, KEYS + "theirs\n"));
        return pull(tenant + ":theirs");
    }

    private String comments(int pull) throws Exception {
        return call("GET", "/repos/" + user + "/" + tenant + "/issues/" + pull + "/comments", "");
    }

    private String image(int pull) {
        Deployment found = cluster.apps()
                .deployments()
                .inNamespace(tenant + "-preview")
                .withName("order-report-pr-" + pull)
                .get();
        return found == null
                ? null
                : found.getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
    }

    private String call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/v1" + path))
                .header("Authorization", "token " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
