package io.imaas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaas.testing.Git;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the answers that a real Argo CD 3.5.1 gave, shortened. */
class AdoptCommandTest {
    private static final String IMAGE = "registry.example.org/legacy/api@sha256:" + "a".repeat(64);

    @TempDir
    Path folder;

    private final Map<String, String> answers = new LinkedHashMap<>();
    private final List<String> written = new ArrayList<>();
    private HttpServer argo;
    private Git platform;

    @BeforeEach
    void begin() throws IOException {
        argo = Loopback.http();
        argo.createContext("/", exchange -> {
            if (!exchange.getRequestMethod().equals("GET")) {
                written.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            }
            String answer = answers.get(exchange.getRequestURI().getPath());
            byte[] body = (answer == null ? "{}" : answer).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        argo.start();
        platform = Git.in(Files.createDirectories(folder.resolve("work")));
        platform.run("init", "-q", "-b", "main");
        Files.writeString(
                folder.resolve("work/platform.yaml"), "platform: acme\nregistries: [registry.example.org/acme]\n");
        platform.run("add", ".");
        platform.run("-c", "user.name=ann", "-c", "user.email=a@example.org", "commit", "-qm", "first");
        platform.run(
                "clone", "-q", "--bare", ".", folder.resolve("platform.git").toString());
        applications("Synced", "{}");
        answers.put("/api/v1/applications/l1-api/manifests", "{\"manifests\":[" + quoted(deployment(2)) + "]}");
    }

    @AfterEach
    void end() {
        argo.stop(0);
    }

    @Test
    void theFilesAreWrittenAndPushedToABranchAndNothingElseIs() {
        CommandLineRun run = adopt("--output", folder.resolve("out").toString(), "--open-pull-request");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "l1-api: becomes l1-api of legacy1 in prod, its objects stay as they are: 1; release " + IMAGE
                                + "; until now from Helm: https://git.example.org/legacy.git helm main",
                        "pushed branch imaas/adopt-legacy1: open a pull request from it",
                        "  imaas onboard\n",
                        "  imaas rollout l1-api prod --tenant legacy1\n",
                        "1 to adopt, 0 refused");
        Git bare = Git.in(folder.resolve("platform.git"));
        assertThat(bare.run("diff", "--name-only", "main", "imaas/adopt-legacy1")
                        .lines())
                .containsExactly("adopt/legacy1/prod/l1-api.yaml", "tenants/legacy1.yaml");
        assertThat(bare.run("show", "imaas/adopt-legacy1:adopt/legacy1/prod/l1-api.yaml"))
                .contains("kind: Deployment")
                .doesNotContain("tracking-id");
        assertThat(written).isEmpty();
        assertThat(folder.resolve("out/tenants/legacy1.yaml")).exists();
        assertThat(folder.resolve("cluster")).doesNotExist();
    }

    @Test
    void whatIsOutOfSyncIsToldFieldByFieldAndRefused() {
        applications("OutOfSync", "{}");
        answers.put(
                "/api/v1/applications/l1-api/managed-resources",
                "{\"items\":[{\"group\":\"apps\",\"kind\":\"Deployment\",\"namespace\":\"legacy1-prod\",\"name\":\"api\","
                        + "\"targetState\":" + quoted(deployment(2)) + ",\"liveState\":" + quoted(deployment(5))
                        + ",\"normalizedLiveState\":" + quoted(deployment(5)) + ",\"predictedLiveState\":"
                        + quoted(deployment(2)) + "}]}");
        CommandLineRun run = adopt("--output", folder.resolve("out").toString());

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out())
                .contains("l1-api: stays as it is: it does not run as it is wanted", "spec.replicas: 5 -> 2");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(adopt("--allow-changes").out()).contains("1 of its objects change", "spec.replicas: 5 -> 2");
    }

    @Test
    void whatAnotherApplicationMakesIsLeftToIt() {
        applications("Synced", "{\"argocd.argoproj.io/tracking-id\":\"all:argoproj.io/Application:argocd/l1-api\"}");
        assertThat(adopt().out()).contains("the application all makes it and would put it back");
    }

    @Test
    void anApplicationWithSeveralSourcesIsProposedAsArgoCdRendersIt() {
        applications("Synced", "{}");
        answers.computeIfPresent("/api/v1/applications", (path, list) -> list.replace(
                        "\"source\":{\"repoURL\":\"https://git.example.org/legacy.git\",\"path\":\"helm\",\"targetRevision\":\"main\"}",
                        "\"sources\":[{\"repoURL\":\"https://charts.example.org\",\"chart\":\"api\",\"targetRevision\":\"1.2.3\"},"
                                + "{\"repoURL\":\"https://git.example.org/values.git\",\"ref\":\"values\"}]")
                .replace("\"sourceType\":\"Helm\"", "\"sourceTypes\":[\"Helm\",\"\"]"));
        CommandLineRun run = adopt();

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("until now from Helm: https://charts.example.org api 1.2.3,"
                        + " https://git.example.org/values.git");
    }

    private void applications(String sync, String annotations) {
        answers.put(
                "/api/v1/applications",
                """
                {"items":[{"metadata":{"name":"l1-api","namespace":"argocd","annotations":%s},
                  "spec":{"project":"default","destination":{"name":"in-cluster","namespace":"legacy1-prod"},
                    "source":{"repoURL":"https://git.example.org/legacy.git","path":"helm","targetRevision":"main"}},
                  "status":{"sourceType":"Helm","controllerNamespace":"argocd","sync":{"status":"%s"}}}]}
                """
                        .formatted(annotations, sync));
    }

    private static String quoted(String json) {
        return "\"" + json.replace("\n", "").replace("\"", "\\\"") + "\"";
    }

    private static String deployment(int replicas) {
        return """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"api","annotations":
                {"argocd.argoproj.io/tracking-id":"l1-api:apps/Deployment:legacy1-prod/api"}},
                "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"api"}},"template":{"metadata":
                {"labels":{"app":"api"}},"spec":{"containers":[{"name":"mi","image":"%s"}]}}}}
                """
                .formatted(replicas, IMAGE);
    }

    private CommandLineRun adopt(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "adopt",
                "--platform",
                "file://" + folder.resolve("platform.git"),
                "--cluster-dir",
                folder.resolve("cluster").toString(),
                "--argocd",
                "http://127.0.0.1:" + argo.getAddress().getPort(),
                "--argocd-token",
                "t",
                "--owner",
                "@acme/leads",
                "--contact",
                "leads@example.org",
                "--gitops",
                "https://git.example.org/{tenant}.git",
                "--sources",
                "https://git.example.org/{tenant}/{service}.git",
                "--cache",
                folder.resolve("cache").toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }
}
