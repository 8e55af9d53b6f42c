package io.imaas.step.runner;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.Verification;
import io.imaas.plan.snapshot.HttpGateFacts;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.step.observe.HttpGateObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks the platform's checks about a release that has just come live, until each held for as long as it should, or one of
 * them failed. It holds no thread: each look asks what is due.
 *
 * @param cluster where jobs run; asked only where a check has one
 * @param health of what came live, as it is now; empty where nothing final can be said
 */
public record Verifier(
        Platform platform,
        Tenant tenant,
        HttpGateObserver web,
        Cluster cluster,
        Function<RolloutTarget, Optional<HealthRecord>> health,
        Clock clock) {
    /** So many looks in a row must find it degraded: pods are replaced, and others take over. */
    private static final int CERTAIN = 2;

    /** No answer, a server error, or an answer that leads elsewhere. */
    private static final Set<FailureKind> NO_ANSWER = Set.of(FailureKind.EXTERNAL, FailureKind.POLICY);

    /** A release that came live, from one look to the next. Looks come one after the other. */
    static final class Progress {
        private final RolloutTarget target;
        private final RolloutOutcome live;
        private final Instant since;
        private final List<Check> open;
        private final List<String> found = new ArrayList<>();
        private int degraded;

        private Progress(RolloutTarget target, RolloutOutcome live, Instant since, List<Verification> checks) {
            this.target = target;
            this.live = live;
            this.since = since;
            this.open = new ArrayList<>(
                    checks.stream().map(check -> new Check(check, since)).toList());
        }

        /** What was followed: its end is told once, so nobody asks for it again. */
        RolloutTarget target() {
            return target;
        }
    }

    /** One check that has not passed yet. */
    private static final class Check {
        private final Verification asks;
        private Instant due;
        private int failures;
        private String said = "";
        /** Why its Job has not begun to work, as far as anybody knows; empty when it has. */
        private String obstacle = "";

        private Check(Verification asks, Instant due) {
            this.asks = asks;
            this.due = due;
        }
    }

    boolean asksAbout(RolloutTarget target) {
        return !platform.verify(target.environment()).isEmpty();
    }

    Progress begin(RolloutTarget target, RolloutOutcome live) {
        return new Progress(target, live, clock.now(), platform.verify(target.environment()));
    }

    /**
     * Asks what is due.
     *
     * @throws FailureException INPUT when something can't be asked at all, as without a secret
     */
    RolloutStatus look(Progress progress) {
        Instant now = clock.now();
        Optional<RolloutOutcome> fallen = fallen(progress);
        if (fallen.isPresent()) {
            return new RolloutStatus.Ended(fallen.get());
        }
        for (Check check : List.copyOf(progress.open)) {
            if (!check.due.isAfter(now)) {
                Optional<RolloutOutcome> bad =
                        check.asks.job() == null ? ask(progress, check, now) : run(progress, check);
                if (bad.isPresent()) {
                    return new RolloutStatus.Ended(bad.get());
                }
            }
        }
        return progress.open.isEmpty()
                ? new RolloutStatus.Ended(outcome(progress, Verdict.LIVE, progress.found))
                : new RolloutStatus.InProgress("verifying", standing(progress), progress.since, List.of());
    }

    /** What came live and does not stay so needs no answer to any question. */
    private Optional<RolloutOutcome> fallen(Progress progress) {
        Optional<HealthRecord> bad =
                health.apply(progress.target).filter(now -> now.status() == HealthRecord.Status.DEGRADED);
        progress.degraded = bad.isPresent() ? progress.degraded + 1 : 0;
        return bad.filter(now -> progress.degraded >= CERTAIN)
                .map(now -> outcome(
                        progress,
                        Verdict.DEGRADED,
                        List.of("it came live, and degraded while it was verified: " + now.evidence())));
    }

    /** When the next question is due, seen from now. */
    Duration pause(Progress progress) {
        return progress.open.stream()
                .map(check -> Duration.between(clock.now(), check.due))
                .min(Duration::compareTo)
                .filter(pause -> !pause.isNegative())
                .orElse(Duration.ZERO);
    }

    private static String standing(Progress progress) {
        return String.join(
                ", ",
                progress.open.stream()
                        .map(check -> check.asks.shown() + (check.said.isEmpty() ? "" : ": " + check.said))
                        .toList());
    }

    private Optional<RolloutOutcome> ask(Progress progress, Check check, Instant now) {
        RolloutTarget target = progress.target;
        HttpGateFacts answer = web.ask(
                check.asks.question(),
                Map.of(
                        "tenant", target.tenant().value(),
                        "service", target.service().value(),
                        "environment", target.environment().value(),
                        "digest", target.image().digest().value()),
                target.service(),
                check.asks.answered());
        check.due = now.plus(check.asks.question().askAgain());
        if (answer.open()) {
            check.failures = 0;
            check.said = "";
            if (!now.isBefore(progress.since.plus(check.asks.soak()))) {
                passed(progress, check, answer.found());
            }
            return Optional.empty();
        }
        if (answer.unanswered() != null
                && !NO_ANSWER.contains(answer.unanswered().kind())) {
            throw new FailureException(answer.unanswered());
        }
        check.failures++;
        check.said = answer.unanswered() == null
                ? answer.found()
                : answer.unanswered().finding();
        if (check.failures < check.asks.failures()) {
            return Optional.empty();
        }
        boolean silent = answer.unanswered() != null && check.asks.answered() != null;
        return Optional.of(outcome(
                progress,
                silent ? Verdict.UNKNOWN : Verdict.DEGRADED,
                List.of(check.asks.name() + ": " + check.said + " (" + check.failures + " times in a row)")));
    }

    private Optional<RolloutOutcome> run(Progress progress, Check check) {
        VerificationJob job = new VerificationJob(tenant, progress.target, check.asks, progress.since);
        check.due = clock.now().plus(check.asks.question().askAgain());
        VerificationJob.State state = job.state(cluster);
        check.said = state.said();
        return switch (state.result()) {
            case RUNNING -> {
                // Before a Job that took too long has failed, its pods are deleted: nothing is known then.
                if (state.pods().begun() || !state.pods().obstacle().isEmpty()) {
                    check.obstacle = state.pods().obstacle();
                }
                yield Optional.empty();
            }
            case PASSED -> {
                passed(progress, check, state.said());
                yield Optional.empty();
            }
            case FAILED -> Optional.of(failed(progress, check, state));
        };
    }

    /** A job that never began to work says nothing about the release. */
    private RolloutOutcome failed(Progress progress, Check check, VerificationJob.State state) {
        return check.obstacle.isEmpty()
                ? outcome(progress, Verdict.DEGRADED, List.of(check.asks.name() + ": its job failed: " + state.said()))
                : outcome(
                        progress,
                        Verdict.UNKNOWN,
                        List.of(check.asks.name() + ": its job did not start: " + check.obstacle));
    }

    private static void passed(Progress progress, Check check, String found) {
        progress.open.remove(check);
        progress.found.add("verified by " + check.asks.shown() + ": " + found);
    }

    private RolloutOutcome outcome(Progress progress, Verdict verdict, List<String> found) {
        List<String> reasons = verdict == Verdict.LIVE
                ? Stream.concat(progress.live.reasons().stream(), found.stream())
                        .toList()
                : found;
        return new RolloutOutcome(verdict, progress.live.liveCommit(), reasons, clock.now());
    }
}
