package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.port.ChartRenderer.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HelmRendererTest {
    private final HelmRenderer renderer = new HelmRenderer();

    @TempDir
    Path folder;

    @Test
    void laterValuesWin() throws IOException {
        chart("kind: ConfigMap\napiVersion: v1\nmetadata: {name: c}\ndata: {a: {{ .Values.a | quote }}}\n");
        List<Manifest> manifests =
                renderer.render(new Chart(folder.toString(), "r", "n", List.of("a: one", "a: two", "b: three")));
        assertThat(manifests).singleElement().satisfies(m -> {
            assertThat(m.yaml()).contains("a: two");
            assertThat(m.namespace()).isEqualTo("n");
            assertThat(m.id()).isEqualTo("ConfigMap/n/c");
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessThatIsKilledLeavesNoUnpackedLibraryBehind() throws IOException {
        chart("kind: ConfigMap\napiVersion: v1\nmetadata: {name: c}\n");
        renderer.render(chart());
        assertThat(UnpackedLibrary.deleted()).isNotEmpty().noneMatch(Files::exists);
    }

    @Test
    void anObjectWithoutANamespaceIsInTheReleasesUnlessItsKindHasNone() throws IOException {
        chart(
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: one}\n");
        assertThat(renderer.render(chart())).extracting(Manifest::id).containsExactly("Namespace/x", "Secret/n/one");
    }

    @Test
    void aLineOfDashesInsideATextSplitsNothing() throws IOException {
        chart("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  text: |\n    a\n    ---\n    b\n");
        assertThat(renderer.render(chart())).hasSize(1);
    }

    @Test
    void emptyDocumentsAreNoManifests() throws IOException {
        chart("---\n# nothing\n---\n{{ if false }}a: b{{ end }}\n");
        assertThat(renderer.render(chart())).isEmpty();
    }

    @Test
    void whatIsNoObjectIsRefusedWithItsTemplate() throws IOException {
        chart("just: a map\n");
        assertRefused("not a Kubernetes object", "templates/x.yaml");
    }

    @Test
    void aBrokenTemplateIsRefusedWithHelmsWords() throws IOException {
        chart("a: {{ .Values.x.y.z }}\n");
        assertRefused("nil pointer", "");
    }

    @Test
    void aDuplicateKeyIsRefused() throws IOException {
        chart("apiVersion: v1\nkind: Secret\nkind: Secret\nmetadata: {name: one}\n");
        assertThatThrownBy(() -> renderer.render(chart()))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT))
                .hasMessageContaining("kind");
    }

    @Test
    void valuesThatAreNoYamlAreTheUsersFault() throws IOException {
        chart("a: b\n");
        assertThatThrownBy(() -> renderer.render(new Chart(folder.toString(), "r", "n", List.of("a: [1"))))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT));
    }

    @Test
    void aFolderWithoutAChartIsTheUsersFault() {
        assertThatThrownBy(() -> renderer.render(chart())).hasMessageContaining("there is no chart here");
    }

    @Test
    void severalThreadsMayRender() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<List<Manifest>> work = () -> renderer.render(RenderedChart.chart());
            for (Future<List<Manifest>> done : threads.invokeAll(Collections.nCopies(16, work))) {
                assertThat(done.get()).isEqualTo(renderer.render(RenderedChart.chart()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void noScratchFilesAreLeftBehind() throws IOException {
        long before = scratch();
        renderer.render(RenderedChart.chart());
        assertThat(scratch()).isEqualTo(before);
    }

    private static long scratch() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName()
                            .toString()
                            .startsWith("imaas-helm-" + ProcessHandle.current().pid() + "-"))
                    .count();
        }
    }

    private void assertRefused(String words, String where) {
        assertThatThrownBy(() -> renderer.render(chart())).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT);
            assertThat(e.failure().what()).contains(words);
            assertThat(e.failure().where().toString()).contains(where);
        });
    }

    private Chart chart() {
        return new Chart(folder.toString(), "r", "n", List.of());
    }

    private void chart(String template) throws IOException {
        Files.writeString(folder.resolve("Chart.yaml"), "apiVersion: v2\nname: c\nversion: 1.0.0\n");
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("templates/x.yaml"), template);
    }
}
