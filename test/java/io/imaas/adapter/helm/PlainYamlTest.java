package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.Yaml;

/** Two readers of two versions of YAML must see the same. */
class PlainYamlTest {
    /** Such a half would swallow the character after it when it is written: what runs were another text than what was reviewed. */
    @ParameterizedTest
    @ValueSource(strings = {"{a: \"\\ud800n\"}", "{a: \"\\udc00\"}", "{\"\\ud800\\uffff\": 1}", "{a: [\"x\\uDBFF\"]}"})
    void halfACharacterIsRefused(String data) {
        String manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: " + data + "\n";

        assertThatThrownBy(() -> RenderedDocuments.split(manifest, "orders-dev"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("is not Unicode");
    }

    @Test
    void readersOfBothVersionsOfYamlUnderstandTheSame() {
        for (String text : List.of(
                "yes",
                "no",
                "on",
                "off",
                "y",
                "null",
                "~",
                "0o7",
                "017",
                "1:30",
                "1e3",
                "0x1F",
                "1_000",
                ".5",
                "",
                " a",
                "a: b",
                "# c",
                "- d",
                "<<",
                "=",
                "a\u0085kind: Secret",
                "a\rb",
                "a\nb\n",
                "a\n  b",
                "\ta\n",
                "%x",
                "2026-11-20",
                "!!str",
                "&a",
                "*a",
                "sha256:ab",
                "{}",
                "[]",
                "true",
                "Infinity",
                ".inf",
                "\u2028x")) {
            Map<String, Object> object = Map.of("v", text, text, List.of(text));

            String yaml = PlainYaml.of(object);

            assertThat(new Load(LoadSettings.builder().build()).loadFromString(yaml))
                    .as(yaml)
                    .isEqualTo(object);
            assertThat(new Yaml().<Object>load(yaml)).as(yaml).isEqualTo(object);
        }
    }
}
