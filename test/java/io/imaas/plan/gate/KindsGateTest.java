package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.plan.gate.Answer.Closed;
import io.imaas.plan.gate.Answer.Open;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KindsGateTest {
    private final Gate gate = new KindsGate();

    @Test
    void whatTheChartMakesIsAllowed() {
        assertThat(HostileValues.ask(gate, "config: {a: b}\nreplicas: 3\n")).isInstanceOf(Open.class);
    }

    @Test
    void anObjectThatRawConfigurationAddsIsRefused() {
        String more = "apiVersion: v1\\rkind: Secret\\rmetadata: {name: api-x}";

        Closed closed = (Closed) HostileValues.ask(gate, "runtime: {extraToml: \"x = 1\\r---\\r" + more + "\"}\n");

        assertThat(closed.reason()).startsWith("Secret/api-x kind is 'Secret': allowed are ConfigMap, CronJob");
    }

    @Test
    void aKindOfAnotherGroupWithTheSameNameIsRefused() {
        assertThat(HostileValues.askAbout(
                        gate, "serving.knative.dev/v1", "Service", "api", Map.of("kind", "Service", "x", List.of())))
                .isInstanceOf(Closed.class);
    }
}
