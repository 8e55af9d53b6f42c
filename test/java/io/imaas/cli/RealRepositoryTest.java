package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.system.SystemClock;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.testing.RealServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant's GitOps repository on a real Gitea, from nothing to protected, and back. */
@Tag("real")
class RealRepositoryTest {
    private final String server = RealServer.variable("IMAAS_REAL_GITEA");
    private final String token = RealServer.variable("IMAAS_REAL_GITEA_TOKEN");
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private LoopbackRegistry registry;
    private String repository;

    @BeforeEach
    void platform() throws Exception {
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        String user = call("GET", "/user", "").body().replaceAll("(?s).*\"login\":\"([^\"]+)\".*", "$1");
        repository = user + "/gitops-" + System.nanoTime();
        write(
                folder,
                "platform/platform.yaml",
                "platform: acme\nregistries: [\"" + registry.address() + "/acme\"]\ngitHosts: [\"" + server
                        + "\", git.example.org]\n");
        write(
                folder,
                "platform/tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: orders@example.org\ngitops: " + server + "/"
                        + repository + ".git\nenvironments:\n  - name: dev\n  - name: prod\n    replicas: 3\n"
                        + "    pullRequests: true\n    approvers: [\"@acme/managers\"]\n"
                        + "quota: {cpu: 2, memory: 4Gi, pods: 8}\nservices:\n  - name: api\n"
                        + "    repository: https://git.example.org/api.git\n    type: gateway\n");
    }

    @AfterEach
    void remove() throws Exception {
        call("DELETE", "/repos/" + repository, "");
        registry.close();
    }

    @Test
    void itIsMadeProtectedAndKept() throws Exception {
        CommandLineRun dry = run("onboard", "--dry-run");
        assertThat(dry.out())
                .as(dry.err())
                .contains(
                        "create    repository " + repository,
                        "create    GitOps branch dev",
                        "create    branch protection rendered/*",
                        "create    branch protection prod");
        assertThat(call("GET", "/repos/" + repository, "").statusCode()).isEqualTo(404);

        CommandLineRun made = run("onboard");
        assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
        // Gitea works a push off after it has answered it.
        String owners = "/repos/" + repository + "/raw/CODEOWNERS?ref=dev";
        for (int i = 0; i < 240 && call("GET", owners, "").statusCode() == 404; i++) {
            Thread.sleep(250);
        }
        assertThat(call("GET", owners, "").body())
                .isEqualTo(
                        """
                        # Who reviews changes; the last line that fits counts.
                        * @acme/leads
                        /services/*/env/prod.yaml @acme/managers
                        """);
        assertThat(call("GET", "/repos/" + repository + "/branches", "").body())
                .contains("\"rendered/dev\"", "\"rendered/prod\"");
        CommandLineRun again = run("onboard", "--detailed-exitcode");
        assertThat(again.exitCode()).as(again.out() + again.err()).isEqualTo(4);

        call("DELETE", "/repos/" + repository + "/branch_protections/rendered%2F*", "");
        assertThat(run("audit").out())
                .contains("high  branch protection rendered/*: is missing (imaas audit orders --repair)", "1 finding");
        assertThat(run("audit", "--repair").exitCode()).isZero();
    }

    @Test
    void aRunThatCantBeFinishedTakesItBack() throws Exception {
        new LocalCluster(folder.resolve("cluster"), new SystemClock())
                .apply(List.of(new Manifest(
                        "v1",
                        "Namespace",
                        "",
                        "orders-dev",
                        "apiVersion: v1\nkind: Namespace\nmetadata: {name: orders-dev, labels: {team: other}}\n")));
        CommandLineRun refused = run("onboard");
        assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(5);
        assertThat(call("GET", "/repos/" + repository, "").statusCode()).isEqualTo(404);

        // The last step of all, when everything is made and protected already.
        new LocalCluster(folder.resolve("cluster"), new SystemClock())
                .delete("v1", "Namespace", "", "orders-dev", new OwnLabels(Map.of("team", "other")));
        write(folder, "jobs/tenant_orders", "where the folder of its jobs should be");
        CommandLineRun late =
                run("onboard", "--jobs-dir", folder.resolve("jobs").toString());
        assertThat(late.exitCode()).as(late.out() + late.err()).isNotZero();
        assertThat(late.out()).contains("taken back");
        assertThat(call("GET", "/repos/" + repository, "").statusCode())
                .as(late.out() + late.err())
                .isEqualTo(404);
    }

    @Test
    void anApplicationsSourcesAreNotTakenForAGitOpsRepository() throws Exception {
        String name = repository.substring(repository.indexOf('/') + 1);
        call("POST", "/user/repos", "{\"name\":\"" + name + "\",\"auto_init\":true,\"default_branch\":\"main\"}");

        CommandLineRun refused = run("onboard");
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.err()).contains("is not empty (branches main)", "imaas onboard orders --adopt");
        CommandLineRun adopted = run("onboard", "--adopt");
        assertThat(adopted.exitCode()).as(adopted.out() + adopted.err()).isZero();
        assertThat(run("onboard", "--detailed-exitcode").exitCode()).isEqualTo(4);
    }

    /** Gitea stops when this much of the repository is there, and starts again after 25 s. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/git/refs/heads/rendered/dev", "/branch_protections/rendered%2F*"})
    void aGiteaThatStartsAgainInTheMiddleCostsTimeAndNotTheRun(String part) throws Exception {
        RealServer.variable("IMAAS_REAL_CONTROL");
        CompletableFuture<CommandLineRun> onboarding = CompletableFuture.supplyAsync(() -> run("onboard"));
        while (call("GET", "/repos/" + repository + part, "").statusCode() != 200) {
            assertThat(onboarding).as(part).isNotDone();
        }
        RealServer.control("stop", "gitea");
        try {
            Thread.sleep(25_000);
        } finally {
            RealServer.control("start", "gitea");
        }
        CommandLineRun made = onboarding.get();
        assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
        CommandLineRun again = run("onboard", "--detailed-exitcode");
        assertThat(again.exitCode()).as(again.out() + again.err()).isEqualTo(4);
    }

    private CommandLineRun run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--platform",
                folder.resolve("platform").toString(),
                "--cluster-dir",
                folder.resolve("cluster").toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--git-token",
                token,
                "--git-hosts",
                server));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/v1" + path))
                .header("Authorization", "token " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
