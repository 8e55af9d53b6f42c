package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.ManifestDiff;
import io.imaas.model.kubernetes.Manifests;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiServiceChartTest {
    private static final String PROD = "environment: prod\nreplicas: 3\n";
    private static final String IMAGE = "registry.acme.example:5000/imaas/orders/order-api@" + RenderedChart.DIGEST;

    @Test
    void aGatewayIsADeploymentBehindAService() {
        RenderedChart chart = RenderedChart.with();
        assertThat(chart.kinds())
                .containsExactlyInAnyOrder("NetworkPolicy", "ServiceAccount", "ConfigMap", "Service", "Deployment");
        assertThat(chart.at("Service", "spec ports 0 port")).isEqualTo(8290);
        assertThat(chart.at("Service", "spec selector")).isEqualTo(chart.at("Deployment", "spec selector matchLabels"));
    }

    @Test
    void everyObjectIsInTheNamespaceAndSaysWhoseItIs() {
        for (Manifest manifest : RenderedChart.with(PROD, "config: {a: b}").manifests()) {
            assertThat(manifest.namespace()).as(manifest.id()).isEqualTo("orders-test");
            Map<?, ?> metadata = (Map<?, ?>) ((Map<?, ?>) RenderedChart.parse(manifest)).get("metadata");
            assertThat(metadata.get("labels"))
                    .as(manifest.id())
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .contains(
                            Map.entry("imaas.io/tenant", "orders"),
                            Map.entry("imaas.io/service", "order-api"),
                            Map.entry("app.kubernetes.io/name", "order-api"));
        }
    }

    @Test
    void theImageIsTheRepositoryAtTheDigestAndTheTagIsOnlyNoted() {
        RenderedChart chart = RenderedChart.with();
        assertThat(chart.at("Deployment", "spec template spec containers 0 image"))
                .isEqualTo(IMAGE);
        assertThat(chart.at("Deployment", "spec template spec initContainers 0 image"))
                .isEqualTo(IMAGE);
        assertThat(chart.at("Deployment", "metadata annotations"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .contains(
                        Map.entry("imaas.io/image", IMAGE),
                        Map.entry("imaas.io/image-tag", "1.4.0-17"),
                        Map.entry("imaas.io/source-commit", "0123456789abcdef0123456789abcdef01234567"),
                        Map.entry("imaas.io/source-tree", "89abcdef0123456789abcdef0123456789abcdef"));
    }

    @Test
    void aRollingUpdateTakesNoPodAwayBeforeAnotherIsReady() {
        RenderedChart chart = RenderedChart.with();
        assertThat(chart.at("Deployment", "spec strategy rollingUpdate maxUnavailable"))
                .isEqualTo(0);
        assertThat(chart.at("Deployment", "spec strategy rollingUpdate maxSurge"))
                .isEqualTo(1);
        assertThat(chart.at("Deployment", "spec template spec terminationGracePeriodSeconds"))
                .isEqualTo(60);
        assertThat(chart.at("Deployment", "spec template spec containers 0 lifecycle preStop exec command 2"))
                .asString()
                .startsWith("sleep 15\n")
                .contains("kill -TERM");
    }

    @Test
    void theHeapIsAShareOfTheContainersMemoryLimit() {
        RenderedChart chart = RenderedChart.with("runtime: {heapPercent: 50}");
        assertThat(chart.env("Deployment", "spec template spec", "JVM_MEM_OPTS"))
                .asString()
                .contains("-XX:MaxRAMPercentage=50")
                .doesNotContain("-Xmx");
        assertThat(chart.at("Deployment", "spec template spec containers 0 resources limits memory"))
                .isNotNull();
    }

    @Test
    void probesAskTheRuntimesOwnEndpoints() {
        RenderedChart chart = RenderedChart.with();
        String container = "spec template spec containers 0 ";
        assertThat(chart.at("Deployment", container + "startupProbe httpGet path"))
                .isEqualTo("/liveness");
        assertThat(chart.at("Deployment", container + "livenessProbe httpGet path"))
                .isEqualTo("/liveness");
        assertThat(chart.at("Deployment", container + "readinessProbe httpGet path"))
                .isEqualTo("/healthz");
        assertThat(chart.at("Deployment", container + "ports"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(Map.of("name", "internal", "containerPort", 9201, "protocol", "TCP"));
        // Before 4.2 there is no path for it: the pod would never start.
        assertThat(RenderedChart.with("runtime: {version: 4.1.0}")
                        .at("Deployment", container + "startupProbe tcpSocket port"))
                .isEqualTo("internal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "worker", "step"})
    void podsRunUnprivilegedOnAReadOnlyRoot(String type) {
        RenderedChart chart = RenderedChart.with("type: " + type);
        String kind = type.equals("step") ? "Job" : "Deployment";
        String pod = "spec template spec ";
        assertThat(chart.at(kind, pod + "securityContext"))
                .isEqualTo(Map.of(
                        "runAsNonRoot", true,
                        "runAsUser", 10802,
                        "runAsGroup", 10802,
                        "fsGroup", 10802,
                        "seccompProfile", Map.of("type", "RuntimeDefault")));
        assertThat(chart.at(kind, pod + "automountServiceAccountToken")).isEqualTo(false);
        for (String containers : List.of("containers", "initContainers")) {
            assertThat(chart.at(kind, pod + containers + " 0 securityContext"))
                    .isEqualTo(Map.of(
                            "allowPrivilegeEscalation", false,
                            "readOnlyRootFilesystem", true,
                            "runAsNonRoot", true,
                            "capabilities", Map.of("drop", List.of("ALL")),
                            "seccompProfile", Map.of("type", "RuntimeDefault")));
        }
    }

    @Test
    void foldersThatTheRuntimeWritesToAreFilledFromTheImage() {
        RenderedChart chart = RenderedChart.with("runtime: {version: 4.3.0}");
        assertThat(chart.at("Deployment", "spec template spec containers 0 volumeMounts"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(
                        Map.of("name", "tmp", "mountPath", "/tmp"),
                        Map.of(
                                "name",
                                "writable",
                                "mountPath",
                                "/home/wso2carbon/wso2mi-4.3.0/conf",
                                "subPath",
                                "conf"),
                        Map.of(
                                "name", "writable",
                                "mountPath", "/home/wso2carbon/wso2mi-4.3.0/repository/logs",
                                "subPath", "repository--logs"));
        assertThat(chart.at("Deployment", "spec template spec initContainers 0 command 2"))
                .asString()
                .contains("fill 'conf' 'conf'\n", "fill 'repository/logs' 'repository--logs'\n");
    }

    @Test
    void theWholeHomeCanBeWritable() {
        RenderedChart chart = RenderedChart.with("runtime: {home: /opt/mi, writable: [\".\"]}");
        assertThat(chart.at("Deployment", "spec template spec containers 0 volumeMounts 1"))
                .isEqualTo(Map.of("name", "writable", "mountPath", "/opt/mi", "subPath", "home"));
        assertThat(chart.at("Deployment", "spec template spec initContainers 0 command 2"))
                .asString()
                .contains("cp /platform/deployment.toml /writable/home/conf/deployment.toml");
    }

    @Test
    void productionSpreadsOverNodesAndKeepsAPodThroughDrains() {
        RenderedChart chart = RenderedChart.with(PROD);
        assertThat(chart.at("Deployment", "spec replicas")).isEqualTo(3);
        assertThat(chart.at("Deployment", "spec template spec topologySpreadConstraints 0 whenUnsatisfiable"))
                .isEqualTo("DoNotSchedule");
        assertThat(chart.at("PodDisruptionBudget", "spec maxUnavailable")).isEqualTo(1);
        assertThat(RenderedChart.with()
                        .at("Deployment", "spec template spec topologySpreadConstraints 0 whenUnsatisfiable"))
                .isEqualTo("ScheduleAnyway");
    }

    @Test
    void autoscalingOwnsTheNumberOfPods() {
        RenderedChart chart = RenderedChart.with(PROD, "autoscaling: {enabled: true, minReplicas: 3, maxReplicas: 9}");
        assertThat(chart.at("Deployment", "spec replicas")).isNull();
        assertThat(chart.at("Deployment", "metadata annotations imaas.io/autoscaled"))
                .isEqualTo("true");
        assertThat(chart.at("HorizontalPodAutoscaler", "spec minReplicas")).isEqualTo(3);
        assertThat(chart.at("HorizontalPodAutoscaler", "spec maxReplicas")).isEqualTo(9);
    }

    @Test
    void onePodAloneHasNoDisruptionBudgetThatWouldBlockDrains() {
        assertThat(RenderedChart.with("replicas: 1").has("PodDisruptionBudget")).isFalse();
        assertThat(RenderedChart.with("replicas: 2").has("PodDisruptionBudget")).isTrue();
    }

    @Test
    void aWorkerHasNoServiceAndNoPortsToCall() {
        RenderedChart chart = RenderedChart.with("type: worker");
        assertThat(chart.has("Service")).isFalse();
        assertThat(chart.at("Deployment", "spec template spec containers 0 ports"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(chart.at("NetworkPolicy", "spec ingress"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    @Test
    void aStepOnAScheduleIsACronJobInAutomationMode() {
        RenderedChart chart = RenderedChart.with("type: step\nservice: order-report\nstep: {schedule: \"0 5 * * *\"}");
        assertThat(chart.kinds()).contains("CronJob").doesNotContain("Deployment", "Service", "Job");
        assertThat(chart.at("CronJob", "spec concurrencyPolicy")).isEqualTo("Forbid");
        assertThat(chart.at("CronJob", "spec jobTemplate spec template spec containers 0 args"))
                .isEqualTo(List.of("--car", "order-report"));
        assertThat(chart.at("CronJob", "spec jobTemplate spec template spec restartPolicy"))
                .isEqualTo("Never");
    }

    @Test
    void aStepWithoutAScheduleIsAJobOfItsOwnForEachRelease() {
        String first = RenderedChart.with("type: step").name("Job");
        String second = RenderedChart.with("type: step", "image: {digest: sha256:" + "b".repeat(64) + "}")
                .name("Job");
        assertThat(first).startsWith("order-api-").isNotEqualTo(second);
        assertThat(RenderedChart.with("type: step").name("Job")).isEqualTo(first);
    }

    @Test
    void changedConfigurationChangesThePod() {
        String path = "spec template metadata annotations checksum/config";
        Object before = RenderedChart.with("config: {stock_url: http://a}").at("Deployment", path);
        Object after = RenderedChart.with("config: {stock_url: http://b}").at("Deployment", path);
        assertThat(before).isNotNull().isNotEqualTo(after);
        assertThat(RenderedChart.with("config: {stock_url: http://a}").at("Deployment", path))
                .isEqualTo(before);
        String runtime = "spec template metadata annotations checksum/runtime";
        assertThat(RenderedChart.with().at("Deployment", runtime))
                .isNotEqualTo(
                        RenderedChart.with("runtime: {extraToml: \"[x]\"}").at("Deployment", runtime));
    }

    @Test
    void configurationAndSecretsComeByReference() {
        RenderedChart chart = RenderedChart.with(
                """
                config: {stock_url: "http://stock:8080", tricky: "a: b # 'c' \\"d\\" {{ .Values.tenant }}"}
                configFrom: [shared]
                secretsFrom: [order-api-secrets]
                secretEnv: {db_password: {secret: db, key: password}}
                keystore: {secret: order-api-keystore}
                """);
        assertThat(chart.at("Deployment", "spec template spec containers 0 envFrom"))
                .isEqualTo(List.of(
                        Map.of("configMapRef", Map.of("name", "shared")),
                        Map.of("secretRef", Map.of("name", "order-api-secrets")),
                        Map.of("configMapRef", Map.of("name", "order-api-config"))));
        assertThat(chart.env("Deployment", "spec template spec", "db_password"))
                .isEqualTo(Map.of("secretKeyRef", Map.of("name", "db", "key", "password")));
        assertThat(chart.env("Deployment", "spec template spec", "KEYSTORE_PASSWORD"))
                .isEqualTo(Map.of("secretKeyRef", Map.of("name", "order-api-keystore", "key", "keystore-password")));
        assertThat(chart.at("ConfigMap", "data tricky")).isEqualTo("a: b # 'c' \"d\" {{ .Values.tenant }}");
        assertThat(chart.manifests()).noneMatch(m -> m.kind().equals("Secret"));
    }

    @Test
    void aRuntimeReportsToTheControlPlaneUnderItsTenantServiceAndPodWithASecretThatNoManifestHolds() {
        String icp = "observability: {icp: {url: \"https://icp.integration:9445\"}}\nsecretsFrom: [order-api-secrets]";
        assertThat(RenderedChart.with(icp).at("ConfigMap", "data deployment.toml"))
                .asString()
                .contains(
                        """
                        [icp_config]
                        enabled = true
                        environment = "test"
                        project = "orders"
                        integration = "order-api"
                        runtime = "$env{POD_NAME}"
                        secret = "$env{ICP_SECRET}"
                        icp_url = "https://icp.integration:9445\"""");
        assertThat(RenderedChart.with("config: {}").at("ConfigMap", "data deployment.toml"))
                .asString()
                .doesNotContain("icp_config");
    }

    @Test
    void metricsLogsAndTracesCarryTheTenantAndTheService() {
        RenderedChart chart = RenderedChart.with(
                "config: {}", "observability: {tracing: {enabled: true, type: otlp, url: \"http://otel:4317\"}}");
        assertThat(chart.env("Deployment", "spec template spec", "SERVICE_NAME"))
                .isEqualTo("orders-order-api");
        assertThat(chart.env("Deployment", "spec template spec", "JAVA_OPTS")).isEqualTo("-DenablePrometheusApi=true");
        assertThat(chart.at("Deployment", "spec template metadata annotations prometheus.io/wso2-path"))
                .isEqualTo("/metric-service/metrics");
        assertThat(chart.at("ConfigMap", "data deployment.toml"))
                .asString()
                .contains(
                        "class = \"org.wso2.micro.integrator.observability.metric.handler.MetricHandler\"",
                        "[opentelemetry]\nenable = true",
                        "url = \"http://otel:4317\"",
                        "flow.tracer.collect_payloads = false");
        assertThat(RenderedChart.with("observability: {metrics: false}")
                        .env("Deployment", "spec template spec", "JAVA_OPTS"))
                .isEqualTo("");
    }

    @Test
    void anIngressAlwaysHasACertificate() {
        RenderedChart chart = RenderedChart.with(
                "ingress: {enabled: true, host: orders.acme.example, tlsSecret: orders-tls, className: nginx}");
        assertThat(chart.at("Ingress", "spec tls 0"))
                .isEqualTo(Map.of("hosts", List.of("orders.acme.example"), "secretName", "orders-tls"));
        assertThat(chart.at("Ingress", "spec rules 0 http paths 0 backend service port name"))
                .isEqualTo("http");
    }

    @Test
    void onlyWhoIsNamedMayCallAndBeCalled() {
        RenderedChart chart = RenderedChart.with(
                """
                network:
                  allowFrom: [payments-test]
                  managementFrom: [imaas]
                  egress: [{cidr: 10.1.0.0/16, ports: [443]}, {namespace: stock, ports: [8080, 8443]}]
                """);
        assertThat(chart.at("NetworkPolicy", "spec policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
        assertThat(chart.at("NetworkPolicy", "spec ingress 0 from"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(3);
        assertThat(chart.at("NetworkPolicy", "spec ingress 2 ports 0 port")).isEqualTo(9164);
        assertThat(chart.at("NetworkPolicy", "spec egress 2"))
                .isEqualTo(Map.of(
                        "to", List.of(Map.of("ipBlock", Map.of("cidr", "10.1.0.0/16"))),
                        "ports", List.of(Map.of("protocol", "TCP", "port", 443))));
    }

    @Test
    void theManagementApiHasAnAddressOfItsOwnForThoseWhoMayCallIt() {
        RenderedChart worker = RenderedChart.with("type: worker\nnetwork: {managementFrom: [imaas]}");
        assertThat(worker.at("Service", "metadata name")).isEqualTo("order-api-mgmt");
        assertThat(worker.at("Service", "spec ports 0 port")).isEqualTo(9164);
        assertThat(worker.at("Service", "spec selector"))
                .isEqualTo(worker.at("Deployment", "spec selector matchLabels"));
        assertThat(RenderedChart.with("type: worker").has("Service")).isFalse();
    }

    @Test
    void aSnapshotVersionBecomesAValidLabel() {
        assertThat(RenderedChart.with("version: 1.0.0+build/7~x")
                        .at("Deployment", "metadata labels app.kubernetes.io/version"))
                .isEqualTo("1.0.0_build_7_x");
    }

    /** As `imaas adopt` writes it: by a tag, and with texts that look like templates and images. */
    @Test
    void whatRanBeforeRunsAsItIsUntilTheNextReleaseTakesItsImagesPlace() {
        String before =
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly}
                spec:
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          containers:
                          - image: "registry.acme.example:5000/old/nightly:1.2"
                            name: job
                            args: ["{{ .Values.tenant }}", "image: registry.acme.example:5000/old/nightly:1.2"]
                          - name: other
                            image: registry.acme.example/nightly
                """;
        String kept =
                "environment: prod\nglobal: {adopted: true}\nkept:\n  image: registry.acme.example:5000/old/nightly:1.2\n"
                        + "  release: registry.acme.example:5000/old/nightly@sha256:" + "0".repeat(64)
                        + "\n  manifests: |\n"
                        + before.indent(4);
        RenderedChart adopted = RenderedChart.with(
                kept,
                "image: {repository: 'registry.acme.example:5000/old/nightly', digest: 'sha256:" + "0".repeat(64)
                        + "'}");
        RenderedChart released = RenderedChart.with(kept);
        String labels = "{imaas.io/environment=prod, imaas.io/service=order-api, imaas.io/tenant=orders}";

        assertThat(new Manifests(adopted.manifests()).text())
                .isEqualTo(new Manifests(new HelmRenderer().read(before, "orders-test")).text());
        assertThat(ManifestDiff.between(new Manifests(adopted.manifests()), new Manifests(released.manifests())))
                .singleElement()
                .satisfies(effect -> assertThat(effect.fields())
                        .containsExactlyInAnyOrder(
                                new FieldChange("metadata.labels", "", labels),
                                new FieldChange(
                                        "spec.jobTemplate.spec.template.metadata", "", "{labels=" + labels + "}"),
                                new FieldChange(
                                        "spec.jobTemplate.spec.template.spec.containers[job].image",
                                        "registry.acme.example:5000/old/nightly:1.2",
                                        IMAGE)));
    }
}
