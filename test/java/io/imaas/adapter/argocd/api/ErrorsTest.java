package io.imaas.adapter.argocd.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of Argo CD 3.5.1. */
class ErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "'dial tcp 127.0.0.1:6399: connect: connection refused', Argo CD gets no answer from its Redis",
        "cache: key is missing, Argo CD's Redis is empty until the application is compared again"
    })
    void redisIsNamedWhenItIsAwayOrEmpty(String cause, String named) {
        String words = "error getting app resources: error getting cached app resource tree: " + cause;
        assertThat(message(words)).isEqualTo(named + ": " + words);
    }

    @Test
    void otherWordsStayAsTheyAre() {
        assertThat(message("application is deleting")).isEqualTo("application is deleting");
    }

    private static String message(String words) {
        return Errors.message(500, "{\"message\":\"" + words + "\"}", new ObjectMapper());
    }
}
