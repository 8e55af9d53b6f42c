package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.app.Fate.Kind;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.report.RunReport;
import io.imaas.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Onboarding with a fault at every write, and killed at every write: the world afterwards is the world before, or the next
 * run makes it what it was to be.
 */
class SagaTest {
    private static final String PLATFORM =
            """
            onboarding:
              registry: {kind: harbor, credential: H, storage: 20Gi, keep: %d}
              pullSecret: {name: imaas-pull, days: 90}
            """;
    private static final String FEW = PLATFORM.formatted(50);
    private static final String MANY = PLATFORM.formatted(60);
    private static final String SMALL = "{cpu: 4, memory: 8Gi, pods: 20}";
    private static final String LARGE = "{cpu: 8, memory: 8Gi, pods: 30}";

    /** All of them take minutes: with {@code -Dimaas.everyFault=true}, after a change of what onboarding writes. */
    private static final boolean EVERY = Boolean.getBoolean("imaas.everyFault");

    private static final int FAULTS = EVERY ? 1 : 3;
    private static final int KILLS = EVERY ? 1 : 6;

    @TempDir
    Path folder;

    private int worlds;

    @Test
    void aNewTenantIsWholeOrNotThere() throws IOException {
        try (FaultyWorld world = world()) {
            everyFault(world, FEW, SMALL, List.of("one"));
        }
    }

    /** Nothing is made that would have to be taken back. */
    @ParameterizedTest
    @CsvSource({
        "IMAAS_WEBHOOK_SECRET, there is no secret for the web hook",
        "H, there is no login for Harbor",
        "P, there is no login to pull images with"
    })
    void aSecretThatIsMissingIsToldBeforeTheFirstWrite(String secret, String told) throws IOException {
        String platform =
                secret.equals("P") ? FEW.replace("name: imaas-pull, days: 90", "name: imaas-pull, credential: P") : FEW;
        try (FaultyWorld world = world()) {
            Map<String, String> before = world.state();
            world.missing = secret;
            assertThatThrownBy(() -> world.onboard(platform, SMALL, List.of("one"), Fate.none()))
                    .hasMessageContaining(told)
                    .hasMessageContaining(secret);
            assertThat(world.state()).isEqualTo(before);
            assertThat(world.git).noneMatch(call -> call.startsWith("land"));
        }
    }

    @Test
    void aTenantThatWasThereIsAsItWas() throws IOException {
        try (FaultyWorld world = world()) {
            done(world, FEW, SMALL, List.of("one"));
            everyFault(world, MANY, LARGE, List.of("one", "two"));
        }
    }

    /** Tried again, whether the world has done it or not. */
    @ParameterizedTest
    @EnumSource(names = {"AWAY", "LOST"})
    void aFaultThatPassesLeavesTheWorldAsWithoutIt(Kind kind) throws IOException {
        afterEvery((at, last) -> new Fate(kind, at), RunResult.Status.SUCCEEDED);
    }

    /**
     * A defect of ours in the middle of a step, and a write whose answer was lost before the run failed at its last one: what was
     * made is known to nobody, so it stays. The next run goes on from there.
     */
    @ParameterizedTest
    @EnumSource(names = {"BROKEN", "LOST"})
    void whatNobodyKnowsOfIsFoundByTheNextRun(Kind kind) throws IOException {
        afterEvery((at, last) -> new Fate(kind, at).refusedAt(last), RunResult.Status.FAILED);
    }

    private interface Fates {
        Fate at(int write, int last);
    }

    private void afterEvery(Fates fates, RunResult.Status status) throws IOException {
        Map<String, String> whole;
        int last;
        try (FaultyWorld world = world()) {
            last = done(world, FEW, SMALL, List.of("one"));
            whole = world.state();
        }
        for (int at = 1; at < last; at += KILLS) {
            try (FaultyWorld world = world()) {
                Fate fate = fates.at(at, last);
                assertThat(world.onboard(FEW, SMALL, List.of("one"), fate)
                                .orElseThrow()
                                .status())
                        .as("at write " + at)
                        .isEqualTo(status);
                if (status == RunResult.Status.FAILED) {
                    done(world, FEW, SMALL, List.of("one"));
                }
                assertThat(world.state()).as("after a fault at write " + at).isEqualTo(whole);
            }
        }
    }

    private static void everyFault(FaultyWorld world, String platform, String quota, List<String> services) {
        Map<String, String> before = world.state();
        int faults = 0;
        for (int at = 1; ; at += FAULTS) {
            Fate fate = new Fate(Kind.REFUSED, at);
            RunResult result = world.onboard(platform, quota, services, fate).orElseThrow();
            if (result.status() != RunResult.Status.FAILED) {
                break;
            }
            faults++;
            assertThat(result.failures())
                    .as("the fault itself and nothing else")
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.what() + failure.where())
                            .matches("nowrite \\d+|our account lacks a permission on Harbor.*"));
            assertThat(world.state()).as("after a fault at write " + at).isEqualTo(before);
        }
        assertThat(faults).isGreaterThanOrEqualTo(EVERY ? 12 : 4);
        assertThat(world.state()).isNotEqualTo(before);
    }

    @Test
    void aNewTenantThatIsKilledAnywhereIsMadeByTheNextRun() throws IOException {
        Map<String, String> whole;
        int writes;
        try (FaultyWorld world = world()) {
            writes = done(world, FEW, SMALL, List.of("one"));
            whole = world.state();
            assertThat(world.git)
                    .as("all branches in one push")
                    .filteredOn("land/1"::equals)
                    .hasSize(1);
        }
        assertThat(writes).isGreaterThan(20);
        assertThat(whole.keySet().toString())
                .contains("AppProject", "Harbor retention", "Harbor robot", "branch protection", "webhook", "jobs/");
        for (int at = 1; at <= writes; at += KILLS) {
            killed(new Fate(at == 1 ? Kind.KILLED : Kind.KILLED_AFTER, at), whole);
        }
    }

    private void killed(Fate fate, Map<String, String> whole) throws IOException {
        try (FaultyWorld world = world()) {
            assertThat(world.onboard(FEW, SMALL, List.of("one"), fate)).isEmpty();
            done(world, FEW, SMALL, List.of("one"));
            assertThat(world.state()).as("killed at write " + fate.writes()).isEqualTo(whole);
        }
    }

    /** What was taken back and what was not yet is one for the next run: it goes on to what was wanted. */
    @Test
    void aRunThatIsKilledWhileItTakesBackIsEndedByTheNextOne() throws IOException {
        Map<String, String> whole;
        int last;
        try (FaultyWorld world = world()) {
            last = done(world, FEW, SMALL, List.of("one"));
            whole = world.state();
        }
        int undone = 1;
        Optional<RunResult> result = Optional.empty();
        for (; result.isEmpty(); undone += KILLS) {
            try (FaultyWorld world = world()) {
                Fate fate = new Fate(Kind.REFUSED, last).killedAt(last + undone);
                result = world.onboard(FEW, SMALL, List.of("one"), fate);
                done(world, FEW, SMALL, List.of("one"));
                assertThat(world.state()).as("killed at undo " + undone).isEqualTo(whole);
            }
        }
        assertThat(undone).isGreaterThan(5);
    }

    @Test
    void aRunWithoutChangeAsksTheGitServerOnceForATenantAndWritesNothing() throws IOException {
        try (FaultyWorld world = world()) {
            done(world, FEW, SMALL, List.of("one", "two"));
            Map<String, String> before = world.state();
            world.git.clear();

            done(world, FEW, SMALL, List.of("one", "two"));

            assertThat(world.git).filteredOn("heads/1"::equals).hasSize(1);
            assertThat(world.git).doesNotContain("land/1");
            assertThat(world.state()).isEqualTo(before);
        }
    }

    @Test
    void theReportSaysWhatWasTakenBackAndWhatRemains() throws IOException {
        try (FaultyWorld world = world()) {
            done(world, FEW, SMALL, List.of("one"));
            world.cluster()
                    .delete(
                            "v1",
                            "ResourceQuota",
                            "orders-dev",
                            "tenant",
                            new OwnLabels(Map.of("imaas.io/tenant", "orders")));
            int last;
            try (FaultyWorld other = world()) {
                done(other, FEW, SMALL, List.of("one"));
                last = done(other, FEW, SMALL, List.of("one", "two"));
            }

            assertThat(world.onboard(FEW, SMALL, List.of("one", "two"), new Fate(Kind.REFUSED, last))
                            .orElseThrow()
                            .status())
                    .isEqualTo(RunResult.Status.FAILED);

            assertThat(world.report().steps())
                    .filteredOn(step -> step.group().equals("Undo"))
                    .extracting(RunReport.Step::title)
                    .contains(
                            "Undo: Space for dev", "Undo: GitOps branches dev, test", "Undo: Application two in test");
            assertThat(world.report().steps().stream().flatMap(step -> step.problems().stream()))
                    .extracting(problem -> problem.where() + ": " + problem.what())
                    .contains("ResourceQuota/orders-dev/tenant: it was missing, and limits the tenant");
        }
    }

    private FaultyWorld world() throws IOException {
        return new FaultyWorld(Files.createDirectory(folder.resolve("world" + ++worlds)));
    }

    /** @return how many writes it took */
    private static int done(FaultyWorld world, String platform, String quota, List<String> services) {
        Fate fate = Fate.none();
        RunResult result = world.onboard(platform, quota, services, fate).orElseThrow();
        assertThat(result.status()).as(result.failures().toString()).isEqualTo(RunResult.Status.SUCCEEDED);
        return fate.writes();
    }
}
