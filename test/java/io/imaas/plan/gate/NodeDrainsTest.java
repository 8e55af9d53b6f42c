package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Manifests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeDrainsTest {
    @ParameterizedTest
    @CsvSource({
        "minAvailable, 1, 2, 0, true",
        "minAvailable, 2, 2, 0, false",
        "minAvailable, 50%, 2, 0, true",
        // Rounded up, it is both.
        "minAvailable, 51%, 2, 0, false",
        "minAvailable, 99%, 200, 0, true",
        "minAvailable, 100%, 200, 0, false",
        "minAvailable, 0, 0, 0, true",
        "minAvailable, 1, 3, 1, false",
        "minAvailable, 1, 1, 2, true",
        "minAvailable, -1, 2, 0, false",
        "maxUnavailable, 1, 1, 0, true",
        "maxUnavailable, 1%, 2, 0, true",
        "maxUnavailable, 0, 9, 0, false",
        "maxUnavailable, 00%, 9, 0, false",
        "maxUnavailable, none, 9, 0, false",
    })
    void aBudgetMustLetOnePodGo(String bound, String value, int replicas, int scaled, boolean drains) {
        Map<String, Object> own = Map.of("imaas.io/service", "api");
        Manifest deployment = manifest(
                "Deployment",
                Map.of(
                        "replicas",
                        replicas,
                        "template",
                        Map.of("metadata", Map.of("labels", Map.of("imaas.io/service", "api", "x", "y")))));
        Manifest scaler = manifest(
                "HorizontalPodAutoscaler",
                Map.of("minReplicas", scaled, "scaleTargetRef", Map.of("name", scaled == 0 ? "other" : "api")));
        Object written = value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value;
        Manifest budget =
                manifest("PodDisruptionBudget", Map.of(bound, written, "selector", Map.of("matchLabels", own)));

        assertThat(NodeDrains.blocked(
                                new Manifests(List.of(deployment, scaler, budget)),
                                budget,
                                new Field("", budget.fields()))
                        .isEmpty())
                .isEqualTo(drains);
    }

    private static Manifest manifest(String kind, Map<String, Object> spec) {
        return new Manifest("v1", kind, "orders-dev", "api", "", Map.of("spec", spec));
    }
}
