package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRepository;
import io.imaas.testing.Git;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitOpsCommandsTest {
    private static final String ONE = "registry.example.org/orders/api@sha256:" + "1".repeat(64);
    private static final String TWO = "registry.example.org/orders/api@sha256:" + "2".repeat(64);

    @TempDir
    Path folder;

    private Git git;

    @BeforeEach
    void bareRepository() {
        CommandLineRun.bareRepository(folder);
        git = Git.in(folder.resolve("orders-gitops.git"));
    }

    @Test
    void aReleaseIsOneCommitWithItsAuditTrail() {
        CommandLineRun run = run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");

        assertThat(run.exitCode()).isZero();
        assertThat(git.run("show", "dev:services/api/release.yaml")).contains("digest: sha256:" + "1".repeat(64));
        assertThat(git.run("log", "--format=%(trailers)", "dev"))
                .contains("Imaas-Tenant: orders", "Imaas-Service: api", "Imaas-Image: " + ONE, "Imaas-Actor: @ann");
    }

    @Test
    void theSameReleaseAgainChangesNothing() {
        run("release", "api", "dev", "--image", ONE);
        String head = git.run("rev-parse", "dev");

        assertThat(run("release", "api", "dev", "--image", ONE).out()).contains("nothing to change");
        assertThat(git.run("rev-parse", "dev")).isEqualTo(head);
    }

    @Test
    void aPromotionWithoutHealthIsRefusedWithTheReason() {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        CommandLineRun refused = run("promote", "api", "dev", "test");

        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.out()).contains("was not yet seen healthy in dev");
        assertThat(git.run("branch", "--list", "test")).isEmpty();
    }

    @Test
    void assumedHealthIsWrittenIntoTheCommitEvenWhenTheBranchBeginsWithIt() {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        CommandLineRun run = run("promote", "api", "dev", "test", "--assume-healthy", "--reason", "fair");

        assertThat(run.exitCode()).isZero();
        assertThat(git.run("log", "-1", "--format=%(trailers)", "test"))
                .contains("Imaas-Assumed: healthy in dev", "Imaas-Reason: fair");
        assertThat(git.run("merge-base", "dev", "test")).isEqualTo(git.run("rev-parse", "dev"));
    }

    @Test
    void aRollbackHoldsUntilItIsLifted() {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        run("release", "api", "dev", "--image", TWO, "--version", "1.1.0");

        assertThat(run("rollback", "api", "dev").exitCode()).isZero();
        assertThat(git.run("show", "dev:services/api/release.yaml")).contains("1".repeat(64));
        CommandLineRun again = run("release", "api", "dev", "--image", TWO, "--version", "1.1.0");
        assertThat(again.exitCode()).isEqualTo(5);
        assertThat(again.out()).contains("dev is held by @ann");

        assertThat(run("resume", "api", "dev").exitCode()).isZero();
        CommandLineRun twice = run("rollback", "api", "dev");
        assertThat(twice.exitCode()).isEqualTo(5);
        assertThat(twice.err())
                .contains("every earlier release of api in dev failed or was rolled back", "api dev --to 1.1.0");
        assertThat(run("release", "api", "dev", "--image", TWO).exitCode()).isZero();
    }

    @Test
    void aRollbackToWhatNeverRanIsTheUsersMistake() {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        CommandLineRun run = run("rollback", "api", "dev", "--to", "7.7.7");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("7.7.7 never ran in dev", "1.0.0");
    }

    @Test
    void aSavedPlanIsCarriedOutOnlyWhereTheWorldIsStillTheSame() throws IOException {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        String plan = folder.resolve("plan.json").toString();
        CommandLineRun saved = run("promote", "api", "dev", "test", "--assume-healthy", "--save", plan);
        assertThat(saved.exitCode()).as(saved.err()).isZero();
        assertThat(saved.out()).contains("Plan: 1 step");
        assertThat(git.run("branch", "--list", "test")).isEmpty();

        run("release", "other", "dev", "--image", TWO, "--version", "1.0.0");
        assertThat(CommandLineRun.of("apply", plan).exitCode()).isZero();
        assertThat(git.run("log", "-1", "--format=%s", "test")).isEqualTo("Promote api 1.0.0 from dev to test\n");

        run("release", "api", "dev", "--image", TWO, "--version", "1.1.0");
        CommandLineRun stale = CommandLineRun.of("apply", plan);
        assertThat(stale.exitCode()).isEqualTo(7);
        assertThat(stale.err()).contains("something changed since the plan was saved", "look again: imaas promote");
        assertThat(run("promote", "api", "dev", "test", "--git-token", "x", "--save", plan)
                        .err())
                .contains("--git-token would stand in the file");
        Files.writeString(folder.resolve("plan.json"), "{}");
        assertThat(CommandLineRun.of("apply", plan).err()).contains("this is not a saved plan");
    }

    @Test
    void aDryRunShowsAndChangesNothing() {
        CommandLineRun run = run("release", "api", "dev", "--image", ONE, "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Release api to dev");
        assertThat(git.run("branch", "--list")).isEmpty();
    }

    @Test
    void aTagIsReleasedAsTheDigestThatItHasNow() {
        try (LoopbackRegistry registry = LoopbackRegistry.start(folder.resolve("images"), 0)) {
            String images = registry.address() + "/orders/api";
            String pushed =
                    new TinyImages(ImageRepository.parse(images)).push("0.1.0").toString();

            assertThat(run("release", "api", "dev", "--image", images + ":0.1.0")
                            .err())
                    .contains("Image: " + pushed);
            assertThat(git.run("show", "dev:services/api/release.yaml"))
                    .contains(pushed.substring(pushed.indexOf('@') + 1));

            CommandLineRun wrong = run("release", "api", "dev", "--image", images + ":0.1.1");
            assertThat(wrong.exitCode()).isEqualTo(3);
            assertThat(wrong.err()).contains("there is no image '0.1.1'", "did you mean '0.1.0'?");
            assertThat(run("release", "api", "dev", "--image", images).err()).contains("names no tag and no digest");
        }
    }

    @Test
    void historyAndStatusComeFromGitAlone() {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        run("release", "api", "dev", "--image", TWO, "--version", "1.1.0");

        assertThat(run("history", "api", "dev").out()).containsSubsequence("1.1.0", "1.0.0");
        assertThat(run("status").out()).contains("1.1.0 22222222 unproven", "@ann");
        assertThat(run("status", "--format", "json").out()).contains("\"version\" : \"1.1.0\"");
    }

    @Test
    void historyIsAnAuditLogOverAllEnvironments() {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        run("promote", "api", "dev", "test", "--assume-healthy", "--reason", "fair, \"really\"");
        run("release", "api", "dev", "--image", TWO, "--version", "1.1.0");
        run("rollback", "api", "dev", "--reason", "=worse");
        run("resume", "api", "dev");

        String log = run("history", "api").out();
        assertThat(log).startsWith("time (UTC)  ");
        assertThat(log)
                .contains("Promote api 1.0.0 from dev to test", "    reason: fair", "    assumed: healthy in dev")
                .contains("1.1.0 -> 1.0.0", "    takes back: ", "1.0.0 -> 1.1.0");
        assertThat(log.lines().filter(line -> line.startsWith("20"))).hasSize(5);
        assertThat(run("history", "api", "--since", "2000-01-01", "-o", "csv").out())
                .startsWith("at,environment,before,version,")
                .contains("\"fair, \"\"really\"\"\"", ",'=worse,")
                .hasLineCount(6);
        assertThat(run("history", "api", "--since", "1ms").out()).isEqualTo("nothing yet\n");
        assertThat(run("history", "api", "--since", "soon").err()).contains("write 2026-11-01, 12h or 30d");
    }

    @Test
    void statusCountsHowManyReleasesAnEnvironmentIsBehind() {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        run("promote", "api", "dev", "test", "--assume-healthy");
        run("release", "api", "dev", "--image", TWO, "--version", "1.1.0");
        run("release", "api", "dev", "--image", TWO.replace("22", "33"), "--version", "1.2.0");

        assertThat(run("status").out())
                .contains("1.0.0 11111111 unproven, 2 behind", "ago, @ann", "assumed healthy in dev");
        assertThat(run("status", "-o", "wide").out()).containsPattern("api +test +1.0.0 +1{12} +unproven .* 2 ");
        assertThat(run("status", "-o", "yaml").out()).contains("behind: 2");
        assertThat(run("status", "-o", "name").out()).isEqualTo("api\n");
    }

    @Test
    void theFirstPromotionBeginsItsEnvironmentsHistoryAndNotTheReleasesBeforeIt() {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        run("release", "api", "dev", "--image", TWO, "--version", "1.1.0");
        run("promote", "api", "dev", "test", "--assume-healthy");

        assertThat(run("history", "api", "test").out())
                .contains("Promote api 1.1.0 from dev to test")
                .doesNotContain("Release api", "1.0.0");
        assertThat(git.run("log", "--first-parent", "--format=%s", "test").lines())
                .containsExactly("Promote api 1.1.0 from dev to test", "Begin environment test");
        assertThat(git.run("diff", "dev", "test")).isEmpty();
        assertThat(run("status").out()).contains("1.1.0 22222222");
    }

    @Test
    void aChartIsPromotedByNamesOfEnvironmentsAlone() {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        assertThat(run("promote", "--chart", "dev", "--dry-run").err())
                .contains("the deployment server renders for tenant orders by itself");
        assertThat(run("promote", "--chart", "dev", "--to", "test").err()).contains("are about releases");
    }

    @Test
    void aReleaseBeyondTheFirstEnvironmentIsAskedTheGatesOfAPromotion() {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        CommandLineRun run = run("release", "api", "test", "--image", ONE, "--version", "1.0.0");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).contains("order: api 1.0.0", "was not yet seen healthy in dev");
    }

    @Test
    void whatSomebodyPushedIsReviewedAndTakenBack() throws IOException {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        run("promote", "api", "dev", "test", "--assume-healthy");
        String before = git.run("rev-parse", "test").strip();
        CommandLineRun.pushRelease(folder, "test", TWO, "6.6.6");

        assertThat(run("review", "test", "--before", before).exitCode()).isEqualTo(5);
        CommandLineRun revert = run("review", "test", "--before", before, "--policy", "revert");
        assertThat(revert.exitCode()).isZero();
        assertThat(revert.out()).contains("runs 1.0.0 -> 6.6.6");
        assertThat(git.run("show", "test:services/api/release.yaml")).contains("1".repeat(64));
    }

    @Test
    void whoPushedCommandsTheTerminalOfNobodyWhoReviewsIt() throws IOException {
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        String before = git.run("rev-parse", "dev").strip();
        CommandLineRun.pushRelease(folder, "dev", TWO, "6.6.6");
        String commit = git.run(
                        "-c",
                        "user.name=eve\u001b[1A\u001b[2K",
                        "-c",
                        "user.email=eve@example.org",
                        "commit-tree",
                        "dev^{tree}",
                        "-p",
                        before,
                        "-m",
                        "By hand")
                .strip();
        git.run("update-ref", "refs/heads/dev", commit);

        CommandLineRun review = run("review", "dev", "--before", before);

        assertThat(review.out()).contains("eve\\u001b[1A").doesNotContain("\u001b");
        assertThat(review.err()).doesNotContain("\u001b");
    }

    private CommandLineRun run(String command, String... more) {
        return CommandLineRun.onGitOps(folder, command, more);
    }
}
