package io.imaas.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SlowAnswersTest {
    private final Queue<Runnable> queued = new ArrayDeque<>();
    private final SlowAnswers slow = new SlowAnswers(queued::add, Duration.ofMillis(1));

    @Test
    void whoeverLooksAgainFindsTheAnswerOfTheFirstLook() {
        List<String> question = List.of("orders", "plan");
        for (int look = 0; look < 3; look++) {
            assertThatThrownBy(() -> slow.of(question, () -> "first"))
                    .hasMessageContaining("has not answered within 0 seconds");
        }
        assertThat(queued).hasSize(1);
        queued.remove().run();

        assertThat(slow.of(question, () -> "second")).isEqualTo("first");
    }

    @Test
    void aFailureIsToldOnceAndAskedAgain() {
        SlowAnswers quick = new SlowAnswers(Runnable::run, Duration.ofSeconds(5));
        assertThatThrownBy(() -> quick.of(List.of("x"), () -> {
                    throw FailureException.input("there is none", "x", "");
                }))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("there is none");
        assertThat(quick.<String>of(List.of("x"), () -> "there")).isEqualTo("there");
    }
}
