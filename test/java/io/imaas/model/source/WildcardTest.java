package io.imaas.model.source;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({
        "abc, abc, true",
        "abc, abcd, false",
        "a*c, ac, true",
        "a*c, abbc, true",
        "a*c, abcd, false",
        "*, '', true",
        "*b*, abc, true",
        "a*a, a, false",
        "a*b*b, ab, false",
        "a*b*b, abb, true",
        "a.c, abc, false",
        "**x**, axb, true"
    })
    void aStarStandsForAnything(String written, String text, boolean matches) {
        assertThat(Wildcard.matches(written, text)).isEqualTo(matches);
    }

    @Test
    void manyStarsAreNoWayToKeepItBusy() {
        String written = "a*".repeat(200) + "b";
        assertThat(assertTimeoutPreemptively(ofSeconds(60), () -> Wildcard.matches(written, "a".repeat(50_000))))
                .isFalse();
    }
}
