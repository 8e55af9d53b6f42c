package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.testing.LeastRights;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token of a real Gitea that its owner withdraws while a release is on its way to production. */
@Tag("real")
class RealTokenTest {
    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String tenant = "tok" + Long.toString(System.nanoTime(), 36);
    private String server;
    private String user;
    private String password;
    private LoopbackRegistry registry;
    private LeastRights rights;
    private RealCommand imaas;
    private Map<String, String> accounts;

    @BeforeEach
    void begin() throws Exception {
        RealServer.variable("IMAAS_REAL_ARGOCD");
        server = RealServer.variable("IMAAS_REAL_GITEA");
        password = RealServer.variable("IMAAS_REAL_GITEA_PASSWORD");
        String administrator = RealServer.variable("IMAAS_REAL_GITEA_TOKEN");
        user = call("GET", "/user", "", "token " + administrator)
                .body()
                .replaceAll("(?s).*\"login\":\"([^\"]+)\".*", "$1");
        call("POST", "/user/repos", "{\"name\":\"" + tenant + "\"}", basic());
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        rights = new LeastRights(tenant, List.of("imaas-onboarding", "imaas-offboarding"));
        accounts = new HashMap<>(rights.make(folder));
        accounts.put("IMAAS_GIT_TOKEN", token());
        accounts.put("IMAAS_GIT_HOSTS", server);
        imaas = new RealCommand(folder, tenant, gitops(), accounts);
        write(
                folder,
                "platform/platform.yaml",
                "platform: " + tenant + "\nregistries: [\"" + registry.address() + "/life\"]\n"
                        + "policy:\n  images: {check: optional}\n");
        metadata("");
        imaas.done("onboard", tenant);
    }

    @AfterEach
    void end() throws Exception {
        if (imaas != null) {
            metadata("offboarding: {from: 2020-01-01, reason: the end of the test}");
            accounts.put("IMAAS_GIT_TOKEN", RealServer.variable("IMAAS_REAL_GITEA_TOKEN"));
            imaas.run("onboard", tenant);
            rights.close();
            registry.close();
            call("DELETE", "/repos/" + user + "/" + tenant, "", basic());
        }
    }

    @Test
    void aTokenWithdrawnBetweenTwoStepsEndsTheRunAtOnceAndTheSameCommandGoesOn() throws Exception {
        String[] path = {
            "release",
            "order-api",
            "dev",
            "--image",
            registry.address() + "/life/" + tenant + "/order-api@sha256:a1" + "0".repeat(62),
            "--version",
            "1.0.0",
            "--no-image-check",
            "--to",
            "prod"
        };
        Instant[] withdrawn = new Instant[1];
        RealCommand.Said said = imaas.at(
                "Roll out order-api to dev",
                process -> {
                    withdraw();
                    withdrawn[0] = Instant.now();
                },
                path);
        assertThat(Duration.between(withdrawn[0], Instant.now()))
                .as(said.text())
                .isLessThan(Duration.ofSeconds(30));
        assertThat(said.exitCode()).as(said.text()).isEqualTo(5);
        assertThat(said.text())
                .contains(
                        "does not accept these credentials",
                        "check that the token is valid",
                        "not run: Roll out order-api to prod");

        accounts.put("IMAAS_GIT_TOKEN", token());
        imaas.done(path);
        assertThat(imaas.done("status", "order-api"))
                .contains("1.0.0 a1000000 healthy")
                .doesNotContain("unproven");
    }

    private String gitops() {
        return server + "/" + user + "/" + tenant + ".git";
    }

    private void metadata(String due) throws IOException {
        write(
                folder,
                "platform/tenants/" + tenant + ".yaml",
                RealSources.file(tenant, gitops(), due, "order-api", "https://git.acme.example/order-api.git", ""));
    }

    private String token() throws Exception {
        String scopes = "[\"write:repository\",\"write:issue\",\"read:user\"]";
        return call(
                        "POST",
                        "/users/" + user + "/tokens",
                        "{\"name\":\"" + tenant + "\",\"scopes\":" + scopes + "}",
                        basic())
                .body()
                .replaceAll("(?s).*\"sha1\":\"([^\"]+)\".*", "$1");
    }

    private void withdraw() {
        try {
            assertThat(call("DELETE", "/users/" + user + "/tokens/" + tenant, "", basic())
                            .statusCode())
                    .isEqualTo(204);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> call(String method, String path, String body, String login) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/v1" + path))
                .header("Authorization", login)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
