package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Demand;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Quantity;
import io.imaas.model.kubernetes.Workload;
import io.imaas.port.ChartRenderer.Chart;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestWorkloadsTest {
    private static final String CONTAINERS = "{containers: [{name: a, resources: {requests: {cpu: 250m, memory: 1Gi},"
            + " limits: {memory: 2Gi}}}, {name: b, resources: {limits: {cpu: 500m, memory: 1Gi}}}]}";

    private final ManifestWorkloads workloads = new ManifestWorkloads();

    @Test
    void containersAreAddedAndALimitAloneIsARequestToo() {
        assertThat(one("Pod", "spec: " + CONTAINERS).demand()).isEqualTo(demand(1, "750m", "2Gi", "3Gi"));
    }

    @Test
    void aContainerThatSaysNothingGetsTheSpacesDefaults() {
        assertThat(one("Pod", "spec: {containers: [{name: a}]}").demand())
                .isEqualTo(demand(1, "100m", "256Mi", "512Mi"));
    }

    @Test
    void theLargestInitContainerCountsWhereItIsMoreThanAllContainers() {
        String pod = "spec: {initContainers: [{name: i, resources: {requests: {cpu: 2, memory: 64Mi},"
                + " limits: {memory: 64Mi}}}, {name: j, resources: {requests: {cpu: 1, memory: 8Gi},"
                + " limits: {memory: 8Gi}}}], " + CONTAINERS.substring(1);
        assertThat(one("Pod", pod).demand()).isEqualTo(demand(1, "2", "8Gi", "8Gi"));
    }

    @Test
    void sidecarsRunBesideEverythingThatStartsAfterThem() {
        String pod = "spec: {initContainers: [{name: s, restartPolicy: Always, resources: {requests: {cpu: 1,"
                + " memory: 1Gi}, limits: {memory: 1Gi}}}, {name: i, resources: {requests: {cpu: 3, memory: 1Gi},"
                + " limits: {memory: 1Gi}}}], " + CONTAINERS.substring(1);
        assertThat(one("Pod", pod).demand()).isEqualTo(demand(1, "4", "3Gi", "4Gi"));
    }

    @Test
    void overheadComesOnTop() {
        assertThat(one("Pod", "spec: {overhead: {cpu: 50m, memory: 120Mi}, " + CONTAINERS.substring(1))
                        .demand())
                .isEqualTo(demand(1, "800m", "2168Mi", "3192Mi"));
    }

    @Test
    void aDeploymentSurgesWhenNoPodMayBeMissing() {
        assertThat(deployment("replicas: 3").surges()).isTrue();
        assertThat(deployment("replicas: 4").surges()).isFalse();
        assertThat(deployment("replicas: 4, strategy: {type: Recreate}").surges())
                .isFalse();
        assertThat(deployment("replicas: 8, strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}")
                        .surges())
                .isTrue();
        assertThat(deployment("replicas: 1, strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}")
                        .surges())
                .isFalse();
        assertThat(deployment("replicas: 8, strategy: {rollingUpdate: {maxUnavailable: \"10%\"}}")
                        .surges())
                .isTrue();
    }

    @Test
    void anAutoscalerCountsWithItsUpperEnd() {
        Manifest scaler = manifest(
                "autoscaling/v2",
                "HorizontalPodAutoscaler",
                "spec: {minReplicas: 2, maxReplicas: 7, scaleTargetRef: {kind: Deployment, name: api}}");
        Manifest deployment = manifest("apps/v1", "Deployment", "spec: {template: {spec: " + CONTAINERS + "}}");
        Manifest lower = manifest(
                "autoscaling/v2",
                "HorizontalPodAutoscaler",
                "spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: api}}");

        assertThat(workloads.of(List.of(deployment, lower, scaler)))
                .singleElement()
                .extracting(Workload::replicas)
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicas: 2147483647, template: {spec: {containers: [{name: a}]}}",
                "replicas: -3, template: {spec: {containers: [{name: a}]}}",
                "template: {spec: {containers: [{name: a, resources: {requests: {cpu: -10}}}]}}",
                "template: {spec: {containers: [{name: a, resources: {limits: {memory: -10Gi}}}]}}"
            })
    void whatWouldTakeAwayFromOthersIsNotCounted(String spec) {
        assertThatThrownBy(() -> one("Deployment", "spec: {" + spec + "}"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("can't be counted");
    }

    @Test
    void jobsRunAsManyPodsAsTheyMayAtOnce() {
        String template = ", template: {spec: " + CONTAINERS + "}}";
        assertThat(one("Job", "spec: {parallelism: 5, completions: 3" + template)
                        .replicas())
                .isEqualTo(3);
        assertThat(one("Job", "spec: {backoffLimit: 1" + template).replicas()).isEqualTo(1);
        assertThat(one("Job", "spec: {suspend: true" + template).replicas()).isZero();
        String cron = "spec: {schedule: \"* * * * *\", jobTemplate: {spec: {backoffLimit: 1" + template + "}";
        assertThat(one("CronJob", cron + "}").remark()).contains("overlap");
        assertThat(one("CronJob", cron + ", concurrencyPolicy: Forbid}").remark())
                .isEmpty();
    }

    @Test
    void aDaemonSetSaysThatItsNodesAreNotCounted() {
        assertThat(one("DaemonSet", "spec: {template: {spec: " + CONTAINERS + "}}")
                        .remark())
                .contains("one pod");
    }

    @Test
    void whatIsNoQuantityIsToldWithItsObject() {
        assertThatThrownBy(() -> one("Pod", "spec: {containers: [{name: a, resources: {requests: {cpu: many}}}]}"))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void thePlatformsChartIsCounted(@TempDir Path folder) {
        String values = "tenant: orders\nservice: api\nenvironment: test\nreplicas: 2\n"
                + "image: {repository: registry.example.org/orders/api, digest: 'sha256:" + "1".repeat(64) + "'}\n";
        List<Manifest> manifests = new HelmRenderer()
                .render(new Chart(BundledChart.unpack(folder).toString(), "api", "orders-test", List.of(values)));

        assertThat(workloads.of(manifests)).singleElement().satisfies(workload -> {
            assertThat(workload.demand()).isEqualTo(demand(2, "500m", "1536Mi", "2Gi"));
            assertThat(workload.surges()).isTrue();
        });
    }

    private Workload deployment(String more) {
        return one("Deployment", "spec: {" + more + ", template: {spec: " + CONTAINERS + "}}");
    }

    private Workload one(String kind, String body) {
        return workloads.of(List.of(manifest("v1", kind, body))).get(0);
    }

    private static Manifest manifest(String version, String kind, String body) {
        return new Manifest(
                version,
                kind,
                "orders-test",
                "api",
                "apiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: api}\n" + body + "\n");
    }

    private static Demand demand(int pods, String cpu, String memory, String limit) {
        return new Demand(pods, Quantity.parse(cpu), Quantity.parse(memory), Quantity.parse(limit));
    }
}
