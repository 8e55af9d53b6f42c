package io.imaas.app;

import static io.imaas.app.RenderedWorld.API;
import static io.imaas.app.RenderedWorld.DEV;
import static io.imaas.app.RenderedWorld.TEST;
import static io.imaas.app.RenderedWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitRepositories;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.identity.Actor;
import io.imaas.model.record.ListedKey;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ResumeRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.request.PlanRequest.RolloutRequest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.Change;
import io.imaas.port.Clock;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.run.RunResult;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed after each of its writes, on a server that moves branches one after the other: the
 * same request again leaves what one without a kill leaves.
 */
class KilledChangesTest {
    @TempDir
    Path folder;

    private RenderedWorld world;
    private Catalog catalog;
    private int processes;
    private String broken = "none";
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");

    @BeforeEach
    void begin() {
        world = new RenderedWorld(folder);
        test("");
    }

    /** @param more lines of the environment */
    private void test(String more) {
        Map<String, String> files = world.files("delivery: rendered\n");
        files.computeIfPresent(
                "tenants/orders.yaml",
                (path, text) -> text.replace("{name: test}", "{name: test, approvers: ['@acme/leads']" + more + "}"));
        catalog = CatalogReader.read(files).orThrow();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theSameRequestAgainEndsWhatWasCutOff() {
        PlanRequest rollout = new RolloutRequest(API, DEV, null, null);
        PlanRequest approval = new ApproveRequest(List.of(API), DEV, TEST, "@acme/leads");
        PlanRequest promotion = new PromoteRequest(List.of(API), DEV, TEST, null, "", false, "");
        killed(1, release(API, 'a'));
        killed(1, rollout);
        world.checkout("dev");
        world.write("services/order-api/env/dev.yaml", "config: {greeting: hello}\n");
        world.push("dev");
        killed(3, RenderedWorld.review(null));
        killed(1, approval);
        killed(3, promotion);
        done(release(API, 'b'), Fate.none());
        done(rollout, Fate.none());
        done(approval, Fate.none());
        killed(3, promotion);
        // What was healthy there once comes back: its record of health is of another change.
        done(release(API, 'a'), Fate.none());
        done(approval, Fate.none());
        killed(3, new PromoteRequest(List.of(), DEV, TEST, null, "", false, ""));
        done(release(API, 'c'), Fate.none());
        killed(3, new RollbackRequest(API, DEV, "", ""));
        killed(4, new RollbackRequest(API, TEST, "", ""));
        killed(1, new ResumeRequest(API, TEST));
    }

    /** It is written down, and where there was no time for that, gates see it by what ran since. */
    @Test
    void aYesToWhatWasRolledBackByItselfCountsNoMoreWhereverThatWasCutOff() {
        test(", autoRollback: true");
        PlanRequest promotion = new PromoteRequest(List.of(API), DEV, TEST, null, "", false, "");
        PlanRequest review = new ReviewRequest(TEST, null, null, null);
        for (char digit : new char[] {'a', 'b'}) {
            done(release(API, digit), Fate.none());
            done(new RolloutRequest(API, DEV, null, null), Fate.none());
            done(new ApproveRequest(List.of(API), DEV, TEST, "@acme/leads"), Fate.none());
            broken = digit == 'b' ? "b".repeat(64) : broken;
            world.kept();
            now = now.plusSeconds(1);
            run(promotion, Fate.none());
        }
        assertThat(world.message("rendered/test")).startsWith("Roll back order-api in test to 1.0.97");
        String wanted = trees();
        String rollback = world.git().run("rev-parse", "test").strip();
        // In the middle of its rollback, and before it is written down whose yes counts no more.
        for (int at = 4; at <= 5; at++) {
            world.resetServer();
            assertThat(run(promotion, new Fate(Fate.Kind.KILLED_AFTER, at))).isEmpty();
            run(promotion, Fate.none());
            run(review, Fate.none());
            assertThat(trees()).as("killed after write " + at).isEqualTo(wanted);
            done(new ResumeRequest(API, TEST), Fate.none());
            assertThat(run(promotion, Fate.none()).orElseThrow().failures().toString())
                    .contains("the approval by @ann no longer counts");
        }
        broken = "none";
        now = now.plusSeconds(1);
        done(new ApproveRequest(List.of(API), DEV, TEST, "@acme/leads"), Fate.none());
        done(promotion, Fate.none());
        world.git().run("update-ref", "refs/heads/test", rollback);
        assertThat(run(review, Fate.none()).orElseThrow().failures().toString())
                .as("the rollback, put back by somebody")
                .contains("test is held by @imaas");
    }

    /** @param writes how many the request takes at least */
    private void killed(int writes, PlanRequest request) {
        now = now.plusSeconds(1);
        world.kept();
        Fate whole = Fate.none();
        done(request, whole);
        String wanted = state();
        assertThat(whole.writes()).as(request.toString()).isGreaterThanOrEqualTo(writes);
        for (int at = 1; at < whole.writes(); at++) {
            world.resetServer();
            String when = request + ", killed after write " + at;
            assertThat(run(request, new Fate(Fate.Kind.KILLED_AFTER, at)))
                    .as(when)
                    .isEmpty();
            done(request, Fate.none());
            assertThat(state()).as(when).isEqualTo(wanted);
        }
        // As if it were killed after its last write.
        done(request, Fate.none());
        assertThat(state()).as(request + ", once more").isEqualTo(wanted);
    }

    private void done(PlanRequest request, Fate fate) {
        RunResult result = run(request, fate).orElseThrow();
        assertThat(result.failures()).as(request.toString()).isEmpty();
    }

    /** What stands on the branches of the environment test. */
    private String trees() {
        return world.git().run("rev-parse", "test^{tree}", "rendered/test^{tree}");
    }

    /** The commits of every branch with their trees, and what records say: their signatures differ. */
    private String state() {
        String commits = world.git()
                .run("log", "--branches", "--first-parent", "--format=%S %T %s")
                .lines()
                .map(line -> line.contains("imaas/records") ? line.replaceFirst(" [0-9a-f]{40} ", " ") : line)
                .sorted(Comparator.comparing(line -> line.substring(0, line.indexOf(' '))))
                .collect(Collectors.joining("\n"));
        GitRepository repository = world.repository();
        return commits
                + repository
                        .head(GitOpsPaths.RECORDS)
                        .map(head -> repository.readText(head, List.of("")).texts().entrySet().stream()
                                .map(file -> "\n" + file.getKey() + " " + TestKey.payload(file.getValue()))
                                .collect(Collectors.joining()))
                        .orElse("")
                        .replaceAll("\"commit\":\"[0-9a-f]{40}\"", "a commit");
    }

    /** @return empty when the process was killed */
    private Optional<RunResult> run(PlanRequest request, Fate fate) {
        Clock clock = new ManualClock(now.toString());
        try (GitRepositories own = TestKey.git(folder.resolve("process" + ++processes), clock)) {
            Imaas imaas = Imaas.on(
                    world.assembly()
                            .git(url -> mortal(fate, own.at(url)))
                            .with(Clock.class, clock)
                            .with(Deployments.class, deployments(clock, fate))
                            .ports()
                            .build(),
                    catalog);
            IntendedPlan plan = imaas.plan(catalog.tenants().get(0), request, Actor.unverified("@ann"));
            return Optional.of(imaas.run(plan, event -> {}));
        } catch (IllegalStateException broken) {
            if (broken.getCause() instanceof Fate.Killed) {
                return Optional.empty();
            }
            throw broken;
        } finally {
            fate.awaitTheLastCall();
        }
    }

    private GitRepository mortal(Fate fate, GitRepository real) {
        return (GitRepository) Proxy.newProxyInstance(
                GitRepository.class.getClassLoader(), new Class<?>[] {GitRepository.class}, (proxy, method, given) -> {
                    if (method.getName().equals("believing")) {
                        return mortal(
                                fate,
                                real.believing(((List<?>) given[0])
                                        .stream().map(ListedKey.class::cast).toList()));
                    }
                    if (!method.getName().equals("land")) {
                        return fate.read(() -> Fate.call(real, method, given));
                    }
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, given);
                    }
                    List<Change> changes = ((List<?>) given[0])
                            .stream().map(Change.class::cast).toList();
                    if (changes.size() > 1) {
                        between(fate, changes.get(1).branch(), () -> Fate.call(real, method, given));
                    }
                    return fate.write(() -> Fate.call(real, method, given));
                });
    }

    /** A server without atomic pushes: the process may be killed when the first branch has moved and the second has not. */
    private void between(Fate fate, BranchName second, Callable<Object> push) throws Exception {
        try {
            fate.write(() -> null);
        } catch (Fate.Killed killed) {
            String ref = "refs/heads/" + second;
            String before = world.git()
                    .run("for-each-ref", "--format=%(objectname)", ref)
                    .strip();
            push.call();
            world.git().run("update-ref", ref, before.isEmpty() ? "0".repeat(40) : before);
            throw killed;
        }
    }

    /** Where everything comes live at once, except for what is broken in the environment test. */
    private Deployments deployments(Clock clock, Fate fate) {
        return (Deployments) Proxy.newProxyInstance(
                Deployments.class.getClassLoader(), new Class<?>[] {Deployments.class}, (proxy, method, given) -> {
                    if (!method.getName().equals("follow")) {
                        return InvocationHandler.invokeDefault(proxy, method, given);
                    }
                    RolloutTarget target = (RolloutTarget) given[0];
                    return fate.read(() -> new RolloutStatus.Ended(new RolloutOutcome(
                            target.environment().equals(TEST)
                                            && target.image().toString().endsWith(broken)
                                    ? Verdict.DEGRADED
                                    : Verdict.LIVE,
                            target.rendered(),
                            List.of(),
                            clock.now())));
                });
    }
}
