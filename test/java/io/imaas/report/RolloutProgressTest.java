package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.RolloutStatus.InProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutProgressTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final RolloutProgress progress = new RolloutProgress();

    private static InProgress waiting(String phase, String what) {
        return new InProgress(phase, what, START, List.of());
    }

    private List<String> lines(int seconds, IntFunction<InProgress> states) {
        return IntStream.range(0, seconds)
                .mapToObj(s -> progress.line(states.apply(s), START.plusSeconds(s)))
                .flatMap(Optional::stream)
                .toList();
    }

    @Test
    void aLineSaysWhatIsDoneWhatIsMissingSinceWhenAndHowLongItUsuallyTakes() {
        InProgress status = new InProgress(
                "CONVERGING",
                "Deployment order-api: 1 of 3 replicas ready",
                START,
                List.of("a", "b", "c", "d", "e", "f", "g"),
                4,
                11,
                Duration.ofMillis(42_900));
        assertThat(progress.line(status, START.plusSeconds(7)))
                .contains("CONVERGING: waiting for Deployment order-api: 1 of 3 replicas ready (for 7 s); "
                        + "4 of 11 resources done; not done: a, b, c, d, e and 2 more; it usually takes 42 s in all");
    }

    @Test
    void whileNothingChangesThereIsALineEveryHalfMinute() {
        assertThat(lines(91, s -> waiting("CONVERGING", "health"))).hasSize(4);
        assertThat(progress.nextLine(waiting("CONVERGING", "health"))).isEqualTo(START.plusSeconds(120));
    }

    @Test
    void aChangeIsToldAtOnceAndOneThatIsGoneAgainIsNot() {
        progress.line(waiting("OPENING", "an answer"), START);
        assertThat(progress.line(waiting("UNSEEN", "the commit"), START.plusMillis(300)))
                .isEmpty();
        assertThat(progress.line(waiting("OPENING", "an answer"), START.plusMillis(2_100)))
                .isEmpty();
        assertThat(progress.line(waiting("UNSEEN", "the commit"), START.plusMillis(2_200)))
                .isPresent();
    }

    @Test
    void whatFlickersForAnHourDoesNotFloodTheLog() {
        assertThat(lines(3_600, s -> waiting(s % 2 == 0 ? "COMPARING" : "CONVERGING", s + " of many")))
                .hasSizeBetween(40, 200);
    }
}
