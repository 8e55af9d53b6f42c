package io.imaas.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.system.SystemClock;
import io.imaas.catalog.CatalogReader;
import io.imaas.cli.doctor.CheckResult.Status;
import io.imaas.model.identity.Secret;
import io.imaas.model.tenancy.Tenant;
import io.imaas.testing.Git;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches that were put back all at once, of which Argo CD alone knows better. */
class DeployedCheckTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private Git bare;
    private Tenant tenant;
    private String one;
    private String two;
    private String said = "";
    private String names = "[{\"metadata\":{\"name\":\"shop-dev-old\"}},{\"metadata\":{\"name\":\"shop-dev-cart\"}}]";

    @BeforeEach
    void begin() throws IOException {
        Git.in(folder).run("init", "-q", "--bare", "-b", "dev", "gitops.git");
        bare = Git.in(folder.resolve("gitops.git"));
        tenant = CatalogReader.read(
                        Map.of(
                                "platform.yaml",
                                "platform: acme\nregistries: [registry.example.org/imaas]\n",
                                "tenants/shop.yaml",
                                "tenant: shop\nowners: ['@acme/shop']\ncontact: s@example.org\ngitops: file://"
                                        + folder.resolve("gitops.git")
                                        + "\nenvironments: [{name: dev}]\nquota: {cpu: 1, memory: 1Gi, pods: 9}\nservices: []\n"))
                .orThrow()
                .tenants()
                .get(0);
        one = commit("one");
        two = commit("two", "-p", one);
        server = Loopback.http();
        // As Argo CD 3.5 does: its list leaves out fields that it does not know, and this history is one.
        server.createContext("/api/v1/applications", exchange -> {
            String asked = exchange.getRequestURI().toString().replaceFirst(".*applications", "");
            String answer =
                    switch (asked) {
                        case "?projects=shop-dev&fields=items.metadata.name" -> "{\"items\":" + names + "}";
                        case "/shop-dev-old?project=shop-dev" -> "{}";
                        case "/shop-dev-cart?project=shop-dev" -> said;
                        default -> "";
                    };
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 403 : 200, Math.max(1, body.length));
            exchange.getResponseBody().write(answer.isEmpty() ? new byte[1] : body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void whatWasPutBackBelowADeploymentIsFoundThoughAllBranchesAgree() {
        bare.run("update-ref", "refs/heads/rendered/dev", two);
        said = history(
                entry(one, "rendered/dev", tenant.gitops().value()), entry(two, "rendered/dev", "https://other"));
        assertThat(look().status()).isEqualTo(Status.OK);
        said = history(
                entry(one, "rendered/dev", tenant.gitops().value()),
                entry(two, "rendered/dev", tenant.gitops().value()));
        assertThat(look().found()).contains("hold 2 commits");

        bare.run("update-ref", "refs/heads/rendered/dev", one);
        CheckResult result = look();
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.found()).contains("rendered/dev does not hold " + two).doesNotContain(one);
        assertThat(result.fix()).contains(two + ":refs/heads/rendered/dev");

        bare.run("update-ref", "-d", "refs/heads/rendered/dev");
        assertThat(look().status()).isEqualTo(Status.FAIL);
        bare.run("update-ref", "refs/heads/rendered/dev", commit("begun anew"));
        assertThat(look().found()).contains(one, two);
    }

    @Test
    void whatCameFromElsewhereSaysNothing() {
        bare.run("update-ref", "refs/heads/rendered/dev", one);
        said = history(
                entry(two, "dev", tenant.gitops().value()),
                entry(two, "rendered/dev", "https://git.example.org/other.git"),
                entry("1.2.3", "rendered/dev", tenant.gitops().value()),
                "{}");
        assertThat(look().status()).isEqualTo(Status.SKIPPED);
        names = "null";
        assertThat(look().status()).isEqualTo(Status.SKIPPED);
    }

    private String commit(String message, String... parents) {
        String tree = bare.run("hash-object", "-t", "tree", "-w", "/dev/null").strip();
        String[] words = {"-c", "user.name=i", "-c", "user.email=i@example.org", "commit-tree", "-m", message, tree};
        return bare.run(java.util.stream.Stream.of(words, parents)
                        .flatMap(java.util.stream.Stream::of)
                        .toArray(String[]::new))
                .strip();
    }

    private static String history(String... entries) {
        return "{\"status\":{\"history\":[" + String.join(",", entries) + "]}}";
    }

    private static String entry(String revision, String target, String repository) {
        return "{\"id\":1,\"revision\":\"" + revision
                + "\",\"deployedAt\":\"2026-11-30T08:00:00Z\",\"source\":{\"repoURL\":\"" + repository
                + "\",\"path\":\"cart\",\"targetRevision\":\"" + target + "\"}}";
    }

    private CheckResult look() {
        try (GitRepositories repositories = new GitRepositories(
                GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), new SystemClock()))) {
            return new DeployedCheck(
                            new ArgoCdServer(
                                    URI.create("http://localhost:"
                                            + server.getAddress().getPort()),
                                    new Secret("token"),
                                    new Web()),
                            tenant,
                            repositories.at(tenant.gitops()))
                    .get();
        }
    }
}
