package io.imaas.plan.gate;

import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Migration.Script;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.RanScripts;
import io.imaas.plan.snapshot.ServiceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Open when the scripts are those of the service's own repository, and none that the environment's database may have run
 * has changed or is missing. It tells which ones will run.
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
        List<String> broken = failed(question.candidate().target()) ? List.of() : broken(question, coming, there);
        if (!broken.isEmpty()) {
            return Answer.closed(
                    String.join("; ", broken),
                    "take the change back, and put back what is missing: a database that has run a versioned script never"
                            + " runs it again, and Flyway fails where one is missing or comes late; write a new script with a"
                            + " higher version");
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

    /** What the tool would fail at. A script that the environment once had and has not now need not come back. */
    private static List<String> broken(Question question, Migration coming, Migration there) {
        Map<String, Script> comes = coming.remembered();
        Map<String, Script> here = there == null || there.tool() != coming.tool() ? Map.of() : there.remembered();
        Map<String, Script> ran = new TreeMap<>(here);
        question.snapshot()
                .all(RanScripts.class)
                .filter(once -> once.service().equals(question.service()))
                .forEach(once -> once.scripts().forEach(ran::putIfAbsent));
        List<String> broken = new ArrayList<>();
        ran.forEach((key, script) -> {
            Script now = comes.get(key);
            String what = script.name() + " ran in " + question.environment().name();
            if (now != null && !now.equals(script)) {
                broken.add(what + " with the content " + script.content() + " and comes "
                        + (now.name().equals(script.name()) ? "" : "as " + now.name() + " ") + "with "
                        + now.content());
            } else if (now == null && here.containsKey(key)) {
                broken.add(what + " and is missing");
            }
        });
        here.keySet().stream()
                .filter(MigrationTool::isVersion)
                .max(Comparator.comparing(Migration::padded))
                .ifPresent(last -> comes.keySet().stream()
                        .filter(key -> !ran.containsKey(key)
                                && MigrationTool.isVersion(key)
                                && Migration.padded(key).compareTo(Migration.padded(last)) < 0)
                        .forEach(key -> broken.add(comes.get(key).name() + " is new and has a lower version than "
                                + here.get(last).name() + ", which ran in "
                                + question.environment().name())));
        return broken;
    }

    private static Migration there(Candidate candidate) {
        return candidate.target() == null ? null : candidate.target().migration();
    }

    /** Then the script may be what failed. If it was not, its database still knows its checksum, and the tool fails. */
    private static boolean failed(ServiceState there) {
        return there != null && there.health() != null && !there.healthy();
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
