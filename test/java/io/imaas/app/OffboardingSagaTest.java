package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.app.Fate.Kind;
import io.imaas.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Offboarding with a fault at every write, and killed at every write. A deletion is not taken back: what the run did not
 * reach is as it was, nothing comes into being, and the next run leaves the world that a run without a fault leaves.
 */
class OffboardingSagaTest {
    private static final String PLATFORM =
            """
            onboarding:
              registry: {kind: harbor, credential: H, storage: 20Gi, keep: 50}
              pullSecret: {name: imaas-pull, days: 90}
            """;
    private static final String QUOTA = "{cpu: 4, memory: 8Gi, pods: 20}";
    private static final List<String> SERVICES = List.of("one", "two");
    private static final String GONE = "offboarding: {from: 2026-11-27, reason: moved}";

    /** All kinds at each write take minutes: with {@code -Dimaas.everyFault=true}. Otherwise every second write has one. */
    private static final boolean EVERY = Boolean.getBoolean("imaas.everyFault");

    @TempDir
    Path folder;

    private int worlds;

    /** What carries the tombstone, and its mark in what goes. */
    enum Tombstone {
        TENANT("", "services:\n", GONE + "\nservices:\n"),
        ENVIRONMENT("test", "{name: test}", "{name: test, " + GONE + "}"),
        SERVICE("two", "{name: two,", "{name: two, " + GONE + ",");

        private final String mark;
        private final String before;
        private final String after;

        Tombstone(String mark, String before, String after) {
            this.mark = mark;
            this.before = before;
            this.after = after;
        }

        private String in(FaultyWorld world) {
            return world.tenant(QUOTA, SERVICES).replace(before, after);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAFaultAnywhereTheNextRunEndsWhatWasBegun(Tombstone tombstone) throws IOException {
        Map<String, String> before;
        Map<String, String> whole;
        int writes;
        try (FaultyWorld world = onboarded()) {
            before = world.state();
            writes = done(world, tombstone);
            whole = world.state();
            assertThat(done(world, tombstone))
                    .as("a second run deletes nothing")
                    .isLessThanOrEqualTo(writes);
            assertThat(world.state()).isEqualTo(whole);
        }
        assertThat(before.keySet()).containsAll(whole.keySet());
        assertThat(before.keySet())
                .filteredOn(thing -> !whole.containsKey(thing))
                .hasSizeGreaterThan(2)
                .allMatch(thing -> thing.contains(tombstone.mark));
        Kind[] kinds = Kind.values();
        for (int at = 1; at <= writes; at += EVERY ? 1 : 2) {
            for (int kind = 0; kind < kinds.length; kind++) {
                if (EVERY || (at + List.of(Tombstone.values()).indexOf(tombstone)) % kinds.length == kind) {
                    after(new Fate(kinds[kind], at), tombstone, whole);
                }
            }
        }
    }

    private void after(Fate fate, Tombstone tombstone, Map<String, String> whole) throws IOException {
        try (FaultyWorld world = onboarded()) {
            Map<String, String> before = world.state();
            Optional<RunResult> result = world.offboard(PLATFORM, tombstone.in(world), fate);

            assertThat(before.entrySet())
                    .as("nothing is made or changed, whatever happens at write " + fate.writes())
                    .containsAll(world.state().entrySet());
            if (result.map(RunResult::status)
                    .filter(RunResult.Status.SUCCEEDED::equals)
                    .isEmpty()) {
                done(world, tombstone);
            }
            assertThat(world.state()).isEqualTo(whole);
        }
    }

    private FaultyWorld onboarded() throws IOException {
        FaultyWorld world = new FaultyWorld(Files.createDirectory(folder.resolve("world" + ++worlds)));
        RunResult result = world.onboard(PLATFORM, QUOTA, SERVICES, Fate.none()).orElseThrow();
        assertThat(result.status()).as(result.failures().toString()).isEqualTo(RunResult.Status.SUCCEEDED);
        return world;
    }

    /** @return how many writes it took */
    private static int done(FaultyWorld world, Tombstone tombstone) {
        Fate fate = Fate.none();
        RunResult result = world.offboard(PLATFORM, tombstone.in(world), fate).orElseThrow();
        assertThat(result.status()).as(result.failures().toString()).isEqualTo(RunResult.Status.SUCCEEDED);
        return fate.writes();
    }
}
