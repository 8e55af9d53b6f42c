package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.port.ChartRenderer.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledChartTest {
    @TempDir
    Path folder;

    @Test
    void theBundledChartRenders() {
        Path chart = BundledChart.unpack(folder.resolve("chart"));
        assertThat(new HelmRenderer()
                        .render(new Chart(chart.toString(), "order-api", "orders-test", List.of(RenderedChart.BASE))))
                .isEqualTo(RenderedChart.with().manifests());
    }

    @Test
    void unpackingAgainTouchesOnlyWhatDiffers() throws IOException {
        Path values = BundledChart.unpack(folder).resolve("values.yaml");
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(values, old);
        Files.writeString(folder.resolve("Chart.yaml"), "changed");
        Files.writeString(folder.resolve("templates/of-an-older-version.yaml"), "x");

        BundledChart.unpack(folder);

        assertThat(Files.getLastModifiedTime(values)).isEqualTo(old);
        assertThat(Files.readString(folder.resolve("Chart.yaml"))).contains("name: mi-service");
        assertThat(folder.resolve("templates/of-an-older-version.yaml")).doesNotExist();
    }
}
