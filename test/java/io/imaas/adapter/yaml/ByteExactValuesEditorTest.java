package io.imaas.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteExactValuesEditorTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private final ByteExactValuesEditor editor = new ByteExactValuesEditor();

    @Test
    void onlyTheValuesChangeInAFileFullOfPeculiarities() {
        String before =
                """
                # größe 𝄞

                image :   # the image
                    repository:\t'r/old'   # keep 𝄞
                    digest: "sha256:00"
                    tag:   v1 # t
                other: &x {a: 1,   b: [ 2,3 ]}
                again: *x
                text: |
                   image:
                     tag: not me
                ---
                image: {tag: second}"""
                        .replace("\n", "\r\n");

        String after = set(before, "image.repository", "r/new", "image.digest", DIGEST, "image.tag", "v2");

        assertThat(after)
                .isEqualTo(before.replace("r/old", "r/new")
                        .replace("sha256:00", DIGEST)
                        .replace("tag:   v1", "tag:   v2"));
    }

    @Test
    void missingKeysTakeTheFilesOwnIndentationAndLineBreak() {
        assertThat(set("a:\n    b: 1\n    # end\n\n# next\nz: 2\n", "a.c.d", "x", "k", "v"))
                .isEqualTo("a:\n    b: 1\n    c:\n        d: x\n    # end\n\n# next\nz: 2\nk: v\n");
        assertThat(set("a:\r\n   b: 1\r\nc: 2", "d.e", "x")).isEqualTo("a:\r\n   b: 1\r\nc: 2\r\nd:\r\n   e: x");
        assertThat(set("a: {b: 1, }\n", "a.c.d", "x:y")).isEqualTo("a: {b: 1, c: {d: \"x:y\"}, }\n");
        assertThat(set("{\"a\": {}}", "a.b", "x")).isEqualTo("{\"a\": {b: x}}");
        assertThat(set("{\"a\": 1}", "b.c", "x")).isEqualTo("{\"a\": 1, \"b\": {\"c\": \"x\"}}");
        assertThat(set("a: # why\nb: 1\n", "a.c", "x")).isEqualTo("a: # why\n  c: x\nb: 1\n");
        assertThat(set("a: ~\n", "a.c", "x")).isEqualTo("a: {c: x}\n");
        assertThat(set("a: # none\n", "a", "x")).isEqualTo("a: x # none\n");
        assertThat(set("a: |\n  text\n\n\n", "b", "x")).isEqualTo("a: |\n  text\nb: x\n\n\n");
        assertThat(set("a: |+\n  text\n\n", "b", "x")).isEqualTo("a: |+\n  text\n\nb: x\n");
        assertThat(set("a: |-\n  text", "b", "x")).isEqualTo("a: |-\n  text\nb: x");
        assertThat(set("a:\n- b\n- c: 1\n", "d", "x")).isEqualTo("a:\n- b\n- c: 1\nd: x\n");
    }

    @Test
    void aFileWithoutContentGetsIt() {
        assertThat(set("", "image.tag", "v1", "image.digest", "d")).isEqualTo("image:\n  tag: v1\n  digest: d\n");
        assertThat(set("# only words\n", "a", "x")).isEqualTo("# only words\na: x\n");
        assertThat(set("# only words", "a", "x")).isEqualTo("# only words\na: x");
        assertThat(set("---\n", "a", "x")).isEqualTo("---\na: x\n");
        assertThat(set("---", "a", "x")).isEqualTo("---\na: x");
        assertThat(set("---\n# c\n---\nb: 1\n", "a", "x"))
                .endsWith("---\nb: 1\n")
                .contains("a: x\n");
        assertThat(set("\ufeff{}\n", "a", "x")).isEqualTo("\ufeff{a: x}\n");
        assertThat(editor.set("f", Map.of("a", "x")).apply(Optional.empty()))
                .contains("a: x\n".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t: v1     | 1.10    | t: \"1.10\"",
                "t: 1.9    | 1.10    | t: \"1.10\"",
                "t: 1.10   | 1.10    | t: \"1.10\"",
                "t: 3      | 4       | t: 4",
                "t: true   | false   | t: false",
                "t: v1     | true    | t: \"true\"",
                "t: v1     | 0123456 | t: \"0123456\"",
                "t: v1     | 12e4567 | t: \"12e4567\"",
                "t: v1     | 12a4567 | t: 12a4567",
                "t: v1     | a: b    | t: \"a: b\"",
                "t: v1     | a #b    | t: \"a #b\"",
                "t: 'v1'   | it's    | t: 'it''s'",
                "t: \"v\"  | a\"b    | t: \"a\\\"b\"",
                "t: !!str 5| 6       | t: !!str \"6\"",
                "t: &a v1  | v2      | t: &a v2",
                "t:        | no      | t: \"no\"",
            })
    void aValueStaysTheStringItIs(String before, String value, String after) {
        assertThat(set(before, "t", value)).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base: &b {x: 1}\nt: *b\n",
                "t: &b {x: 1}\nu: *b\n",
                "b: &b {x: 1}\nt:\n  <<: *b\n",
                "b: &b {t: {x: 1}}\n<<: *b\n",
                "t:\n  x: 1\n  x: 2\n",
                "t:\n  x: |\n    text\n",
                "t:\n  x: {a: 1}\n",
                "t:\n  x: [1]\n",
                "t: 5\n",
                "t: [1]\n",
                "t:\n  x: {{ .Values.x }}\n",
                "{{- if .Values.x }}\nt: 1\n{{- end }}\n",
                "- t\n",
                "t: \"unfinished\n",
                "t:\n\tx: 1\n",
                "t:\n  x: !!int 5\n",
                "t:\n  x: &s v1\nu: *s\n",
                "\u0001: 1\n",
            })
    void whatCannotBeEditedSoundlyIsRefusedWithItsPlace(String before) {
        assertThatThrownBy(() -> set(before, "t.x", "v9")).isInstanceOfSatisfying(FailureException.class, problem -> {
            assertThat(problem.failure().kind()).isEqualTo(FailureKind.INPUT);
            assertThat(problem.failure().where().toString()).matches("env/dev\\.yaml:\\d+:\\d+");
        });
    }

    @Test
    void thePlaceOfARefusalIsRight() {
        assertThatThrownBy(() -> set("a: 1\r\n# 𝄞\r\n𝄞: {b: 1}\r\nt:  *x\r\nb: &x 1\n", "t", "v9"))
                .isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> set("b: &x 1\r\n# 𝄞\r\nt:  *x\r\n", "t", "v9"))
                .hasMessageContaining("yaml:3:5:");
        assertThatThrownBy(() -> editor.set("f.yaml", Map.of("a", "x"))
                        .apply(Optional.of(new byte[] {'a', ':', '\n', ' ', (byte) 0xff})))
                .hasMessageContaining("f.yaml:2:2: this is not UTF-8");
    }

    @Test
    void readFollowsAliasesAndMergesAsHelmDoes() {
        String yaml = "b: &b {x: 1, y: two}\nc: {<<: *b, x: 3}\nd: *b\ne: ~\nf: [1]\ng.h: dotted\n---\nz: 1\n";
        assertThat(read(yaml))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "b.x", "1", "b.y", "two", "c.x", "3", "c.y", "two", "d.x", "1", "d.y", "two", "g\\.h",
                        "dotted"));
        assertThat(read("")).isEmpty();
        assertThat(set("g.h: a\n", "g\\.h", "b")).isEqualTo("g.h: b\n");
    }

    @Test
    void aFileThatExpandsWithoutEndIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 {k: v, l: w}\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d {k: *a%d, l: *a%d}\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> read(bomb.toString())).isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> read("a: &a [*a]\nb: &b {c: *b}\n")).isInstanceOf(FailureException.class);
    }

    private static Map<String, String> read(String yaml) {
        return new Values(YamlDocuments.parse(YamlText.of("f.yaml", yaml))).flatten();
    }

    private String set(String before, String... keysAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        byte[] after = editor.set("env/dev.yaml", values)
                .apply(Optional.of(before.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow();
        return new String(after, StandardCharsets.UTF_8);
    }
}
