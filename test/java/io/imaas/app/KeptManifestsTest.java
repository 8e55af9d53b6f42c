package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.Failure;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values for what ran before the platform let anybody write manifests: nothing but the gates is between them and the
 * cluster.
 */
class KeptManifestsTest {
    private static final ReviewRequest REVIEW = RenderedWorld.review(DirectChangePolicy.FLAG);

    private static final String LABELS =
            "imaas.io/tenant: orders, imaas.io/service: order-api, imaas.io/environment: dev";

    /** One that takes other services' pods for its own, and deletes what is too much. */
    private static final String JOB =
            "{manualSelector: true, selector: {matchLabels: {imaas.io/tenant: orders}}, template:"
                    + " {metadata: {labels: {" + LABELS + "}}, spec: {restartPolicy: Never, containers: []}}}";

    /** Where, what, and what the refusal says. */
    private static final List<String> ROWS = List.of(
            "Deployment ~ hostNetwork: true ~ hostNetwork",
            "Deployment ~ tolerations: [{operator: Exists}] ~ tolerations",
            "Deployment ~ schedulerName: mine ~ schedulerName",
            "Deployment ~ affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: node-role.kubernetes.io/control-plane, operator: Exists}]}]}}} ~ these nodes are the platform's",
            "Deployment ~ securityContext: {seccompProfile: {type: Unconfined}} ~ seccompProfile.type",
            "Deployment ~ securityContext: {windowsOptions: {hostProcess: true}} ~ hostProcess",
            "Deployment ~ volumes: [{name: x, image: {reference: evil.example.org/x}}] ~ volumes",
            "Deployment ~ volumes: [{name: x, projected: {sources: [{serviceAccountToken: {path: t}}]}}] ~ volumes",
            "Deployment ~ initContainers: [{name: x, image: evil.example.org/x}] ~ evil.example.org/x",
            "Deployment ~ x: &x {initContainers: [{name: x, image: evil.example.org/x}]}, <<: *x ~ evil.example.org/x",
            "Deployment ~ {containers: [], 1: x}: 1 ~ does not render",
            "Deployment ~ true: 1 ~ a key that is not text: true",
            "Probe ~ httpGet: {host: 169.254.169.254, port: 80, path: /latest} ~ only the container itself is asked",
            "Probe ~ tcpSocket: {host: 10.0.0.1, port: 6443} ~ only the container itself is asked",
            "Pod labels ~ app.kubernetes.io/name: order-sync ~ it is another service",
            "Metadata ~ finalizers: [evil.example.org/never] ~ finalizers",
            "Metadata ~ ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: order-sync, uid: x}] ~ ownerReferences",
            "Metadata ~ namespace: payments-dev ~ the tenant's namespace here is",
            "Metadata ~ annotations: {argocd.argoproj.io/sync-options: Delete=false} ~ the platform does not know it",
            // Argo CD takes both for its own, of whatever object: it leaves it out, or never deletes it.
            "Metadata ~ annotations: {helm.sh/hook: test} ~ a hook of Helm",
            "Metadata ~ annotations: {\"h\\x65lm.sh/hook\": pre-install} ~ a hook of Helm",
            "Metadata ~ annotations: {helm.sh/resource-policy: keep} ~ the platform does not know it",
            "Metadata ~ annotations: {grafana_datasource: x} ~ the platform does not know it",
            "Pod labels ~ aadpodidbinding: payments ~ the platform does not know it",
            "Pod labels ~ istio: ingressgateway ~ the platform does not know it",
            "Metadata ~ annotations: {loki_rule: x} ~ the platform does not know it",
            "CronJob ~ {schedule: 0 0 * * *, jobTemplate: {metadata: {labels: {queue.example.org/name: x}}, spec: "
                    + JOB + "}} ~ labels.queue.example.org/name is 'x': the platform does not know it",
            "Deployment ~ affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {}, namespaceSelector: {}}]}} ~ other tenants' pods",
            "Deployment ~ affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: zone, namespaces: [payments-prod]}}]}} ~ other tenants' pods",
            "Deployment ~ resourceClaims: [{name: x, resourceClaimName: y}] ~ it is not for tenants",
            "Probe ~ exec: {command: [x]}}, resources: {limits: {example.org/device: 1} ~ no quota counts it",
            "Deployment ~ resources: {requests: {hugepages-2Mi: 1Gi}} ~ no quota counts it",
            "Service ~ selector: {app.kubernetes.io/name: order-sync} ~ must select only this service's pods",
            "Service ~ selector: {imaas.io/tenant: orders} ~ must select only this service's pods",
            "Service ~ ports: [{port: 80}] ~ must select only this service's pods",
            "PodDisruptionBudget ~ {selector: {matchLabels: {imaas.io/tenant: orders}}} ~ must select only",
            "PodDisruptionBudget ~ {selector: {matchExpressions: [{key: imaas.io/service, operator: Exists}]}} ~ must select only",
            "NetworkPolicy ~ podSelector: {matchLabels: {imaas.io/tenant: orders}} ~ must select only",
            "NetworkPolicy ~ podSelector: {} ~ must select only",
            "Job ~ " + JOB + " ~ must select only",
            "CronJob ~ {schedule: 0 0 * * *, jobTemplate: {spec: " + JOB + "}} ~ must select only",
            "Job ~ {} ~ a part that Kubernetes needs is missing",
            "CronJob ~ {} ~ a part that Kubernetes needs is missing",
            "Service ~ externalName: payments.payments-prod.svc ~ externalName",
            "NetworkPolicy ~ egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}], ports: [{port: 53, endPort: 65535}]}] ~ known are this namespace",
            "NetworkPolicy ~ ingress: [{}] ~ that means all peers",
            "HorizontalPodAutoscaler ~ scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: order-sync} ~ it is another service",
            "PodDisruptionBudget ~ {maxUnavailable: 0, selector: {}} ~ must select only",
            // Whoever keeps nodes from being emptied, or takes an address that another's software expects, harms
            // others.
            "PodDisruptionBudget ~ {maxUnavailable: 0} ~ no node could be emptied of it",
            "PodDisruptionBudget ~ {maxUnavailable: \"0%\"} ~ no node could be emptied of it",
            "PodDisruptionBudget ~ {minAvailable: 1, selector: {matchLabels: {imaas.io/service: order-api}}} ~ no node could be emptied of it",
            "PodDisruptionBudget ~ {minAvailable: 51%, selector: {matchLabels: {imaas.io/service: order-api}}} ~ no node could be emptied of it",
            "Deployment ~ terminationGracePeriodSeconds: 1000000 ~ no node could be emptied of it",
            "Service ~ clusterIP: 10.96.0.10 ~ the cluster gives addresses",
            "Service ~ clusterIPs: [None, \"10.96.0.11\"] ~ the cluster gives addresses",
            "Service ~ externalIPs: [8.8.8.8] ~ externalIPs",
            "Service ~ type: NodePort ~ type",
            "Service ~ type: LoadBalancer, loadBalancerIP: 10.0.0.1 ~ type",
            "Ingress ~ {rules: [{host: \"*.example.org\", http: {paths: []}}]} ~ example.org",
            "Ingress ~ {rules: [{http: {paths: []}}]} ~ the tenant serves no host",
            "Ingress ~ {tls: [{hosts: [payments.example.org], secretName: payments}]} ~ payments",
            "ConfigMap metadata ~ finalizers: [evil.example.org/never] ~ finalizers",
            "ConfigMap metadata ~ ownerReferences: [{apiVersion: v1, kind: Service, name: x, uid: y}] ~ ownerReferences",
            "Deployment ~ securityContext: {runAsUser: -0.0} ~ runAsUser",
            "Deployment ~ securityContext: {runAsUser: 1e-400} ~ runAsUser",
            "Deployment ~ securityContext: {runAsUser: !!int \"-0\"} ~ runAsUser",
            "Deployment ~ securityContext: {runAsUser: \"0\"} ~ runAsUser",
            "Deployment ~ hostNetwork: y ~ hostNetwork",
            "Deployment ~ hostNetwork: \"true\" ~ hostNetwork",
            "List ~ {} ~ allowed are",
            "Secret ~ {} ~ allowed are");

    private static final String IMAGE = "registry.example.org/imaas/orders/order-api@sha256:" + "a".repeat(64);

    @TempDir
    static Path folder;

    private static RenderedWorld world;
    private static String runs;
    private Catalog catalog;

    @BeforeAll
    static void twoServicesRun() {
        world = RenderedWorld.ofTwoServices(folder);
        runs = world.show("rendered/dev", "order-api/manifests.yaml");
    }

    @BeforeEach
    void begin() {
        world.reset();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void manifestsThatATenantWritesByItselfPassTheGatesOnlyAsTheChartMakesThem() {
        adoptedIn("dev");
        kept(deployment(IMAGE, "", "", "", ""));
        assertThat(refusals()).as("what is harmless").isEmpty();
        for (String row : ROWS) {
            String[] parts = row.split(" ~ ");
            kept(manifests(IMAGE, parts[0], parts[1]));

            assertThat(refusals()).as(row).anySatisfy(refusal -> assertThat(refusal.what())
                    .contains(parts[2]));
        }
        onlyTheNeighbourComes();
    }

    @Test
    void whatRanBeforeCountsOnlyWhereAnAdminAdoptedTheService() {
        adoptedIn("test");
        world.write("services/order-api/values.yaml", "type: gateway\nglobal: {adopted: true}\n");
        kept(deployment(IMAGE, "", "", "", ""));
        assertThat(refusals()).anySatisfy(refusal -> assertThat(refusal.sentence())
                .contains("in tenants/orders.yaml the service order-api has no entry 'adopt' for dev"));
        onlyTheNeighbourComes();
    }

    private void adoptedIn(String environment) {
        Map<String, String> files = world.files("");
        files.computeIfPresent("tenants/orders.yaml", (path, text) -> text.replace(
                        "{name: " + environment + "}", "{name: " + environment + ", adopt: true}")
                .replace(
                        "acme/order-api.git",
                        "acme/order-api.git, adopt: [{environment: " + environment + ", application: old}]"));
        catalog = CatalogReader.read(files).orThrow();
    }

    private void onlyTheNeighbourComes() {
        world.write("services/order-sync/env/dev.yaml", "config: {greeting: hello}\n");
        world.push("dev");
        assertThat(world.tried(catalog, REVIEW).exitCode()).isEqualTo(5);
        assertThat(world.show("rendered/dev", "order-api/manifests.yaml")).isEqualTo(runs);
        assertThat(world.show("rendered/dev", "order-sync/manifests.yaml")).contains("greeting: hello");
    }

    private static String manifests(String image, String where, String what) {
        return switch (where) {
            case "Deployment" -> deployment(image, what.startsWith("{c") ? "? " + what : what, "", "", "");
            case "Probe" -> deployment(image, "", "livenessProbe: {" + what + "}", "", "");
            case "Pod labels" -> deployment(image, "", "", what + ", ", "");
            case "ConfigMap metadata" ->
                deployment(image, "", "", "", "") + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {" + what
                        + ", name: order-api, labels: {" + LABELS + "}}\n";
            case "Metadata" -> deployment(image, "", "", "", what + ", ");
            default ->
                deployment(image, "", "", "", "") + "---\napiVersion: " + GROUPS.getOrDefault(where, "v1") + "\nkind: "
                        + where + "\nmetadata: {name: order-api, labels: {" + LABELS + "}}\nspec: "
                        + (what.startsWith("{")
                                ? what
                                : what.startsWith("podSelector")
                                        ? "{" + what + "}"
                                        : "{podSelector: {matchLabels: {app.kubernetes.io/name: order-api}}, " + what
                                                + "}")
                        + "\n";
        };
    }

    private static final Map<String, String> GROUPS = Map.of(
            "NetworkPolicy", "networking.k8s.io/v1",
            "Ingress", "networking.k8s.io/v1",
            "Job", "batch/v1",
            "CronJob", "batch/v1",
            "HorizontalPodAutoscaler", "autoscaling/v2",
            "PodDisruptionBudget", "policy/v1");

    private static String deployment(String image, String pod, String container, String podLabels, String metadata) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {%sname: order-api, labels: {%s}}
                spec:
                  replicas: 1
                  selector: {matchLabels: {imaas.io/service: order-api}}
                  template:
                    metadata: {labels: {%s%s}}
                    spec: {%scontainers: [{name: mi, image: "%s"%s}]}
                """
                .formatted(
                        metadata,
                        LABELS,
                        podLabels,
                        LABELS,
                        pod.isEmpty() ? "" : pod + ", ",
                        image,
                        container.isEmpty() ? "" : ", " + container);
    }

    /** The service's own values with manifests as they are. */
    private void kept(String manifests) {
        world.write(
                "services/order-api/env/dev.yaml",
                "kept:\n  image: x\n  release: \"" + IMAGE + "\"\n  manifests: |\n" + manifests.indent(4));
        world.push("dev");
    }

    private List<Failure> refusals() {
        return world.plan(catalog, REVIEW).plan().refusals();
    }
}
