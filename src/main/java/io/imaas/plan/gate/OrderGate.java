package io.imaas.plan.gate;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.HealthRecord.Status;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** Lets pass what a rollout saw healthy in the environment before, for as long as the environment wants. */
final class OrderGate implements Gate {
    @Override
    public Answer ask(Question question) {
        Candidate candidate = question.candidate();
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
        Duration soak = candidate.environment().soak();
        Instant opens = health.since().plus(soak);
        String found =
                what + " is healthy in " + proven + " since " + health.since().truncatedTo(ChronoUnit.SECONDS);
        return question.now().isBefore(opens)
                ? Answer.closedUntil(
                        opens,
                        found + "; " + candidate.environment().name() + " wants " + soak.toMinutes() + " minutes",
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
                question.command("rollout", question.service(), proven));
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
