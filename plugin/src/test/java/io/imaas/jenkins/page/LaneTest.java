package io.imaas.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final Lane lane = new Lane(pool::add, 2);
    private final List<Integer> done = new ArrayList<>();

    @Test
    void onlyAsManyAsItsWidthAreInThePoolAndAllAreDoneInTheirOrder() {
        for (int i = 0; i < 5; i++) {
            int number = i;
            lane.execute(() -> done.add(number));
        }
        assertThat(pool).hasSize(2);
        while (!pool.isEmpty()) {
            pool.remove().run();
            assertThat(pool).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(done).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void workThatBreaksMakesRoomForTheNext() {
        lane.execute(() -> {
            throw new IllegalStateException("broken");
        });
        lane.execute(() -> done.add(1));
        lane.execute(() -> done.add(2));
        assertThatThrownBy(() -> pool.remove().run()).hasMessage("broken");
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
        assertThat(done).containsExactly(1, 2);
    }
}
