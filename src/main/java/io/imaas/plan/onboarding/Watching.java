package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.tenancy.Service.ServiceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a space is watched: a Grafana dashboard, and with the Prometheus operator the scraping and the alerts. */
record Watching(Space space) implements Serializable {
    private static final String DASHBOARD = template("/dashboards/tenant.json");
    private static final String API = "monitoring.coreos.com/v1";

    ClusterObject dashboard() {
        return space.object(
                "v1",
                "ConfigMap",
                "dashboard",
                Map.of("grafana_dashboard", "1"),
                // Only the namespace's name goes into the JSON, and that is a DNS label.
                Map.of(
                        "data",
                        Map.of(space.namespace() + ".json", DASHBOARD.replace("__NAMESPACE__", space.namespace()))));
    }

    List<ClusterObject> alerting() {
        return List.of(podMonitor(), alerts());
    }

    /** Read once: a run over many tenants makes thousands. */
    private static String template(String resource) {
        try (InputStream template = Watching.class.getResourceAsStream(resource)) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ClusterObject podMonitor() {
        Map<String, Object> endpoint =
                Space.fields("port", "internal", "path", "/metric-service/metrics", "interval", "30s");
        Map<String, Object> pods =
                Map.of("imaas.io/tenant", space.tenant().name().value());
        Map<String, Object> spec =
                Space.fields("selector", Map.of("matchLabels", pods), "podMetricsEndpoints", List.of(endpoint));
        return space.object(API, "PodMonitor", "services", Map.of("spec", spec));
    }

    /** What can go wrong differs: a step ends, and only a gateway has callers. */
    private ClusterObject alerts() {
        List<Object> rules = new ArrayList<>();
        if (runs(ServiceType.GATEWAY) || runs(ServiceType.WORKER)) {
            rules.add(alert(
                    "IntegrationServerDown",
                    "max by (service_name) (wso2_integration_server_up" + here("") + ") < 1",
                    "2m",
                    "critical",
                    "{{ $labels.service_name }} reports itself as down"));
            rules.add(alert(
                    "IntegrationRestarts",
                    "sum by (pod) (increase(kube_pod_container_status_restarts_total" + here(",container=\"mi\"")
                            + "[15m])) > 2",
                    "1m",
                    "critical",
                    "{{ $labels.pod }} starts again and again"));
        }
        if (runs(ServiceType.GATEWAY)) {
            rules.add(alert(
                    "IntegrationErrors",
                    "sum by (service_name) (rate(wso2_integration_api_request_count_error_total" + here("")
                            + "[5m])) / sum by (service_name) (rate(wso2_integration_api_request_count_total" + here("")
                            + "[5m])) > 0.05",
                    "5m",
                    "warning",
                    "more than 5 % of the calls of {{ $labels.service_name }} fail"));
        }
        if (runs(ServiceType.STEP)) {
            rules.add(alert(
                    "IntegrationStepFailed",
                    "max by (job_name) (kube_job_status_failed" + here("") + ") > 0",
                    "1m",
                    "warning",
                    "{{ $labels.job_name }} failed: its pod's log says why"));
        }
        rules.add(alert(
                "IntegrationPodNotReady",
                "min by (pod) (kube_pod_status_ready" + here(",condition=\"true\"")
                        + " unless on (pod) kube_pod_status_phase" + here(",phase=\"Succeeded\"") + " == 1) < 1",
                "10m",
                "warning",
                "{{ $labels.pod }} is not ready: a faulty CAR, or its endpoint /healthz says why"));
        Map<String, Object> group = Space.fields("name", "integration", "rules", rules);
        return space.object(API, "PrometheusRule", "services", Map.of("spec", Map.of("groups", List.of(group))));
    }

    private boolean runs(ServiceType type) {
        return space.tenant().services().stream().anyMatch(service -> service.type() == type && space.runs(service));
    }

    private String here(String more) {
        return "{namespace=\"" + space.namespace() + "\"" + more + "}";
    }

    private Map<String, Object> alert(String name, String expression, String lasting, String severity, String summary) {
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("severity", severity);
        labels.put("tenant", space.tenant().name().value());
        labels.put("environment", space.environment().value());
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("alert", name);
        alert.put("expr", expression);
        alert.put("for", lasting);
        alert.put("labels", labels);
        alert.put("annotations", Map.of("summary", summary));
        return alert;
    }
}
