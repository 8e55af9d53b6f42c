package io.imaas.adapter.argocd.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.follow.ApplicationFeed;
import io.imaas.adapter.argocd.follow.Rollouts;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.Goal;
import io.imaas.adapter.argocd.machine.Limits;
import io.imaas.adapter.argocd.sim.SimulatedStream.Faults;
import io.imaas.adapter.argocd.sim.SimulatedWorkload.Behaviour;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One random story: a commit is to come live while others commit, sync, break, lie and fall silent. Afterwards it is held
 * against what really happened in the simulated cluster.
 */
public final class Schedule {
    private static final String IMAGE = "registry.example.org/orders/order-api";
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    /** From the last look at the cluster to the outcome: the read, its way back, and the confirmation's own age. */
    private static final Duration LATELY = Duration.ofSeconds(12);

    private final long seed;
    private final VirtualTime time = new VirtualTime();
    private final Script script;
    private final SimulatedGit git = new SimulatedGit();
    private final SimulatedArgoCd argo;
    private final SimulatedApi api;
    private final SimulatedStream stream;
    private final SimulatedRunner runner;
    private final SimulatedApplication application;
    private final ApplicationFeed feed;
    private final Rollouts rollouts;
    private final Digest ours = SimulatedGit.digest(1);
    private final boolean kind;
    private final boolean lossy;
    private final SimulatedService service;
    private boolean affects;
    private boolean refusing;
    private boolean everDown;
    private Goal goal;
    private Verdict verdict;

    public Schedule(long seed) {
        this.seed = seed;
        script = new Script(time, seed);
        // Some stories are kind: nothing goes wrong, and then the outcome must be good, not merely not false.
        kind = script.chance(0.2);
        argo = new SimulatedArgoCd(script, git);
        api = new SimulatedApi(argo);
        stream = new SimulatedStream(
                api,
                kind
                        ? Faults.none()
                        : new Faults(
                                script.chance(0.5) ? 0.3 : 0,
                                script.chance(0.5) ? 0.3 : 0,
                                script.chance(0.5) ? 0.4 : 0,
                                script.chance(0.3) ? 0.3 : 0,
                                script.chance(0.3) ? 0.3 : 0,
                                script.chance(0.3) ? 0.5 : 0));
        lossy = !kind && script.chance(0.4);
        runner = new SimulatedRunner(api, lossy ? 0.25 : 0);
        feed = new ApplicationFeed(time, stream, Duration.ofMinutes(5), () -> script.chance(0.5) ? 0.2 : 0.8);
        rollouts = new Rollouts(time, feed, runner, Limits.defaults(), Runnable::run);
        // Of its own chance, so that a story is the same but for this.
        Random chance = new Random(seed * 31 + 7);
        service = chance.nextInt(3) == 0 ? new SimulatedService(time, chance, kind) : null;
        if (service != null) {
            runner.probe(service::ask);
        }
        git.commit("order-api", SimulatedGit.digest(0));
        git.commit("order-sync", SimulatedGit.digest(100));
        application = argo.application(
                "orders-dev-order-api", "orders-dev", "order-api", "https://git.example.org/o.git", IMAGE);
        argo.settle(application, git.head().value());
        time.advance(Duration.ofSeconds(60 + script.pick(120)));
    }

    private void trouble() {
        application.automated = script.chance(0.7);
        application.selfHeal = script.chance(0.5);
        if (kind) {
            return;
        }
        argo.staleCache(script.chance(0.4) ? 0.5 : 0);
        argo.skipsAutoSync(script.chance(0.3) ? 0.7 : 0);
        if (script.chance(0.15)) {
            argo.denyWindows(true, script.chance(0.5));
            script.later(1_000, 900_000, () -> argo.denyWindows(false, false));
        }
        if (script.chance(0.1)) {
            refusing = true;
            api.rights(script.chance(0.5), false);
        }
        if (script.chance(0.2)) {
            application.workload().behaves(ours, script.chance(0.5) ? Behaviour.BROKEN : Behaviour.SHAKY);
        }
        if (script.chance(0.2)) {
            script.later(0, 300_000, () -> {
                everDown = true;
                api.down(true);
                script.later(1_000, 600_000, () -> api.down(false));
            });
        }
        if (script.chance(0.1)) {
            runner.gitDown(true);
            script.later(1_000, 120_000, () -> runner.gitDown(false));
        }
        if (script.chance(0.1)) {
            script.later(0, 100_000, () -> stream.emptyLists(true));
            script.later(100_000, 200_000, () -> stream.emptyLists(false));
        }
        stream.lie(this::lie);
        for (int i = script.pick(5); i > 0; i--) {
            script.later(0, 240_000, this::somebody);
        }
    }

    /** An event that says what we would like to hear. */
    private ObjectNode lie(ObjectNode event) {
        ((ObjectNode) event.get("metadata")).put("resourceVersion", "999999999");
        ObjectNode status = (ObjectNode) event.get("status");
        ((ObjectNode) status.get("sync"))
                .put("status", "Synced")
                .put("revision", goal.commit().value());
        ((ObjectNode) status.get("health")).put("status", "Healthy");
        status.putObject("summary").putArray("images").add(IMAGE + "@" + ours);
        status.remove("operationState");
        event.remove("operation");
        return event;
    }

    /** Other people and other pipelines. */
    private void somebody() {
        switch (script.pick(8)) {
            case 0, 1 -> git.commit("order-sync", SimulatedGit.digest(100 + script.pick(9)));
            case 2 -> git.commit("order-api", SimulatedGit.digest(2 + script.pick(3)));
            case 3 -> git.commit("order-api", SimulatedGit.digest(0));
            case 4 -> call(() -> api.sync("orders-dev", application.name(), "", "somebody"));
            case 5 -> call(() -> api.terminate("orders-dev", application.name()));
            case 6 -> application.workload().degrade();
            default -> {
                if (script.chance(0.2)) {
                    argo.delete(application);
                } else {
                    argo.fails(git.head().value());
                }
            }
        }
    }

    private void call(Runnable call) {
        try {
            call.run();
        } catch (ApiError refused) {
            // As it happens to people.
        }
    }

    private RolloutTarget target(CommitId commit) {
        ImageRef image = new ImageRef(ImageRepository.parse(IMAGE), ours);
        return new RolloutTarget(
                null, null, null, "orders-dev", application.name(), null, "", commit, image, TIMEOUT, null, null);
    }

    /** Plays the story and says what is wrong with its outcome; empty when nothing is. */
    public List<String> play() {
        trouble();
        affects = kind || script.chance(0.95);
        CommitId commit = git.commit(affects ? "order-api" : "order-sync", affects ? ours : SimulatedGit.digest(150));
        goal = new Goal(
                new ApplicationName("", application.name()),
                "orders-dev",
                commit,
                new ImageRef(ImageRepository.parse(IMAGE), ours),
                new RepositoryUrl("https://git.example.org/o.git"),
                "services/order-api",
                "rollout-" + seed,
                TIMEOUT,
                null,
                service == null ? null : target(commit));
        time.advance(Duration.ofMillis(script.pick(20_000)));
        List<RolloutOutcome> told = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        rollouts.watch(goal, () -> {
            if (rollouts.follow(goal) instanceof RolloutStatus.Ended ended) {
                told.add(ended.outcome());
                check(ended.outcome(), wrong);
            }
        });
        time.advance(TIMEOUT.plusSeconds(25));
        if (told.size() != 1) {
            wrong.add("told " + told.size() + " outcomes: " + rollouts.follow(goal));
        }
        time.advance(Duration.ofMinutes(2));
        if (feed.subscribers() != 0 || rollouts.size() != 0) {
            wrong.add("leaks: " + feed.subscribers() + " subscribers, " + rollouts.size() + " rollouts");
        }
        return wrong.stream().map(problem -> "seed " + seed + ": " + problem).toList();
    }

    private void check(RolloutOutcome outcome, List<String> wrong) {
        if (outcome.verdict() == Verdict.LIVE && !application.workload().wasLive(ours, LATELY)) {
            wrong.add("LIVE, but it was not: " + outcome);
        }
        if (outcome.verdict() == Verdict.LIVE && service != null && !service.provedWell(LATELY)) {
            wrong.add("LIVE, but the service did not say so: " + outcome);
        }
        if (outcome.verdict() == Verdict.SUPERSEDED) {
            String revision = outcome.liveCommit().value();
            Digest live = git.digest(revision, "order-api");
            if (ours.equals(live)
                    || !git.contains(revision, goal.commit().value())
                    || !application.workload().wasLive(live, LATELY)) {
                wrong.add("SUPERSEDED, but it was not: " + outcome);
            }
        }
        if (kind && outcome.verdict() != Verdict.LIVE) {
            wrong.add("nothing went wrong, and yet " + outcome);
        }
        if (!plausible(outcome.verdict())) {
            wrong.add("there was no reason for " + outcome);
        }
        if (outcome.reasons().isEmpty()) {
            wrong.add("no reasons: " + outcome);
        }
        verdict = outcome.verdict();
    }

    /** A bad outcome needs something bad that happened. */
    private boolean plausible(Verdict verdict) {
        return switch (verdict) {
            case LIVE, SUPERSEDED, TIMED_OUT -> true;
            case DEGRADED ->
                application.workload().everIll()
                        || (service != null
                                && service.wasLong(
                                        ProbeResult.Faulty.class,
                                        Limits.defaults().probe()));
            case FAILED ->
                !affects
                        || !application.exists
                        || argo.everTerminated()
                        || argo.failedRevisions().stream()
                                .anyMatch(r -> git.exists(r)
                                        && git.contains(r, goal.commit().value()));
            case REFUSED ->
                refusing
                        || argo.everDenied()
                        || (service != null
                                && service.wasLong(
                                        ProbeResult.Denied.class,
                                        Limits.defaults().probe()));
            // Of what a superseding change does badly nothing follows for ours.
            case UNKNOWN ->
                everDown
                        || lossy
                        || application.workload().everIll()
                        || !argo.failedRevisions().isEmpty();
        };
    }

    /** How it ended. */
    public Verdict verdict() {
        return verdict;
    }
}
