package io.imaas.plan.gate;

import io.imaas.model.rollout.Migration;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.ServiceState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Open when the scripts are those of the service's own repository, and none that the environment's database may have run
 * has changed. It tells which ones will run.
 */
final class MigrationGate implements Gate {
    static final String NAME = "migration";

    @Override
    public Answer ask(Question question) {
        Migration coming = question.candidate().source().migration();
        Migration there = there(question.candidate());
        if (question.occasion() == Occasion.DIRECT_PUSH && !Objects.equals(coming, there) && !isPromoted(question)) {
            return Answer.closed(
                    "migration.yaml was changed by hand",
                    "take it back: scripts come from the service's own repository, imaas deliver --service "
                            + question.service());
        }
        if (coming == null) {
            return Answer.notAsked();
        }
        List<String> rewritten = there == null ? List.of() : coming.rewritten(there);
        if (!rewritten.isEmpty() && !failed(question.candidate().target())) {
            return Answer.closed(
                    rewritten.stream()
                            .map(name ->
                                    name + " is in " + question.environment().name() + " with the content "
                                            + there.hash(name) + " and comes with " + coming.hash(name))
                            .collect(Collectors.joining("; ")),
                    "take the change back: a database that has run a versioned script never runs it again; write"
                            + " a new script with a higher version");
        }
        List<String> runs = running(question.candidate());
        return Answer.open(
                runs.isEmpty()
                        ? "no new migration scripts"
                        : "will run " + runs.size() + " new migration script" + (runs.size() == 1 ? "" : "s") + ": "
                                + String.join(", ", runs));
    }

    /** The scripts that its database has not run. */
    static List<String> running(Candidate candidate) {
        Migration coming = candidate.source().migration();
        return coming == null ? List.of() : coming.beyond(there(candidate));
    }

    private static Migration there(Candidate candidate) {
        return candidate.target() == null ? null : candidate.target().migration();
    }

    /** Then the script may be what failed. If it was not, its database still knows its checksum, and the tool fails. */
    private static boolean failed(ServiceState there) {
        return there.health() != null && !there.healthy();
    }

    /** Whether it is what the environment before has: somebody merged a promotion. */
    private static boolean isPromoted(Question question) {
        return Optional.ofNullable(question.candidate().from())
                .map(question.state()::environment)
                .flatMap((EnvironmentState before) -> before.service(question.service()))
                .filter(before -> Objects.equals(
                        before.migration(), question.candidate().source().migration()))
                .isPresent();
    }
}
