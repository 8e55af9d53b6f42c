package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.release;
import static io.imaas.app.RenderedWorld.review;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.PlannedStep;
import io.imaas.testing.Await;
import io.imaas.testing.Git;
import io.imaas.testing.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server without atomic pushes, and a process that dies between the two: real Git, real Helm, a real kill. */
class UnfinishedChangeTest {
    @TempDir
    Path folder;

    private RenderedWorld world;

    @BeforeEach
    void begin() {
        world = new RenderedWorld(folder);
        git().run("config", "receive.advertiseAtomic", "false");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatAKilledProcessLeftIsFoundAndFinishedByAReview() throws Exception {
        run(release(API, 'a'));
        killBetweenTheBranches('b');
        assertThat(show("dev", "services/order-api/release.yaml")).contains("b".repeat(64));
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).contains("a".repeat(64));
        assertThat(states("")).containsExactly(new RenderedState(DEV, List.of(API), false));

        run(review(null));

        assertThat(show("rendered/dev", "order-api/manifests.yaml")).contains("b".repeat(64));
        assertThat(git().run("log", "-1", "--format=%B", "rendered/dev"))
                .contains("Imaas-Wanted: " + git().run("rev-parse", "dev").strip());
        assertThat(states("")).containsExactly(new RenderedState(DEV, List.of(), false));
    }

    @Test
    void theSameReleaseAgainFinishesIt() throws Exception {
        run(release(API, 'a'));
        killBetweenTheBranches('b');
        String wanted = git().run("rev-parse", "dev");

        run(release(API, 'b'));

        assertThat(git().run("rev-parse", "dev")).isEqualTo(wanted);
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).contains("b".repeat(64));
    }

    @Test
    void anotherChartOfThePlatformIsTold() {
        run(release(API, 'a'));
        String broken = "charts: {dev: {git: \"file://" + chart() + "\", commit: "
                + Git.in(folder.resolve("chart")).run("rev-parse", "HEAD").strip() + "}}\n";

        assertThat(states(broken)).containsExactly(new RenderedState(DEV, List.of(), true));
    }

    @Test
    void onboardingCommitsTheManifestsOfWhatRunsBeforeItsApplicationsMove() {
        world.run(world.catalog("delivery: helm\n"), release(API, 'a'));
        assertThat(git().run("branch", "--list", "rendered/dev")).isEmpty();

        IntendedPlan plan = world.plan(world.catalog(), new OnboardRequest());

        assertThat(plan.exitCode()).isZero();
        List<PlannedStep> steps = plan.plan().steps().toList();
        assertThat(steps.get(0)).isInstanceOfSatisfying(CommitFiles.class, commit -> {
            assertThat(commit.id()).isEqualTo("dev/render");
            assertThat(commit.manifests()).containsOnlyKeys(API);
        });
        assertThat(plan.plan().notes()).anyMatch(note -> note.contains("manifests of what runs are committed first"));
        assertThat(world.imaas(world.catalog())
                        .run(RenderedWorld.toGit(plan), event -> {})
                        .failures())
                .isEmpty();
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).contains("a".repeat(64));
        assertThat(world.plan(world.catalog(), new OnboardRequest())
                        .plan()
                        .steps()
                        .filter(CommitFiles.class::isInstance))
                .isEmpty();
    }

    private Path chart() {
        Path chart = folder.resolve("chart");
        try {
            Files.createDirectories(chart);
            Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: other\nversion: 1.0.0\n");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Git git = Git.in(chart);
        git.run("init", "-q", "-b", "main");
        git.run("add", "-A");
        git.run("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "chart");
        return chart;
    }

    /** The server's hook holds the second push, and the process that sends it is killed then. */
    private void killBetweenTheBranches(char digit) throws Exception {
        Git.in(folder.resolve("gitops.git"))
                .hook(
                        "update",
                        "case \"$1\" in refs/heads/rendered/*) cd '" + folder
                                + "'; touch reached; while [ ! -e killed ]; do sleep 0.05; done; touch refused; exit 1;; esac");
        Process process = JavaProcess.of(ReleaseProcess.class, folder.toString(), String.valueOf(digit))
                .inheritIO()
                .start();
        Await.until(() -> !process.isAlive() || Files.exists(folder.resolve("reached")));
        process.destroyForcibly().waitFor();
        assertThat(folder.resolve("reached")).exists();
        Files.createFile(folder.resolve("killed"));
        Await.until(() -> Files.exists(folder.resolve("refused")));
        Files.delete(folder.resolve("gitops.git/hooks/update"));
    }

    private List<RenderedState> states(String more) {
        Catalog catalog = world.catalog(more);
        return world.imaas(catalog).overview(catalog.tenants().get(0)).rendered();
    }

    private void run(PlanRequest request) {
        world.run(world.catalog(), request);
    }

    private Git git() {
        return world.git();
    }

    private String show(String branch, String path) {
        return world.show(branch, path);
    }
}
