package io.imaas.app;

import static io.imaas.app.RenderedWorld.TEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitRepositories;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.identity.Actor;
import io.imaas.model.record.ListedKey;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.OnboardRequest;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Requests by processes that are killed after each of their writes, on a server that moves branches one after the other: the
 * same request again leaves what one without a kill leaves.
 */
final class KilledProcesses implements AutoCloseable {
    final RenderedWorld world;
    Catalog catalog;
    Actor actor = Actor.unverified("@ann");
    String broken = "none";
    Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final Path folder;
    private BiConsumer<Assembly, Fate> more = (assembly, fate) -> {};
    private Supplier<String> beside = () -> "";
    private Runnable reset = () -> {};
    private int processes;

    KilledProcesses(Path folder) {
        this.folder = folder;
        world = new RenderedWorld(folder);
    }

    /**
     * Processes that write elsewhere, too.
     *
     * @param more gives a process what it works on
     * @param beside what is there besides Git
     * @param reset makes it as it was at the beginning
     */
    KilledProcesses with(BiConsumer<Assembly, Fate> more, Supplier<String> beside, Runnable reset) {
        this.more = more;
        this.beside = beside;
        this.reset = reset;
        return this;
    }

    @Override
    public void close() {
        world.close();
    }

    /** @param writes how many the request takes at least */
    void killed(int writes, PlanRequest request) {
        now = now.plusSeconds(1);
        world.kept();
        Fate whole = Fate.none();
        done(request, whole);
        String wanted = state();
        assertThat(whole.writes()).as(request.toString()).isGreaterThanOrEqualTo(writes);
        for (int at = 1; at < whole.writes(); at++) {
            restart();
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

    /** All is as it was before the last request that was killed. */
    void restart() {
        world.resetServer();
        reset.run();
    }

    void done(PlanRequest request, Fate fate) {
        RunResult result = run(request, fate).orElseThrow();
        assertThat(result.failures()).as(request.toString()).isEmpty();
    }

    /** The commits of every branch with their trees, what records say (their signatures differ), and what the test adds. */
    String state() {
        String commits = world.git()
                .run("log", "--branches", "--first-parent", "--format=%S %T %s")
                .lines()
                .map(line -> line.contains("imaas/records") ? line.replaceFirst(" [0-9a-f]{40} ", " ") : line)
                // Records of rollouts side by side come in any order.
                .sorted(Comparator.comparing(
                        line -> line.contains("imaas/records") ? line : line.substring(0, line.indexOf(' '))))
                .collect(Collectors.joining("\n"));
        GitRepository repository = world.repository();
        return commits
                + repository
                        .head(GitOpsPaths.RECORDS)
                        .map(head -> repository.readText(head, List.of("")).texts().entrySet().stream()
                                .map(file -> "\n" + file.getKey() + " " + TestKey.payload(file.getValue()))
                                .collect(Collectors.joining()))
                        .orElse("")
                        .replaceAll("\"commit\":\"[0-9a-f]{40}\"", "a commit")
                + beside.get();
    }

    /** @return empty when the process was killed */
    Optional<RunResult> run(PlanRequest request, Fate fate) {
        Clock clock = new ManualClock(now.toString());
        try (GitRepositories own = TestKey.git(folder.resolve("process" + ++processes), clock)) {
            more.accept(world.assembly(), fate);
            Imaas imaas = Imaas.on(
                    world.assembly()
                            .git(url -> mortal(fate, own.at(url)))
                            .with(Clock.class, clock)
                            .with(Deployments.class, deployments(clock, fate))
                            .ports()
                            .build(),
                    catalog);
            IntendedPlan plan = imaas.plan(catalog.tenants().get(0), request, actor);
            return Optional.of(
                    imaas.run(request instanceof OnboardRequest ? RenderedWorld.toGit(plan) : plan, event -> {}));
        } catch (IllegalStateException broken) {
            if (broken.getCause() instanceof Fate.Killed) {
                return Optional.empty();
            }
            throw broken;
        } finally {
            fate.awaitTheLastCall();
        }
    }

    /** A port of the process: what it writes may be its last. */
    static <T> T mortal(Fate fate, Class<T> type, T real, Set<String> writes) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, given) -> writes.contains(method.getName())
                        ? fate.write(() -> Fate.call(real, method, given))
                        : fate.read(() -> Fate.call(real, method, given))));
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
