package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.ServiceSettings.Channel;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.model.tenancy.ServiceSettings.When;
import io.imaas.port.Notifier;
import io.imaas.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One message, tried as often as it makes sense, and never a reason to fail. */
class AnnouncementTest {
    private static final Notification RECIPIENT =
            new Notification(Channel.WEBHOOK, "orders-hook", Set.of(When.FAILURE));
    private static final RunNotice NOTICE =
            new RunNotice("1", When.FAILURE, "Deliver", "failed", "orders", null, List.of(), "", "", "", Instant.EPOCH);

    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final Deque<FailureException> troubles = new ArrayDeque<>();
    private int told;

    private Announcement run() throws InterruptedException {
        Notifier notifier = (recipient, address, notice) -> {
            if (!troubles.isEmpty()) {
                throw troubles.pop();
            }
            told++;
        };
        Announcement announcement = new Announcement(RECIPIENT, NOTICE, notifier, one -> new Secret("s3cret"));
        announcement.toItsEnd(clock);
        return announcement;
    }

    private static FailureException busy(Duration wait) {
        return FailureException.external("it answers with HTTP 429", "webhook orders-hook", "", wait);
    }

    @Test
    void whatFailsForAWhileIsToldInTheEndAndNotBeforeItIsAskedFor() throws InterruptedException {
        troubles.add(busy(Duration.ofSeconds(20)));
        troubles.add(busy(null));
        assertThat(run().outcome()).isEqualTo("notified webhook orders-hook");
        assertThat(told).isEqualTo(1);
        assertThat(clock.pauses()).hasSize(2);
        assertThat(clock.pauses().get(0)).isEqualTo(Duration.ofSeconds(20));
        assertThat(clock.pauses().get(1)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whoIsBusyForEverIsGivenUp() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            troubles.add(busy(null));
        }
        assertThat(run().outcome()).isEqualTo("webhook orders-hook could not be notified: it answers with HTTP 429");
        assertThat(clock.pauses()).hasSize(3);
    }

    @Test
    void whoAsksForAnHourHearsNothing() throws InterruptedException {
        troubles.add(busy(Duration.ofHours(1)));
        assertThat(run().failure()).isPresent();
        assertThat(clock.pauses()).isEmpty();
    }

    @Test
    void whatIsWrongIsNotTriedAgain() throws InterruptedException {
        troubles.add(FailureException.input("it answers with HTTP 404", "", "see whether it still holds"));
        assertThat(run().outcome())
                .isEqualTo("webhook orders-hook could not be notified: it answers with HTTP 404"
                        + " (see whether it still holds)");
        assertThat(told).isZero();
    }
}
