package io.imaas.model.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MiRuntimeTest {
    private static final Path CHART = Path.of("resources/helm/mi-service/templates");

    @Test
    void theNewestVersionThatIsKnownStandsForNewerOnes() {
        assertThat(MiRuntime.of("4.7.1")).isEqualTo(MiRuntime.of("4.6.0"));
        assertThat(MiRuntime.isNewer("4.7.0")).isTrue();
        assertThat(MiRuntime.isNewer("4.6.0")).isFalse();
        assertThat(MiRuntime.isNewer("4.6.0-alpha")).isFalse();
        assertThat(MiRuntime.isNewer("latest")).isFalse();
        assertThat(MiRuntime.of("6.6.0")).isPresent();
        assertThat(MiRuntime.of("latest")).isEmpty();
        assertThat(MiRuntime.of("${mi.version}")).isEmpty();
    }

    /** LivenessProbe is not among the internal APIs of v4.1.0, and is among those of v4.2.0. */
    @Test
    void theLivenessPathCameWithFourTwo() {
        assertThat(MiRuntime.of("4.1.0").orElseThrow().probes()).containsExactly(MiRuntime.READINESS);
        assertThat(MiRuntime.of("4.2.0").orElseThrow().probes())
                .containsExactly(MiRuntime.LIVENESS, MiRuntime.READINESS);
        assertThat(MiRuntime.of("1.1.0").orElseThrow().probes()).isEmpty();
    }

    /** The chart and the code speak of the same ports and paths. */
    @Test
    void theChartHasThePortsAndPathsOfTheTable() throws IOException {
        String pod = Files.readString(CHART.resolve("_pod.tpl"));
        assertThat(pod)
                .contains(
                        "{name: http, containerPort: " + MiRuntime.HTTP + ",",
                        "{name: internal, containerPort: " + MiRuntime.INTERNAL + ",",
                        "{name: management, containerPort: " + MiRuntime.MANAGEMENT + ",",
                        "httpGet: {path: " + MiRuntime.LIVENESS + ", port: internal}",
                        "httpGet: {path: " + MiRuntime.READINESS + ", port: internal}",
                        "prometheus.io/wso2-path: " + MiRuntime.METRICS,
                        "prometheus.io/wso2-port: \"" + MiRuntime.INTERNAL + "\"");
        assertThat(Files.readString(CHART.resolve("management.yaml"))).contains("port: " + MiRuntime.MANAGEMENT);
        assertThat(Files.readString(CHART.resolve("service.yaml"))).contains("port: " + MiRuntime.HTTP);
    }
}
