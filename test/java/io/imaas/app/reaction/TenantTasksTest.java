package io.imaas.app.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.tenancy.EnvironmentName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantTasksTest {
    private static final Instant LATER = Instant.parse("2026-11-20T10:00:00Z");
    private static final Task DEV = Task.review(new EnvironmentName("dev"));
    private static final Task TEST = Task.review(new EnvironmentName("test"));

    private final List<String> happened = new ArrayList<>();
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final Map<Task, Integer> waits = new HashMap<>();
    private final TenantTasks tasks =
            new TenantTasks(task -> () -> turn(task), threads::add, (at, work) -> timers.add(work));
    private int begun;

    private Optional<Instant> turn(Task task) {
        happened.add(task.about());
        return waits.merge(task, -1, Integer::sum) >= 0 ? Optional.of(LATER) : Optional.empty();
    }

    private void run() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void oneRunsAtATimeInTheOrderOfTheReasons() {
        tasks.add(TEST, () -> happened.add("test done"));
        tasks.add(DEV, () -> happened.add("dev done"));
        assertThat(threads).hasSize(1);
        assertThat(tasks.pending()).isEqualTo(2);
        run();
        assertThat(happened).containsExactly("test", "test done", "dev", "dev done");
        assertThat(tasks.pending()).isZero();
    }

    @Test
    void theSameTaskTwiceIsDoneOnceAndBothReasonsHearOfIt() {
        tasks.add(DEV, () -> begun++);
        tasks.add(TEST, () -> begun++);
        tasks.add(TEST, () -> begun++);
        tasks.add(DEV, () -> begun++);
        run();
        // The first was under way already: what came since needs another look.
        assertThat(happened).containsExactly("dev", "test", "dev");
        assertThat(begun).isEqualTo(4);
    }

    @Test
    void whoWaitsLetsOthersPassAndGoesOn() {
        waits.put(DEV, 1);
        tasks.add(DEV, () -> happened.add("first turn"));
        tasks.add(TEST, () -> {});
        run();
        assertThat(happened).containsExactly("dev", "first turn", "test");
        timers.remove().run();
        run();
        assertThat(happened).containsExactly("dev", "first turn", "test", "dev");
    }

    @Test
    void aNewReasonBeginsAnewAndTheOldTimerDoesNothing() {
        waits.put(DEV, 1);
        tasks.add(DEV, () -> {});
        run();
        tasks.add(DEV, () -> {});
        run();
        timers.remove().run();
        run();
        assertThat(happened).containsExactly("dev", "dev");
    }

    @Test
    void aBrokenTaskKeepsNobodyWaiting() {
        TenantTasks breaking = new TenantTasks(
                task -> () -> {
                    happened.add(task.about());
                    throw new IllegalStateException("broken");
                },
                work -> threads.add(() -> {
                    try {
                        work.run();
                    } catch (IllegalStateException e) {
                        happened.add(e.getMessage());
                    }
                }),
                (at, work) -> {});
        breaking.add(DEV, () -> happened.add("done"));
        breaking.add(TEST, () -> {});
        run();
        assertThat(happened).containsExactly("dev", "done", "broken", "test", "broken");
    }
}
