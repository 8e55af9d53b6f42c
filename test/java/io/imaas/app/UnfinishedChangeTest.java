package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.OnboardRequest;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.ReleaseRequest;
import io.imaas.model.request.ReviewRequest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.RunResult;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server without atomic pushes, and a process that dies between the two: real Git, real Helm, a real kill. */
class UnfinishedChangeTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final ServiceName API = new ServiceName("order-api");

    @TempDir
    Path folder;

    private Assembly assembly;
    private GitRepositories repositories;

    @BeforeEach
    void begin() {
        ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
        Git.in(folder).run("init", "-q", "--bare", "-b", "dev", "gitops.git");
        git().run("config", "receive.advertiseAtomic", "false");
        repositories = new GitRepositories(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), clock));
        assembly = new Assembly(folder.resolve("work"), clock, Map.of());
        assembly.git(repositories::at).charts().key(folder.resolve("key"));
    }

    @AfterEach
    void close() {
        assembly.close();
        repositories.close();
    }

    @Test
    void whatAKilledProcessLeftIsFoundAndFinishedByAReview() throws Exception {
        run(release('a'));
        killBetweenTheBranches('b');
        assertThat(show("dev", "services/order-api/release.yaml")).contains("b".repeat(64));
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).contains("a".repeat(64));
        assertThat(states("")).containsExactly(new RenderedState(DEV, List.of(API), false));

        run(new ReviewRequest(DEV, null, null, null));

        assertThat(show("rendered/dev", "order-api/manifests.yaml")).contains("b".repeat(64));
        assertThat(git().run("log", "-1", "--format=%B", "rendered/dev"))
                .contains("Imaas-Wanted: " + git().run("rev-parse", "dev").strip());
        assertThat(states("")).containsExactly(new RenderedState(DEV, List.of(), false));
    }

    @Test
    void theSameReleaseAgainFinishesIt() throws Exception {
        run(release('a'));
        killBetweenTheBranches('b');
        String wanted = git().run("rev-parse", "dev");

        run(release('b'));

        assertThat(git().run("rev-parse", "dev")).isEqualTo(wanted);
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).contains("b".repeat(64));
    }

    @Test
    void anotherChartOfThePlatformIsTold() {
        run(release('a'));
        String broken = "charts: {dev: {git: \"file://" + chart() + "\", commit: "
                + Git.in(folder.resolve("chart")).run("rev-parse", "HEAD").strip() + "}}\n";

        assertThat(states(broken)).containsExactly(new RenderedState(DEV, List.of(), true));
    }

    @Test
    void onboardingCommitsTheManifestsOfWhatRunsBeforeItsApplicationsMove() {
        Catalog helm = catalog(folder, "delivery: helm\n");
        RunResult released = imaas(helm).run(plan(helm, release('a')), event -> {});
        assertThat(released.failures()).isEmpty();
        assertThat(git().run("branch", "--list", "rendered/dev")).isEmpty();

        IntendedPlan plan = imaas(catalog(folder, ""))
                .plan(catalog(folder, "").tenants().get(0), new OnboardRequest(), Actor.unverified("@ann"));

        assertThat(plan.exitCode()).isZero();
        List<PlannedStep> steps = plan.plan().steps().toList();
        assertThat(steps.get(0)).isInstanceOfSatisfying(CommitFiles.class, commit -> {
            assertThat(commit.id()).isEqualTo("dev/render");
            assertThat(commit.manifests()).containsOnlyKeys(API);
        });
        assertThat(plan.plan().notes()).anyMatch(note -> note.contains("manifests of what runs are committed first"));
        assertThat(imaas(catalog(folder, ""))
                        .run(plan.without(others(steps)), event -> {})
                        .failures())
                .isEmpty();
        assertThat(show("rendered/dev", "order-api/manifests.yaml")).contains("a".repeat(64));
        assertThat(imaas(catalog(folder, ""))
                        .plan(catalog(folder, "").tenants().get(0), new OnboardRequest(), Actor.unverified("@ann"))
                        .plan()
                        .steps()
                        .filter(CommitFiles.class::isInstance))
                .isEmpty();
    }

    /** What needs a cluster, a registry or a CI server. */
    private static Set<Class<? extends PlannedStep>> others(List<PlannedStep> steps) {
        Set<Class<? extends PlannedStep>> kinds = new LinkedHashSet<>();
        steps.stream()
                .filter(step -> !(step instanceof CommitFiles || step instanceof EnsureGitOps))
                .forEach(step -> kinds.add(step.getClass()));
        return kinds;
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
        Path hook = folder.resolve("gitops.git/hooks/update");
        Files.writeString(
                hook,
                "#!/bin/sh\ncase \"$1\" in refs/heads/rendered/*) touch '" + folder.resolve("reached")
                        + "'; sleep 2; exit 1;; esac\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReleaseProcess.class.getName(),
                        folder.toString(),
                        String.valueOf(digit))
                .inheritIO()
                .start();
        while (process.isAlive() && !Files.exists(folder.resolve("reached"))) {
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor();
        assertThat(folder.resolve("reached")).exists();
        Thread.sleep(2500);
        Files.delete(hook);
    }

    static Catalog catalog(Path folder, String more) {
        Map<String, String> files = Metadata.files(
                "registry.example.org/imaas",
                "orders",
                "file://" + folder.resolve("gitops.git"),
                Map.of("order-api", "repository: https://github.com/acme/order-api.git"));
        files.computeIfPresent("platform.yaml", (path, text) -> text + more);
        return CatalogReader.read(files).orThrow();
    }

    static ReleaseRequest release(char digit) {
        return new ReleaseRequest(
                API,
                DEV,
                ImageRef.parse("registry.example.org/imaas/orders/order-api@sha256:"
                        + String.valueOf(digit).repeat(64)),
                "1.0." + (int) digit,
                null,
                "");
    }

    private List<RenderedState> states(String more) {
        Catalog catalog = catalog(folder, more);
        return imaas(catalog).rendered(catalog.tenants().get(0));
    }

    private Imaas imaas(Catalog catalog) {
        return Imaas.on(assembly.ports().build(), catalog).committing();
    }

    private IntendedPlan plan(Catalog catalog, PlanRequest request) {
        return imaas(catalog).plan(catalog.tenants().get(0), request, Actor.unverified("@ann"));
    }

    private void run(PlanRequest request) {
        Catalog catalog = catalog(folder, "");
        assertThat(imaas(catalog).run(plan(catalog, request), event -> {}).failures())
                .isEmpty();
    }

    private Git git() {
        return Git.in(folder.resolve("gitops.git"));
    }

    private String show(String branch, String path) {
        return git().run("show", branch + ":" + path);
    }
}
