package io.imaas.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.adapter.system.SystemClock;
import io.imaas.cli.doctor.CheckResult.Status;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.model.tenancy.Windows;
import io.imaas.testing.Git;
import io.imaas.testing.Loopback;
import io.imaas.testing.Tenants;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an Argo CD that answers as 3.5.1 was seen to: {@code RealSignaturesTest} asks that one. */
class SignedSourceCheckTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final String ACCEPTED =
            "{\"author\":\"a\",\"sourceIntegrityResult\":{\"Checks\":[{\"Name\":\"GIT/GPG\",\"Problems\":[]}]}}";
    private static final String REFUSED =
            "{\"author\":\"a\",\"sourceIntegrityResult\":{\"Checks\":[{\"Name\":\"GIT/GPG\","
                    + "\"Problems\":[\"Failed verifying revision by 'Ann': unsigned (key_id=)\"]}]}}";
    private static final String NOT_CHECKED = "{\"author\":\"a\"}";

    @TempDir
    Path folder;

    private HttpServer server;
    private Git bare;
    private Function<String, String> answer;

    @BeforeEach
    void begin() throws IOException {
        bare = Git.in(folder);
        bare.run("init", "-q", "--bare", "-b", "dev", "gitops.git");
        bare = Git.in(folder.resolve("gitops.git"));
        String tree = bare.run("hash-object", "-t", "tree", "-w", "/dev/null").strip();
        String tip = bare.run("-c", "user.name=i", "-c", "user.email=i@example.org", "commit-tree", "-m", "one", tree)
                .strip();
        bare.run("update-ref", "refs/heads/rendered/dev", tip);
        server = Loopback.http();
        server.createContext("/api/v1/applications/shop-dev-cart/revisions/", exchange -> {
            String revision = exchange.getRequestURI().getPath().split("/")[6];
            // Argo CD fetches all branches before it looks: the commit must be on one.
            boolean there = bare.run("branch", "--contains", revision).contains("rendered/");
            String said = there ? answer.apply(revision.equals(tip) ? "tip" : "pushed") : "";
            byte[] body = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.isEmpty() ? 403 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void itIsProvenByACommitThatNobodySignedAndThatGoesAgain() {
        answer = commit -> commit.equals("tip") ? ACCEPTED : REFUSED;
        CheckResult result = look();
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.OK);
        assertThat(result.found()).contains("refused a commit without a signature in dev");
        assertThat(bare.run("branch", "--list").strip()).isEqualTo("rendered/dev");
    }

    @Test
    void anArgoCdThatTakesTheUnsignedCommitFailsWhetherItChecksNothingOrFindsNothing() {
        for (String said : List.of(NOT_CHECKED, ACCEPTED)) {
            answer = commit -> said;
            CheckResult result = look();
            assertThat(result.status()).isEqualTo(Status.FAIL);
            assertThat(result.found()).contains("accepts a commit without a signature in dev");
            assertThat(result.fix()).contains("imaas onboard shop");
        }
    }

    @Test
    void aKeyThatArgoCdDoesNotKnowIsToldWithTheCommandThatAddsIt() {
        answer = commit -> REFUSED;
        CheckResult result = look();
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.found()).contains("refuses what is to run: dev: Failed verifying revision");
        assertThat(result.fix()).contains("argocd gpg add --from FILE");
    }

    @Test
    void theBranchGoesAlsoWhenArgoCdDoesNotAnswer() {
        answer = commit -> "";
        assertThatThrownBy(this::look).isInstanceOf(FailureException.class).hasMessageContaining("403");
        assertThat(bare.run("branch", "--list").strip()).isEqualTo("rendered/dev");
    }

    private CheckResult look() {
        Service cart = new Service(
                new ServiceName("cart"),
                new RepositoryUrl("https://git.example.org/cart.git"),
                ServiceType.GATEWAY,
                List.of(DEV),
                Stop.NONE,
                Offboarding.NONE,
                List.of(),
                List.of(),
                List.of(),
                "");
        Tenant tenant = Tenants.rendered(Tenants.tenant(
                new TenantName("shop"),
                "Shop",
                List.of("@acme/shop"),
                "shop@example.org",
                new RepositoryUrl("https://git.example.org/shop.git"),
                List.of(new Environment(
                        DEV,
                        ApprovalPolicy.NONE,
                        1,
                        List.of(),
                        Duration.ZERO,
                        false,
                        false,
                        DirectChangePolicy.FLAG,
                        false,
                        Offboarding.NONE,
                        Windows.ALWAYS,
                        false)),
                new Quota("2", "4Gi", 10),
                List.of(),
                List.of(cart)));
        try (GitRepositories unsigned =
                new GitRepositories(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), new SystemClock())
                        .signedBy(CommitSigning.none()))) {
            return new SignedSourceCheck(
                            new ArgoCdServer(
                                    URI.create("http://localhost:"
                                            + server.getAddress().getPort()),
                                    new Secret("token"),
                                    new Web()),
                            tenant,
                            unsigned.at(new RepositoryUrl(
                                    folder.resolve("gitops.git").toString())))
                    .get();
        }
    }
}
