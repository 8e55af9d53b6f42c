package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.imaas.adapter.direct.DirectDeployments;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.system.SystemClock;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.Effect;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.rollout.RunningApplication;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.ServiceProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A namespace that people filled with kubectl and Helm, without any deployment server. */
class RunningWorkloadsTest {
    private static final String IMAGE = "registry.example.org/x/api@sha256:" + "a".repeat(64);

    @TempDir
    Path folder;

    private ApiServerDouble server;
    private KubernetesClient client;
    private KubernetesCluster cluster;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServerDouble();
        server.serve("apps/v1", "Deployment", "StatefulSet", "DaemonSet");
        server.serve("batch/v1", "CronJob");
        server.serve("autoscaling/v2", "HorizontalPodAutoscaler");
        server.serve("policy/v1", "PodDisruptionBudget");
        server.serve("networking.k8s.io/v1", "Ingress");
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url())
                .withRequestRetryBackoffLimit(0)
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        cluster = new KubernetesCluster(client);
        there("{apiVersion: v1, kind: Namespace, metadata: {name: orders-prod}}");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void eachWorkloadIsAnApplicationWithTheObjectsThatAreForItAlone() {
        there(deployment("api", "annotations: {deployment.kubernetes.io/revision: '3', team: a}"));
        there(deployment("web", "labels: {kustomize.toolkit.fluxcd.io/name: apps}"));
        there(deployment("ours", "labels: {imaas.io/tenant: orders}"));
        there("{apiVersion: v1, kind: Service, metadata: {name: api}, spec: {clusterIP: 10.0.0.1, selector: {app: api},"
                + " ports: [{port: 80}]}}");
        there(
                "{apiVersion: v1, kind: Service, metadata: {name: all}, spec: {selector: {part: all}, ports: [{port: 80}]}}");
        there("{apiVersion: v1, kind: ConfigMap, metadata: {name: api-config}, data: {a: b}}");
        there("{apiVersion: v1, kind: ConfigMap, metadata: {name: shared}, data: {a: b}}");
        there("{apiVersion: v1, kind: ConfigMap, metadata: {name: elsewhere}, data: {a: b}}");
        there(
                "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: any}, spec: {maxReplicas: 5,"
                        + " scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}}}");
        there(
                "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: way}, spec: {rules: [{http: {paths: [{path:"
                        + " /, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}]}}]}}");
        RunningWorkloads running = cluster.running();
        List<RunningApplication> all = running.all();

        assertThat(all)
                .extracting(one -> one.name() + " " + one.managed() + " " + one.obstacles())
                .containsExactly(
                        "orders-prod-api false []",
                        "orders-prod-ours true []",
                        "orders-prod-web false [Flux keeps it: take it out of its Kustomization first]");
        String manifests = running.manifests(all.get(0)).replace("\"", "");
        assertThat(manifests.lines().filter(line -> line.startsWith("kind: ")))
                .containsExactly(
                        "kind: Deployment",
                        "kind: ConfigMap",
                        "kind: HorizontalPodAutoscaler",
                        "kind: Ingress",
                        "kind: Service");
        assertThat(manifests)
                .contains("name: api-config", "team: ")
                .doesNotContain("clusterIP", "resourceVersion", "revision", "replicas: 2", "managedFields", "status");
        assertThat(cluster.running().all()).isEqualTo(all);
    }

    /** Without them an image that kubectl set could never be changed by a release. */
    @Test
    void whatIsAdoptedGetsItsLabelsOnceAndNothingElseOfItChanges() {
        there(deployment("api", "labels: {app: api}"));
        GenericKubernetesResource before = live();
        Tenant tenant = tenant();
        Service service = tenant.services().get(0);
        EnvironmentName prod = new EnvironmentName("prod");

        assertThat(deployments(cluster.previewing()).ensure(tenant, service, prod, List.of()))
                .singleElement()
                .matches(Effect::isChange);
        assertThat(live()).isEqualTo(before);

        List<Effect> made = deployments(cluster).ensure(tenant, service, prod, List.of());
        assertThat(made).extracting(Effect::kind).containsExactly(Effect.Kind.UPDATED);
        assertThat(live().getMetadata().getLabels())
                .containsEntry("app", "api")
                .containsEntry("imaas.io/tenant", "orders")
                .containsEntry("imaas.io/service", "api")
                .containsEntry("imaas.io/environment", "prod");
        assertThat(live().getAdditionalProperties()).isEqualTo(before.getAdditionalProperties());
        assertThat(deployments(cluster).ensure(tenant, service, prod, List.of()))
                .noneMatch(Effect::isChange);

        // As an autoscaler and another tool do meanwhile.
        client.genericKubernetesResources("apps/v1", "Deployment")
                .inNamespace("orders-prod")
                .withName("api")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"tool\": \"x\"}}, \"spec\": {\"replicas\": 7}}");
        deployments(cluster).restore(tenant, prod, made);
        assertThat(live().getMetadata().getLabels()).isEqualTo(Map.of("app", "api", "tool", "x"));
        assertThat(live().<Integer>get("spec", "replicas")).isEqualTo(7);
        assertThat(live().getMetadata().getManagedFields())
                .filteredOn(entry -> entry.getManager().equals("imaas-acme"))
                .allMatch(entry -> entry.getFieldsV1().getAdditionalProperties().isEmpty());

        deployments(cluster).ensure(tenant, service, prod, List.of());
        String next = deployment(
                        "api",
                        "labels: {app: api, imaas.io/tenant: orders, imaas.io/service: api, imaas.io/environment: prod}")
                .replace("a".repeat(64), "b".repeat(64));
        assertThat(cluster.apply(List.of(new Manifest("apps/v1", "Deployment", "orders-prod", "api", next))))
                .singleElement()
                .satisfies(effect -> assertThat(effect.detail()).startsWith("taken back"));
        assertThat(Serialization.asYaml(live())).contains("b".repeat(64)).doesNotContain("a".repeat(64));
    }

    private DirectDeployments deployments(KubernetesCluster on) {
        return new DirectDeployments(
                new HelmRenderer(), on, url -> null, folder, ServiceProbe.NONE, new SystemClock(), Duration.ofHours(1));
    }

    private Tenant tenant() {
        String file =
                """
                tenant: orders
                owners: ["@acme/leads"]
                contact: leads@example.org
                gitops: https://git.example.org/orders-gitops.git
                delivery: direct
                environments: [{name: prod, adopt: true}]
                quota: {cpu: 4, memory: 4Gi, pods: 9}
                services:
                  - name: api
                    repository: https://git.example.org/api.git
                    type: worker
                    adopt: [{environment: prod, application: orders-prod-api, image: "%1$s", release: "%1$s"}]
                """
                        .formatted(IMAGE);
        return CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example.org/x]\n",
                        "tenants/orders.yaml",
                        file,
                        "adopt/orders/prod/api.yaml",
                        deployment("api", "labels: {app: api}")))
                .orThrow()
                .tenants()
                .get(0);
    }

    private GenericKubernetesResource live() {
        return client.genericKubernetesResources("apps/v1", "Deployment")
                .inNamespace("orders-prod")
                .withName("api")
                .get();
    }

    private void there(String yaml) {
        GenericKubernetesResource object = Serialization.unmarshal("---\n" + yaml, GenericKubernetesResource.class);
        var all = client.genericKubernetesResources(object.getApiVersion(), object.getKind());
        if (object.getKind().equals("Namespace")) {
            all.resource(object).create();
        } else {
            object.getMetadata().setNamespace("orders-prod");
            all.inNamespace("orders-prod").resource(object).create();
        }
    }

    private static String deployment(String name, String metadata) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                  %2$s
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s, part: all}}
                    spec:
                      containers:
                        - name: mi
                          image: %3$s
                          envFrom: [{configMapRef: {name: shared}}, {configMapRef: {name: %1$s-config}}]
                """
                .formatted(name, metadata, IMAGE);
    }
}
