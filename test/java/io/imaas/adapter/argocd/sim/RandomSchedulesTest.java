package io.imaas.adapter.argocd.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code -Dimaas.tries=N} plays N stories, {@code -Dimaas.seed=S} begins with another one. */
class RandomSchedulesTest {
    @Test
    void noScheduleMakesARolloutLieHangOrLeak() {
        int tries = Integer.getInteger("imaas.tries", 500);
        long first = Long.getLong("imaas.seed", 1L);
        List<String> wrong = new ArrayList<>();
        Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
        for (long seed = first; seed < first + tries; seed++) {
            Schedule schedule = new Schedule(seed);
            wrong.addAll(schedule.play());
            if (schedule.verdict() != null) {
                seen.merge(schedule.verdict(), 1, Integer::sum);
            }
        }
        System.out.println(tries + " schedules: " + seen);
        assertThat(wrong).isEmpty();
        // The stories must reach all ends, or they prove little.
        if (tries >= 500) {
            assertThat(seen.keySet()).contains(Verdict.values());
        }
    }
}
