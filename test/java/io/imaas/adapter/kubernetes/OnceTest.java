package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OnceTest {
    private final Once<String, String> once = new Once<>();
    private final AtomicInteger readings = new AtomicInteger();

    @Test
    void whoeverNeedsWhatIsBeingReadWaitsForThatAndForNothingElse() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> once.get("slow", () -> {
            begun.countDown();
            await(other);
            return "slow " + readings.incrementAndGet();
        }));
        await(begun);

        once.ahead("slow", () -> "read twice");
        once.ahead("other", () -> "other");
        other.countDown();

        assertThat(once.get("slow", () -> "read twice")).isEqualTo("slow 1").isEqualTo(slow.get());
        assertThat(once.get("other", () -> "read twice")).isEqualTo("other");
    }

    @Test
    void whatCouldNotBeReadIsReadAgain() {
        assertThatThrownBy(() -> once.ahead("key", OnceTest::fail)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> once.get("key", OnceTest::fail)).isInstanceOf(IllegalStateException.class);
        assertThat(once.get("key", () -> "read")).isEqualTo("read");
        once.clear();
        assertThat(once.get("key", () -> "anew")).isEqualTo("anew");
    }

    private static String fail() {
        throw new IllegalStateException("no answer");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
