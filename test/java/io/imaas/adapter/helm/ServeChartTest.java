package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.cli.Main;
import io.imaas.cli.settings.Settings;
import io.imaas.port.ChartRenderer.Chart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The chart that runs {@code imaas serve} in a cluster. */
class ServeChartTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String VALUES = "platform: https://git.example/acme/platform.git\nurl: https://imaas.example\n"
            + "image: {digest: '" + DIGEST + "'}\n";

    private static Chart chart(String... values) {
        return new Chart("examples/serve/chart", "imaas", "imaas", List.of(values));
    }

    private static RenderedChart with(String... values) {
        return new RenderedChart(new HelmRenderer().render(chart(values)));
    }

    @Test
    void lintFindsNothing(@TempDir Path scratch) throws IOException {
        assertThat(ChartLint.warnings(chart(VALUES), scratch)).isEmpty();
    }

    @Test
    void theServerRunsByDigestWithNoMoreRightsThanItNeeds() {
        RenderedChart chart = with(VALUES);
        assertThat(chart.kinds())
                .containsExactlyInAnyOrder("ServiceAccount", "Service", "NetworkPolicy", "StatefulSet");
        String container = "spec template spec containers 0 ";
        assertThat(chart.at("StatefulSet", container + "image"))
                .isEqualTo("registry.example/imaas/orchestrator@" + DIGEST);
        assertThat(chart.at("StatefulSet", "spec template spec securityContext runAsNonRoot"))
                .isEqualTo(true);
        assertThat(chart.at("StatefulSet", container + "securityContext readOnlyRootFilesystem"))
                .isEqualTo(true);
        assertThat(chart.at("StatefulSet", container + "securityContext capabilities drop 0"))
                .isEqualTo("ALL");
        assertThat(with(VALUES, "ingressNamespace: {name: nginx}")
                        .at("NetworkPolicy", "spec ingress 0 from 0 namespaceSelector matchLabels name"))
                .isEqualTo("nginx");
    }

    @Test
    void theCommandTakesEveryOptionThatTheChartGives() {
        List<?> arguments = (List<?>) with(VALUES, "options: [--react, '--keep-events=7d']")
                .at("StatefulSet", "spec template spec containers 0 args");
        CommandLine.ParseResult parsed = Main.commandLine(Settings.ofThisProcess())
                .parseArgs(arguments.stream().map(String::valueOf).toArray(String[]::new));
        assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("serve");
    }

    @Test
    void whatMustBeSaidIsAskedFor() {
        Stream.of("platform: ''\n", "url: ''\n", "image: {digest: ''}\n", "url: http://imaas.example\n")
                .forEach(missing -> assertThatThrownBy(() -> with(VALUES, missing))
                        .as(missing)
                        .hasMessageMatching("(?s).*(platform|url|image).*"));
    }
}
