package io.imaas.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Place;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final RetryPolicy alone = new RetryPolicy(2, Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final RetryPolicy together = alone.together();

    @Test
    void whatOneOfManyRunsTriedToTheLastAttemptTheOthersTryOnce() {
        assertThat(again(together, out("registry.example.org/acme/a"), 1)).isTrue();
        assertThat(again(together, out("registry.example.org/acme/b"), 1)).isTrue();
        assertThat(again(together, out("registry.example.org/acme/a"), 2)).isFalse();

        assertThat(again(together, out("registry.example.org/acme/c"), 1)).isFalse();
        assertThat(again(together, out("https://registry.example.org/x"), 1)).isFalse();
        assertThat(again(together, out("other.example.org/acme/c"), 1)).isTrue();
        assertThat(again(alone.together(), out("registry.example.org/acme/c"), 1))
                .as("another command begins anew")
                .isTrue();
    }

    @Test
    void aServerThatIsOutIsAskedOnceInAWhileUntilItAnswers() {
        assertThat(together.outage("registry.example.org")).isEmpty();
        again(together, out("registry.example.org/acme/a"), 2);

        int tried = 0;
        for (int tenant = 0; tenant < 640; tenant++) {
            tried += together.outage("registry.example.org").isPresent() ? 0 : 1;
        }
        assertThat(tried).isEqualTo(10);
        assertThat(together.outage("registry.example.org").orElseThrow().sentence())
                .contains("nothing answers there", "another tenant", "registry.example.org");
        assertThat(again(together, together.outage("registry.example.org").orElseThrow(), 1))
                .as("what is not even tried is not tried again")
                .isFalse();
        assertThat(together.outage("other.example.org")).isEmpty();
        assertThat(together.outage("")).isEmpty();

        together.answered("registry.example.org");
        assertThat(together.outage("registry.example.org")).isEmpty();
        assertThat(alone.outage("registry.example.org")).isEmpty();
    }

    @Test
    void aRunThatIsAloneKnowsOfNoOther() {
        assertThat(again(alone, out("registry.example.org/acme/a"), 2)).isFalse();
        assertThat(again(alone, out("registry.example.org/acme/b"), 1)).isTrue();
    }

    @Test
    void aServerThatIsBusyOrAnObjectOfOneTenantSaysNothingOfTheOthers() {
        Failure busy = new Failure(
                FailureKind.EXTERNAL,
                "is asked too often",
                new Place.Named("https://git.example.org/a.git"),
                "",
                Duration.ofSeconds(3));
        Failure goes = out("Namespace/orders-dev");
        for (Failure own : new Failure[] {busy, goes, out("")}) {
            assertThat(again(together, own, 2)).isFalse();
            assertThat(again(together, own, 1)).as(own.where().toString()).isTrue();
        }
        Failure wrong = new Failure(FailureKind.INPUT, "wrong", "https://git.example.org/a.git", "");
        assertThat(again(together, wrong, 1)).isFalse();
    }

    private static boolean again(RetryPolicy policy, Failure failure, int attempt) {
        return policy.next(failure, attempt, new Random(1)).isPresent();
    }

    private static Failure out(String where) {
        return new Failure(FailureKind.EXTERNAL, "nothing answers there", where, "");
    }
}
