package io.imaas.model.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    @Test
    void secondsAndDatesAreReadAndNobodyIsWaitedForForDays() {
        assertThat(RetryAfter.of("7", NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(RetryAfter.of(" Sun, 29 Nov 2026 10:00:30 GMT ", NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.of("Sun, 29 Nov 2026 09:59:00 GMT", NOW)).isZero();
        assertThat(RetryAfter.of("999999999", NOW)).isEqualTo(RetryAfter.LONGEST);
        assertThat(RetryAfter.of("Sun, 29 Nov 2099 10:00:00 GMT", NOW)).isEqualTo(RetryAfter.LONGEST);
    }

    @Test
    void whatCanNotBeReadIsNoWish() {
        assertThat(RetryAfter.of(null, NOW)).isNull();
        assertThat(RetryAfter.of("", NOW)).isNull();
        assertThat(RetryAfter.of("-5", NOW)).isNull();
        assertThat(RetryAfter.of("soon", NOW)).isNull();
        assertThat(RetryAfter.of("9999999999999999999999", NOW)).isNull();
    }
}
