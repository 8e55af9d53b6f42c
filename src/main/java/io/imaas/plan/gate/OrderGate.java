package io.imaas.plan.gate;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.HealthRecord.Status;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.snapshot.ChartState;
import io.imaas.plan.snapshot.LatestChange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lets pass what a rollout saw healthy in the environment before, for as long as the environment wants. */
final class OrderGate implements Gate {
    @Override
    public Answer ask(Question question) {
        Candidate candidate = question.candidate();
        if (question.occasion() == Occasion.CHART) {
            return candidate.provenIn().map(before -> chart(question, before)).orElseGet(Answer::notAsked);
        }
        if (candidate.begins() || candidate.release() == null) {
            // Where the service goes nothing arrives that could be proven.
            return Answer.notAsked();
        }
        EnvironmentName proven = candidate.provenIn().orElse(candidate.from());
        Release release = candidate.release();
        HealthRecord health = question.state()
                .health(question.service(), proven, release.image().digest())
                .orElse(null);
        String what = question.service() + " " + release.version() + " ("
                + release.image().digest().abbreviated() + ")";
        if (health == null || health.status() == Status.UNAPPLIED) {
            return unproven(question, what, proven, health);
        }
        if (!health.status().passes()) {
            return Answer.closed(
                    what + " is degraded in " + proven + ": " + health.evidence(),
                    question.command("rollback", question.service(), proven));
        }
        return healthy(question, what, proven, health);
    }

    /** A chart is proven by what runs with it in the environment before, which may be another release. */
    private static Answer chart(Question question, EnvironmentName before) {
        ChartState here = chartOf(question, question.environment().name());
        ChartState there = chartOf(question, before);
        if (!here.named().equals(there.coming() ? there.named() : there.now())) {
            return Answer.closed(
                    before + " does not have the chart that platform.yaml names for " + here.environment(),
                    question.platform().chart(before).equals(question.platform().chart(here.environment()))
                            ? question.chart(before)
                            : "name it for " + before + " in platform.yaml as well, and: " + question.chart(before));
        }
        if (there.coming()) {
            return Answer.open("it comes after the rollouts of " + before);
        }
        LatestChange seen = there.latest(question.service())
                .filter(LatestChange::liveAsRendered)
                .orElse(null);
        return seen == null
                ? Answer.closed(
                        question.service() + " was not yet seen healthy with this chart in " + before,
                        question.command("rollout", question.service(), before))
                : healthy(question, question.service() + " with this chart", before, seen.health());
    }

    private static ChartState chartOf(Question question, EnvironmentName environment) {
        return question.snapshot()
                .all(ChartState.class)
                .filter(chart -> chart.environment().equals(environment))
                .findFirst()
                .orElseThrow();
    }

    private static Answer healthy(Question question, String what, EnvironmentName proven, HealthRecord health) {
        Duration soak = question.environment().soak();
        Instant opens = health.since().plus(soak);
        String found =
                what + " is healthy in " + proven + " since " + health.since().truncatedTo(ChronoUnit.SECONDS);
        return question.now().isBefore(opens)
                ? Answer.closedUntil(
                        opens,
                        found + "; " + question.environment().name() + " wants " + soak.toMinutes() + " minutes",
                        question.again())
                : health.status() == Status.ASSUMED ? Answer.assumed(found) : Answer.open(found);
    }

    private static Answer unproven(Question question, String what, EnvironmentName proven, HealthRecord health) {
        if (question.overrides().healthAssumed()) {
            return Answer.assumed(what + " is assumed healthy in " + proven);
        }
        return Answer.closed(
                health == null
                        ? what + " was not yet seen healthy in " + proven + disbelieved(question, proven)
                        : what + " could not be applied in " + proven + ": " + health.evidence(),
                missing(question, proven).orElseGet(() -> question.command("rollout", question.service(), proven)));
    }

    /** What brings the release where it is to prove itself; empty when it runs there, or is not in the environment before. */
    private static Optional<String> missing(Question question, EnvironmentName proven) {
        List<EnvironmentName> path = question.candidate().service().environments();
        int at = path.indexOf(proven);
        return at > 0 && !runs(question, proven) && runs(question, path.get(at - 1))
                ? Optional.of(question.command("promote", question.service(), path.get(at - 1), proven))
                : Optional.empty();
    }

    private static boolean runs(Question question, EnvironmentName environment) {
        return question.state().environments().stream()
                .filter(one -> one.name().equals(environment))
                .flatMap(one -> one.service(question.service()).stream())
                .anyMatch(one -> one.release() != null
                        && one.release()
                                .image()
                                .equals(question.candidate().release().image()));
    }

    /** A record that is there and counts for nothing is told: nobody would look for it. */
    private static String disbelieved(Question question, EnvironmentName proven) {
        String record = GitOpsPaths.health(
                question.service(),
                proven,
                question.candidate().release().image().digest());
        return question.state().unbelieved().stream()
                .filter(one -> one.path().equals(record) || one.path().equals(GitOpsPaths.RECORDS.value()))
                .map(one -> "; " + one.sentence())
                .collect(Collectors.joining());
    }
}
