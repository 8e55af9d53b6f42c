package io.imaas.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictReleaseFormatTest {
    private static final String GOOD = "image:\n  repository: r.example/a\n  digest: sha256:1\nversion: 1.0.0\n";

    private final StrictReleaseFormat format = new StrictReleaseFormat();

    @Test
    void whatTheOrchestratorWritesIsReadBackWholly() {
        Release release = new Release(
                new ServiceName("api"),
                "1.10",
                new CommitId("1".repeat(40)),
                new TreeHash("0123456789".repeat(4)),
                new ImageRef(
                        ImageRepository.parse("r.example:5000/orders/api"), new Digest("sha256:" + "2".repeat(64))));
        for (String before : new String[] {"", "# kept\n\n", "version: old # why\r\nimage:\r\n    tag: 'x'\r\n"}) {
            byte[] written = new ByteExactValuesEditor()
                    .set("release.yaml", release.values())
                    .apply(Optional.of(before.getBytes(StandardCharsets.UTF_8)))
                    .orElseThrow();
            assertThat(format.read("f", new String(written, StandardCharsets.UTF_8)))
                    .containsExactlyInAnyOrderEntriesOf(release.values());
        }
        assertThat(Release.KEYS)
                .containsExactlyInAnyOrderElementsOf(release.values().keySet());
        assertThat(format.read("f", "")).isEmpty();
        assertThat(format.read("f", GOOD))
                .containsEntry("image.digest", "sha256:1")
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: {repository: r, digest: d}",
                "image: &a\n  tag: x",
                "x: &a {digest: d}\nimage: *a",
                "image:\n  <<: *a\n  tag: x",
                "image:\n  tag: x\n  tag: y",
                "version: 1.5e3_",
                "version: 1.5e_3",
                "image:\n  tag: x\nimage:\n  tag: y",
                "image:\n  tag: x\n    digest: y",
                "image:\n  tag: x\n digest: y",
                "  version: x",
                "replicas: 3",
                "image:\n  pullPolicy: Always",
                "image:\n  repository:\n    digest: x",
                "version: !!str x",
                "version: |\n  x",
                "version: >-",
                "version: \"a\\u0062\"",
                "version: 'it''s'",
                "version: x: y",
                "version: x y",
                "version: 1.10",
                "version: true",
                "version: ~",
                "version:",
                "? version\n: x",
                "\"version\": x",
                "version : x",
                "--- \nversion: x",
                "version: x\n---\nversion: y",
                "version: x\n...\nversion: y",
                "%YAML 1.1\n---\nversion: x",
                "image:\n\ttag: x",
                "version: x\u0085version: y",
                "version: x:",
                "version: x: # y",
                "version: x\n\t",
                "\t# note\nversion: x",
                "# note\u2028image: {digest: d}",
                "# note\u0085image: {digest: d}",
                "\ufeffversion: x",
                "version: \"x\u0000\"",
                "version: \"x",
                "- version: x"
            })
    void whatTwoReadersCouldReadDifferentlyIsRefusedWithItsLine(String yaml) {
        assertThatThrownBy(() -> format.read("dev:services/a/release.yaml", yaml))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("dev:services/a/release.yaml:");
    }

    @Test
    void theKeysAreNestedAsTheyAreWritten() {
        assertThat(format.read("f", "source:\n    tree: \"" + "1".repeat(40) + "\" # of a build\n"))
                .isEqualTo(Map.of("source.tree", "1".repeat(40)));
    }
}
