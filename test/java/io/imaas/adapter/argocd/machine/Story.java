package io.imaas.adapter.argocd.machine;

import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A rollout told step by step: what is seen, what time it is, what the machine then wants. */
final class Story {
    static final String IMAGE = "registry.example.org/orders/order-api";
    static final CommitId OLD = new CommitId("a".repeat(40));
    static final CommitId OURS = new CommitId("b".repeat(40));
    static final CommitId LATER = new CommitId("c".repeat(40));
    static final Digest OLD_DIGEST = new Digest("sha256:" + "0".repeat(64));
    static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));
    static final Digest LATER_DIGEST = new Digest("sha256:" + "2".repeat(64));
    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private static final RolloutTarget TARGET = new RolloutTarget(
            null,
            null,
            null,
            "orders",
            "app",
            null,
            "",
            OURS,
            new ImageRef(ImageRepository.parse(IMAGE), DIGEST),
            Duration.ofMinutes(10),
            null,
            null);

    private Instant now = START;
    private RolloutState state;
    private List<Command> commands;

    private Story(boolean probed, Instant startedAt) {
        Goal goal = new Goal(
                new ApplicationName("", "app"),
                "orders",
                OURS,
                new ImageRef(ImageRepository.parse(IMAGE), DIGEST),
                new RepositoryUrl("https://git.example.org/o.git"),
                "services/order-api",
                "our-rollout",
                Duration.ofMinutes(10),
                startedAt,
                probed ? TARGET : null);
        state = RolloutMachine.begin(goal, Limits.defaults(), now);
        commands = state.commands();
        observe(new Observation.Compared(OLD.value(), Standing.lacks()));
    }

    static Story begins() {
        return new Story(false, null);
    }

    static Story beginsProbed() {
        return new Story(true, null);
    }

    /** By a process that takes up what another one began. */
    static Story resumes(Duration after) {
        return new Story(false, START.minus(after));
    }

    private void take(Observation observation) {
        RolloutMachine.step(state, observation, now);
        commands = state.commands();
    }

    Story observe(Observation observation) {
        take(observation);
        return this;
    }

    /** What a read of our own says. */
    Story reads(View view) {
        return observe(new Observation.Seen(view.build(), true));
    }

    Story streams(View view) {
        return observe(new Observation.Seen(view.build(), false));
    }

    Story stands(CommitId revision, Standing standing) {
        return observe(new Observation.Compared(revision.value(), standing));
    }

    Story confirmed(View view, Workload... workloads) {
        return observe(new Observation.Confirmed(view.build(), List.of(workloads)));
    }

    Story refused(Command command, Observation.Why why, String message) {
        return observe(new Observation.Refused(command, why, message));
    }

    /** Time passes; every alarm on the way rings and every call stays unanswered. */
    Story after(Duration duration) {
        List<Command> wanted = new ArrayList<>();
        Instant end = now.plus(duration);
        while (!now.equals(end)) {
            Instant next = now.plusSeconds(1).isAfter(end) ? end : now.plusSeconds(1);
            now = next;
            take(new Observation.Tick());
            wanted.addAll(commands);
        }
        commands = wanted;
        return this;
    }

    Story afterSeconds(long seconds) {
        return after(Duration.ofSeconds(seconds));
    }

    List<Command> commands() {
        return commands;
    }

    long secondsPassed() {
        return Duration.between(START, now).toSeconds();
    }

    Phase phase() {
        return state.phase();
    }

    String waitingFor() {
        return state.waitingFor();
    }

    RolloutOutcome outcome() {
        return state.outcome();
    }

    RolloutOutcome.Verdict verdict() {
        return state.outcome() == null ? null : state.outcome().verdict();
    }

    /** The reasons of an outcome, once more was collected. */
    static List<String> explained(RolloutOutcome found, String... collected) {
        RolloutState state = begins().state;
        state.explanation = List.of(collected);
        return state.explained(found).reasons();
    }

    static Workload running(Digest digest) {
        return new Workload("Deployment order-api", List.of(IMAGE + "@" + digest), true, "");
    }

    static Workload rolling(Digest digest) {
        return new Workload("Deployment order-api", List.of(IMAGE + "@" + digest), false, "1 of 3 replicas updated");
    }
}
