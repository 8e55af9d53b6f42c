package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.PathRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.step.PlannedStep;
import io.imaas.port.Deployments;
import io.imaas.port.SignedStatements;
import io.imaas.run.Event;
import io.imaas.run.RunResult;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release goes through all environments in one plan: real repositories, the real chart; rollouts end as they are told to. */
class WholePathTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final EnvironmentName TEST = new EnvironmentName("test");
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final ServiceName API = new ServiceName("order-api");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final Map<String, Function<RolloutTarget, Verdict>> rollouts = new HashMap<>();
    private Assembly assembly;
    private GitRepositories repositories;
    private Imaas imaas;
    private Catalog catalog;

    @BeforeEach
    void begin() throws Exception {
        Git.in(folder).run("init", "-q", "--bare", "-b", "prod", "gitops.git");
        Git.in(folder).run("clone", "-q", "gitops.git", "hand");
        Path own = folder.resolve("hand/services/order-api/env/prod.yaml");
        Files.createDirectories(own.getParent());
        Files.writeString(own, "replicas: 3\n");
        Git hand = Git.in(folder.resolve("hand"));
        hand.run("add", "-A");
        hand.run("-c", "user.name=bob", "-c", "user.email=b@example.org", "commit", "-q", "-m", "As onboarded");
        hand.run("push", "-q", "origin", "HEAD:prod");
        repositories = new GitRepositories(
                TestKey.signed(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), clock)));
        assembly = new Assembly(folder.resolve("work"), clock, Map.of());
        tenant("{name: prod}");
    }

    private void tenant(String prod) {
        tenant(prod, "");
    }

    private void tenant(String prod, String more) {
        Map<String, String> files = Metadata.files(
                "registry.example.org/imaas",
                "orders",
                "file://" + folder.resolve("gitops.git"),
                Map.of("order-api", "repository: https://github.com/acme/order-api.git"));
        files.computeIfPresent("tenants/orders.yaml", (path, text) -> text.replace("{name: prod}", prod));
        files.computeIfPresent("platform.yaml", (path, text) -> text + more);
        catalog = CatalogReader.read(files).orThrow();
        imaas = Imaas.on(
                assembly.git(repositories::at)
                        .charts()
                        .with(SignedStatements.class, TestKey.statements())
                        .with(Deployments.class, deployments())
                        .ports()
                        .build(),
                catalog);
    }

    private Deployments deployments() {
        return (Deployments) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Deployments.class}, (proxy, method, given) -> {
                    RolloutTarget target = (RolloutTarget) given[0];
                    Verdict verdict = rollouts.getOrDefault(target.application(), any -> Verdict.LIVE)
                            .apply(target);
                    return new RolloutStatus.Ended(
                            new RolloutOutcome(verdict, target.commit(), List.of("as told"), clock.now()));
                });
    }

    @AfterEach
    void close() {
        assembly.close();
        repositories.close();
    }

    @Test
    void aJobThatVerifiesNeedsAClusterAndThatIsToldBeforeAnythingIsDone() {
        tenant(
                "{name: prod}",
                "verify:\n  - {name: contract, environments: [test], job: {image: 'registry.example.org/imaas/it@sha256:"
                        + "0".repeat(64) + "'}}\n");
        IntendedPlan plan = plan(release('a'), PROD);
        List<Event> events = new ArrayList<>();

        assertThatThrownBy(() -> imaas.run(plan, events::add))
                .hasMessageContaining("rollouts to test are verified by the job 'contract', and no cluster is named");
        assertThat(events).isEmpty();
    }

    @Test
    void thePlanShowsTheWholePathAndOneRunWalksIt() {
        IntendedPlan plan = plan(release('a'), PROD);

        assertThat(plan.plan().steps().map(PlannedStep::title))
                .containsExactly(
                        "Release order-api to dev",
                        "Roll out order-api to dev",
                        "Promote order-api from dev to test",
                        "Roll out order-api to test",
                        "Promote order-api from test to prod",
                        "Roll out order-api to prod");
        RunResult result = imaas.run(plan, event -> {});
        assertThat(result.failures()).isEmpty();
        for (String branch : List.of("rendered/dev", "rendered/test", "rendered/prod")) {
            assertThat(show(branch, "order-api/manifests.yaml")).contains("@sha256:" + "a".repeat(64));
        }
        assertThat(imaas.run(plan(release('a'), PROD), event -> {}).failures())
                .as("again")
                .isEmpty();
    }

    @Test
    void aPromotionGoesOnAsWellAndWhatIsThereAlreadyDoesNotEndIt() {
        assertThat(run(release('a'), TEST).failures()).isEmpty();

        PlanRequest promotion = new PromoteRequest(List.of(API), DEV, TEST, null, "", false, "");
        assertThat(run(promotion, PROD).failures()).isEmpty();
        assertThat(show("prod", "services/order-api/release.yaml")).contains("a".repeat(64));
    }

    @Test
    void aClosedGateEndsThePathThereAndSaysWhatOpensIt() {
        tenant("{name: prod, approvers: [\"@leads\"]}");
        IntendedPlan plan = plan(release('a'), PROD);

        assertThat(plan.plan().notes())
                .anySatisfy(note -> assertThat(note).contains("prod wants an approval by @leads"));
        RunResult result = imaas.run(plan, event -> {});

        assertThat(result.exitCode()).isEqualTo(FailureKind.POLICY.exitCode());
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.where().toString()).contains("prod");
            assertThat(failure.sentence()).contains("imaas approve order-api prod");
        });
        assertThat(show("test", "services/order-api/release.yaml")).contains("a".repeat(64));
        assertThat(git().run("branch", "--list", "rendered/prod")).isBlank();
    }

    @Test
    void aRolloutThatFailsEndsThePath() {
        rollouts.put("orders-test-order-api", any -> Verdict.DEGRADED);

        RunResult result = run(release('a'), PROD);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(git().run("branch", "--list", "rendered/prod")).isBlank();
    }

    @Test
    void anotherReleaseThatCameInBetweenIsNotPromotedInItsPlace() {
        rollouts.put("orders-dev-order-api", any -> {
            assertThat(imaas.run(imaas.committing().plan(catalog.tenants().get(0), release('b'), actor()), event -> {})
                            .failures())
                    .isEmpty();
            return Verdict.SUPERSEDED;
        });

        RunResult result = run(release('a'), PROD);

        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(failure.what()).contains("dev has another release of order-api by now");
        });
        assertThat(git().run("branch", "--list", "rendered/test")).isBlank();
    }

    @Test
    void aPathLeadsOnwardAndNeedsRolloutsThatAreFollowed() {
        PlanRequest back = new PromoteRequest(List.of(API), DEV, TEST, null, "", false, "");
        imaas.run(imaas.plan(catalog.tenants().get(0), release('a'), actor()), event -> {});

        assertThat(refused(() -> plan(back, DEV))).contains("dev does not come after test", "dev -> test -> prod");
        assertThat(refused(() -> imaas.committing()
                        .plan(catalog.tenants().get(0), new PathRequest(release('a'), PROD), actor())))
                .contains("nothing here follows rollouts");
    }

    private static String refused(Runnable act) {
        FailureException failure = catchThrowableOfType(FailureException.class, act::run);
        assertThat(failure.failure().kind()).isEqualTo(FailureKind.INPUT);
        return failure.failure().sentence();
    }

    private static ReleaseRequest release(char digit) {
        String digest = "sha256:" + String.valueOf(digit).repeat(64);
        ImageRef image = ImageRef.parse("registry.example.org/imaas/orders/order-api@" + digest);
        return new ReleaseRequest(API, DEV, image, "1.0." + (int) digit, null, "");
    }

    private static Actor actor() {
        return Actor.unverified("@ann");
    }

    private IntendedPlan plan(PlanRequest first, EnvironmentName to) {
        return imaas.plan(catalog.tenants().get(0), new PathRequest(first, to), actor());
    }

    private RunResult run(PlanRequest first, EnvironmentName to) {
        return imaas.run(plan(first, to), event -> {});
    }

    private Git git() {
        return Git.in(folder.resolve("gitops.git"));
    }

    private String show(String branch, String path) {
        return git().run("show", branch + ":" + path);
    }
}
