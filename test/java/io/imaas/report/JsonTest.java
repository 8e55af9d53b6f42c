package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"to\": \"test\", \"to\": \"prod\"}",
                "{\"to\": \"test\", \"\\u0074o\": \"prod\"}",
                "{\"to\": \"test\"} {\"to\": \"prod\"}"
            })
    void whatTwoReadersCouldReadDifferentlyIsRefused(String text) {
        assertThatThrownBy(() -> Json.read(text, TEXTS)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void oneObjectIsRead() throws Exception {
        assertThat(Json.read("{\"to\": \"test\"}\n", TEXTS)).containsEntry("to", "test");
    }
}
