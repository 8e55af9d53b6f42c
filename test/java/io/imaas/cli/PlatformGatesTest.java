package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.testing.Git;
import io.imaas.testing.Signer;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a platform, images are looked up in a real registry and the chart is rendered by real Helm. */
class PlatformGatesTest {
    @TempDir
    Path folder;

    private LoopbackRegistry registry;
    private TinyImages images;
    private Git git;

    @BeforeEach
    void platform() throws IOException {
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        images = new TinyImages(ImageRepository.parse(registry.address() + "/acme/orders/api"));
        CommandLineRun.bareRepository(folder);
        git = Git.in(folder.resolve("orders-gitops.git"));
        write(folder, "platform/platform.yaml", "platform: acme\nregistries: [\"" + registry.address() + "/acme\"]\n");
        tenant("quota: {cpu: 2, memory: 4Gi, pods: 4}\n");
        services("replicas: 1\n");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aPromotionShowsWhatChangesInTheManifests() {
        releaseToDev(images.push("1.0.0"));
        CommandLineRun run = promote("--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("the registry serves the image")
                .contains("1 of 4 pods, 250m of 2 CPU, 1Gi of 4Gi memory")
                .contains("+ create Deployment orders-test/api", "Plan: 1 step, ");
        assertThat(promote("--dry-run", "--full").out()).contains("api: + kind: Deployment");
    }

    @Test
    void anImageThatItsRegistryDoesNotServeIsNotPromoted() {
        String gone = registry.address() + "/acme/orders/api@sha256:" + "7".repeat(64);
        CommandLineRun run = run("release", "api", "dev", "--image", gone);

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).contains("the registry does not serve " + gone);
        assertThat(git.run("log", "--format=%s", "dev")).doesNotContain("Release");
    }

    @Test
    void aRegistryThatIsGoneStopsThePromotionWithItsOwnExitCode() {
        releaseToDev(images.push("1.0.0"));
        registry.close();
        String before = git.run("rev-parse", "test");
        CommandLineRun run = promote();

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.out()).contains(registry.address());
        assertThat(git.run("rev-parse", "test")).isEqualTo(before);
        assertThat(promote("--dry-run").exitCode()).isEqualTo(6);
    }

    @Test
    void theRegistryIsLeftOutOnlyWhereThePolicySaysSo() throws IOException {
        releaseToDev(images.push("1.0.0"));
        registry.close();
        CommandLineRun refused = promote("--no-image-check");
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.err()).contains("policy.images.check: optional");

        policy("images: {check: optional}");
        assertThat(promote("--no-image-check").exitCode()).isZero();
    }

    @Test
    void whatIsNotSignedIsNotReleasedAndWhatIsSignedIs() throws IOException {
        Signer signer = Signer.of("EC 256");
        policy("images: {check: optional, signedBy: [{name: release, key: \""
                + signer.pem().replace("\n", "\\n") + "\"}]}");
        ImageRef image = images.push("1.0.0");
        String[] release = {"api", "dev", "--image", image.toString()};

        assertThat(run("release", release).out()).contains("signature: the image is not signed");
        images.sign(image, Signer.of("EC 256"));
        assertThat(run("release", release).out()).contains("by none of the platform's keys");
        assertThat(promote("--no-image-check").exitCode()).isNotZero();
        images.sign(image, signer);
        assertThat(run("release", release).exitCode()).isZero();
    }

    @Test
    void moreThanTheQuotaIsNotPromoted() throws IOException {
        services("replicas: 5\n");
        releaseToDev(images.push("1.0.0"));
        CommandLineRun run = promote();

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out())
                .contains("needs 5 pods of 4", "raise the quota in tenants/orders.yaml to at least pods: 5");
    }

    @Test
    void valuesThatDoNotFitTheChartAreRefusedInHelmsOwnWords() throws IOException {
        releaseToDev(images.push("1.0.0"));
        services("replicas: many\n");
        CommandLineRun run = promote();

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).contains("render:", "replicas");
    }

    @Test
    void anApproverSeesWhatTheYesWouldBring() throws IOException {
        tenant(
                """
                quota: {cpu: 2, memory: 4Gi, pods: 4}
                environments:
                  - name: dev
                  - name: test
                    approvers: ["@acme/leads"]
                """);
        releaseToDev(images.push("1.0.0"));
        CommandLineRun run = run("approve", "test", "--as", "@acme/leads", "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("still closed: order", "+ create Deployment orders-test/api");
    }

    @Test
    void whatBecomesOfDirectChangesIsSaidByThePlatform() throws IOException {
        releaseToDev(images.push("1.0.0"));
        promote();
        String before = git.run("rev-parse", "test").strip();
        CommandLineRun.pushRelease(folder, "test", images.push("6.6.6").toString(), "6.6.6");

        assertThat(run("review", "test", "--before", before).exitCode()).isEqualTo(5);
        policy("directChanges: allow");
        assertThat(run("review", "test", "--before", before).exitCode()).isZero();
        policy("directChanges: revert");
        CommandLineRun revert = run("review", "test", "--before", before);
        assertThat(revert.exitCode()).isZero();
        assertThat(revert.out()).contains("the policy of direct changes is revert", "Take back api");
    }

    private void releaseToDev(ImageRef image) {
        CommandLineRun run = run("release", "api", "dev", "--image", image.toString(), "--version", "1.0.0");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private CommandLineRun promote(String... more) {
        List<String> arguments = new ArrayList<>(List.of("api", "dev", "test", "--assume-healthy"));
        arguments.addAll(List.of(more));
        return run("promote", arguments.toArray(String[]::new));
    }

    private CommandLineRun run(String command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--platform", folder.resolve("platform").toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.onGitOps(folder, command, arguments.toArray(String[]::new));
    }

    private void policy(String line) throws IOException {
        write(
                folder,
                "platform/platform.yaml",
                "platform: acme\nregistries: [\"" + registry.address() + "/acme\"]\npolicy:\n  " + line + "\n");
    }

    private void tenant(String more) throws IOException {
        write(
                folder,
                "platform/tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: orders@example.org\ngitops: file://"
                        + folder.resolve("orders-gitops.git") + "\n" + more
                        + "services:\n  - name: api\n    repository: https://git.example.org/api.git\n"
                        + "    type: gateway\n");
    }

    /** The environments' branches as people keep them; {@code own} in test alone. */
    private void services(String own) throws IOException {
        Path work = folder.resolve("work");
        if (!Files.exists(work)) {
            Git.in(folder)
                    .run(
                            "clone",
                            "-q",
                            git.run("rev-parse", "--absolute-git-dir").strip(),
                            "work");
            Git.in(work)
                    .run(
                            "-c",
                            "user.name=tess",
                            "-c",
                            "user.email=tess@example.org",
                            "commit",
                            "-q",
                            "--allow-empty",
                            "-m",
                            "begin");
        }
        Git clone = Git.in(work);
        for (String branch : List.of("dev", "test")) {
            boolean there = !git.run("branch", "--list", branch).isBlank();
            clone.run("fetch", "-q", "origin");
            clone.run("checkout", "-q", "-B", branch, there ? "origin/" + branch : "HEAD");
            write(folder, "work/services/api/values.yaml", "tenant: orders\nservice: api\ntype: gateway\n");
            write(folder, "work/services/api/env/dev.yaml", "environment: dev\n");
            write(folder, "work/services/api/env/test.yaml", "environment: test\n" + own);
            clone.run("add", "-A");
            clone.run(
                    "-c",
                    "user.name=tess",
                    "-c",
                    "user.email=tess@example.org",
                    "commit",
                    "-q",
                    "--allow-empty",
                    "-m",
                    "values");
            clone.run("push", "-q", "origin", branch);
        }
    }
}
