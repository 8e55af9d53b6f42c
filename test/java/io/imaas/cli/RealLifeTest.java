package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.testing.Git;
import io.imaas.testing.LeastRights;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tenant's whole life on a real Argo CD and a real Kubernetes, by the documented commands, from nothing, and with accounts
 * that have the documented rights alone: the variables of docs/real-systems.md name the servers and their administrators.
 */
@Tag("real")
class RealLifeTest {
    private static final String DUE = "offboarding: {from: 2020-01-01, reason: the end of the test}";

    @TempDir
    Path folder;

    private final String tenant = "life" + Long.toString(System.nanoTime(), 36);
    private LoopbackRegistry registry;
    private Path bare;
    private String gitops;
    private RealCommand imaas;
    private LeastRights rights;

    @BeforeEach
    void begin() throws Exception {
        RealServer.variable("IMAAS_REAL_KUBECONFIG");
        RealServer.variable("IMAAS_REAL_ARGOCD");
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        bare = Path.of(RealServer.variable("IMAAS_REAL_GIT_ROOT"), tenant + ".git");
        gitops = RealServer.variable("IMAAS_REAL_GIT") + "/" + tenant + ".git";
        rights = new LeastRights(tenant, List.of("imaas-onboarding", "imaas-offboarding"));
        imaas = new RealCommand(folder, tenant, gitops, rights.make(folder));
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", bare.toString());
        write(
                folder,
                "platform/platform.yaml",
                "platform: life\nregistries: [\"" + registry.address() + "/life\"]\n"
                        + "policy:\n  images: {check: optional}\n");
        metadata("", "");
    }

    /** Also after a failure: what runs is taken away by the product's own offboarding. */
    @AfterEach
    void end() throws IOException {
        if (gitops != null) {
            metadata(DUE, "");
            imaas.run("onboard", tenant);
            rights.close();
            registry.close();
            FileUtils.delete(bare.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
        }
    }

    @Test
    void aServiceIsReleasedPromotedRolledBackResumedAndTakenAway() throws IOException {
        imaas.done("doctor");
        imaas.done("onboard", tenant);
        assertThat(imaas.done("onboard", tenant)).contains("0 created, 0 updated");
        imaas.done("release", "order-api", "dev", "--image", image("a1"), "--version", "1.0.0", "--no-image-check");
        imaas.done("rollout", "order-api", "dev", "--timeout", "2m");
        imaas.done("promote", "order-api", "dev", "test", "--no-image-check", "--timeout", "2m");
        imaas.done("promote", "order-api", "test", "prod", "--no-image-check", "--timeout", "3m");
        degraded("c4a5", "restarts");
        degraded("dead", "ImagePull");
        imaas.done("release", "order-api", "dev", "--image", image("b2"), "--version", "1.1.0", "--no-image-check");
        imaas.done("rollout", "order-api", "dev", "--timeout", "2m");
        aBranchPutBackIsTold("rendered/dev");
        imaas.done("rollback", "order-api", "dev", "--reason", "wrong totals", "--no-image-check", "--timeout", "2m");
        String[] again = {
            "release", "order-api", "dev", "--image", image("b2"), "--version", "1.1.0", "--no-image-check"
        };
        assertThat(imaas.run(again).exitCode()).as("held").isEqualTo(5);
        imaas.done("resume", "order-api", "dev");
        imaas.done(again);
        imaas.done("rollout", "order-api", "dev", "--timeout", "2m");
        assertThat(imaas.done("status", "order-api"))
                .contains("1.1.0 b2000000 healthy", "1.0.0 a1000000 healthy")
                .doesNotContain("unproven");
        metadata("", DUE);
        assertThat(imaas.done("onboard", tenant)).contains("Applications are gone", "3 deleted");
        metadata(DUE, "");
        assertThat(imaas.done("onboard", tenant)).contains("Spaces are gone", "6 deleted");
    }

    /** By an account with the documented role for it, and without Argo CD anywhere. */
    @Test
    void aTenantLivesWithoutArgoCd() throws IOException {
        List<String> roles = List.of("imaas-onboarding", "imaas-offboarding", "imaas-rollouts");
        RealCommand usual = imaas;
        try (LeastRights own = new LeastRights(tenant + "-direct", roles)) {
            Path kubeconfig = Files.writeString(folder.resolve("direct"), own.kubernetes());
            imaas = new RealCommand(
                    folder, tenant, gitops, Map.of("KUBECONFIG", kubeconfig.toString(), "IMAAS_ARGOCD", ""));
            metadata("delivery: direct", "");
            assertThat(imaas.done("doctor")).doesNotContain("does not let us");
            imaas.done("onboard", tenant);
            assertThat(imaas.done("onboard", tenant)).contains("0 created, 0 updated");
            imaas.done(
                    "release",
                    "order-api",
                    "dev",
                    "--image",
                    image("a1"),
                    "--version",
                    "1.0.0",
                    "--no-image-check",
                    "--to",
                    "prod");
            degraded("dead", "ImagePull");
        } finally {
            imaas = usual;
        }
    }

    /** Onboarding after its first step, a path between a change and its rollout and while Argo CD applies it, offboarding. */
    @Test
    void whatIsKilledInTheMiddleIsFinishedByTheSameCommand() throws IOException {
        imaas.killedAt("ok ", "onboard", tenant);
        imaas.done("onboard", tenant);
        assertThat(imaas.done("onboard", tenant)).contains("0 created, 0 updated");

        String[] path = {
            "release",
            "order-api",
            "dev",
            "--image",
            image("a1"),
            "--version",
            "1.0.0",
            "--no-image-check",
            "--to",
            "prod"
        };
        imaas.killedAt("to dev", path);
        imaas.killedAt("to test", path);
        String before = commits("dev") + commits("rendered/dev") + commits("test");
        imaas.killedWhileApplying(tenant + "-prod-order-api", path);
        String applied = commits("prod") + commits("rendered/prod");
        imaas.done(path);
        assertThat(imaas.done("status", "order-api"))
                .contains("1.0.0 a1000000 healthy")
                .doesNotContain("unproven");
        assertThat(commits("dev") + commits("rendered/dev") + commits("test")).isEqualTo(before);
        assertThat(commits("prod") + commits("rendered/prod")).isEqualTo(applied);

        metadata(DUE, "");
        imaas.killedAt("ok ", "onboard", tenant);
        imaas.done("onboard", tenant);
        assertThat(imaas.done("onboard", tenant)).contains("0 created, 0 updated");
    }

    /** Argo CD remembers what it deployed, also when somebody pushes by force what was there before. */
    private void aBranchPutBackIsTold(String branch) throws IOException {
        assertThat(imaas.done("doctor")).contains("commits that Argo CD deployed");
        String tip = Git.in(bare).run("rev-parse", branch).strip();
        Git.in(bare).run("update-ref", "refs/heads/" + branch, branch + "^");
        RealCommand.Said said = imaas.run("doctor");
        Git.in(bare).run("update-ref", "refs/heads/" + branch, tip);
        assertThat(said.exitCode()).as(said.text()).isEqualTo(1);
        assertThat(said.text()).contains(branch + " does not hold " + tip.substring(0, 10));
    }

    /** The project's own rules hide pods from Argo CD's account of an application, if it may not have them. */
    private void degraded(String prefix, String words) {
        imaas.done("release", "order-api", "dev", "--image", image(prefix), "--version", prefix, "--no-image-check");
        Instant begin = Instant.now();
        RealCommand.Said said = imaas.run("rollout", "order-api", "dev", "--timeout", "5m");
        assertThat(said.exitCode()).as(said.text()).isEqualTo(1);
        assertThat(said.text()).containsIgnoringCase("pod order-api-").contains(words);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(90));
    }

    private String commits(String branch) {
        return branch + " " + Git.in(bare).run("rev-list", "--count", branch);
    }

    private String image(String prefix) {
        return registry.address() + "/life/" + tenant + "/order-api@sha256:" + prefix
                + "0".repeat(64 - prefix.length());
    }

    private void metadata(String ofTenant, String ofService) throws IOException {
        String sources = "https://git.acme.example/order-api.git";
        write(
                folder,
                "platform/tenants/" + tenant + ".yaml",
                RealSources.file(tenant, gitops, ofTenant, "order-api", sources, ofService));
    }
}
