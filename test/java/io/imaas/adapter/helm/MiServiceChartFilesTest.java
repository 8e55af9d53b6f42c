package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.port.ChartRenderer.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The chart as it lies there: its defaults, its examples, its README. */
class MiServiceChartFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"gateway", "worker", "step"})
    void lintFindsNothingToComplainAboutInAnyType(String type, @TempDir Path scratch) throws IOException {
        assertThat(ChartLint.warnings(RenderedChart.chart("type: " + type), scratch))
                .isEmpty();
    }

    @Test
    void theChartLintsWithItsOwnDefaults(@TempDir Path scratch) throws IOException {
        assertThat(ChartLint.warnings(new Chart(RenderedChart.FOLDER, "x", "y", List.of()), scratch))
                .isEmpty();
    }

    @Test
    void lintSeesTheValues(@TempDir Path scratch) throws IOException {
        assertThat(ChartLint.warnings(RenderedChart.chart("replicas: 0"), scratch))
                .anyMatch(message -> message.contains("/replicas"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "test", "prod"})
    void theExamplesOfAGitOpsRepositoryRender(String environment) throws IOException {
        Path service = Path.of("examples/gitops/services/order-api");
        List<String> values = List.of(
                Files.readString(service.resolve("values.yaml")),
                Files.readString(service.resolve("release.yaml")),
                Files.readString(service.resolve("env/" + environment + ".yaml")));
        assertThat(new HelmRenderer()
                        .render(new Chart(RenderedChart.FOLDER, "order-api", "orders-" + environment, values)))
                .extracting(Manifest::kind)
                .contains("Deployment");
    }

    @Test
    void theReadmeNamesEveryValue() throws IOException {
        String readme = Files.readString(Path.of(RenderedChart.FOLDER, "README.md"));
        Object values = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of(RenderedChart.FOLDER, "values.yaml")));
        ((Map<?, ?>) values).forEach((group, below) -> {
            if (below instanceof Map<?, ?> map && !map.isEmpty()) {
                map.keySet().forEach(key -> assertThat(readme).contains("`" + group + "." + key));
            } else {
                assertThat(readme).contains("`" + group + "`");
            }
        });
    }
}
