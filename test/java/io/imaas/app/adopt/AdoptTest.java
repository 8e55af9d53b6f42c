package io.imaas.app.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.system.SystemClock;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.identity.Actor;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.rollout.RunningApplication;
import io.imaas.model.source.ExistingJob;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Cluster;
import io.imaas.port.ExistingJobs;
import io.imaas.port.RunningApplications;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A made-up platform that exists: what Argo CD renders of Helm, Kustomize and plain folders, and pods that run. */
class AdoptTest {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);

    @TempDir
    Path folder;

    private final Map<String, String> files = new LinkedHashMap<>(Map.of(
            "platform.yaml", "platform: acme\nregistries: [registry.example.org/acme, old.example.org:5000/x]\n"));
    private final Map<RunningApplication, String> running = new LinkedHashMap<>();
    private final List<String> pods = new ArrayList<>();
    private final List<ExistingJob> jobs = new ArrayList<>();
    private final List<Effect> pending = new ArrayList<>();

    @Test
    void whatRunsByHelmKustomizeAndPlainFoldersIsProposedAsItRuns() {
        runs("orders-prod-api", "orders-prod", deployment("api", "old.example.org:5000/x/api@" + A) + service("api"));
        runs("orders-api-test", "orders-test", deployment("api", "old.example.org:5000/x/api@" + A) + service("api"));
        runs("prod-sync", "orders-prod", deployment("sync", "old.example.org:5000/x/sync:1.2"));
        runs("shop-prod", "shop-prod", deployment("web", "nginx@" + B));
        pods.add(pod("sync", "old.example.org:5000/x/sync:1.2", "old.example.org:5000/x/sync@" + B));
        Adoption adoption = propose();

        assertThat(adoption.refused()).isEmpty();
        assertThat(adoption.problems()).isEmpty();
        Map<String, String> together = new LinkedHashMap<>(files);
        together.putAll(adoption.files());
        List<Tenant> tenants = CatalogReader.read(together).orThrow().tenants();
        assertThat(tenants).extracting(tenant -> tenant.name().value()).containsExactly("orders", "shop");
        Tenant orders = tenants.get(0);
        EnvironmentName prod = new EnvironmentName("prod");
        assertThat(orders.environments()).extracting(one -> one.name().value()).containsExactly("test", "prod");
        assertThat(orders.services()).extracting(one -> one.name().value()).containsExactly("api", "sync");
        assertThat(orders.service(new ServiceName("sync")).orElseThrow().environments())
                .containsExactly(prod);
        Adopted sync = orders.service(new ServiceName("sync"))
                .orElseThrow()
                .adopted(prod)
                .orElseThrow();
        assertThat(sync.release()).hasToString("old.example.org:5000/x/sync@" + B);
        assertThat(sync.manifests()).contains("image: \"old.example.org:5000/x/sync:1.2\"");
        assertThat(orders.application(new ServiceName("api"), prod)).isEqualTo("orders-prod-api");
        assertThat(tenants.get(1).services().get(0).adopted().get(0).release())
                .hasToString("docker.io/library/nginx@" + B);
        assertThat(adoption.proposed())
                .allSatisfy(one -> assertThat(one.changes()).isEmpty());
    }

    @Test
    void aTagIsRefusedWhereNobodyKnowsWhatRunsByIt() {
        runs("api", "orders-prod", deployment("api", "old.example.org:5000/x/api:1"));
        runs("sync", "orders-prod", deployment("sync", "old.example.org:5000/x/sync:1"));
        pods.add(pod("sync", "old.example.org:5000/x/sync:1", "old.example.org:5000/x/sync@" + A));
        pods.add(pod("sync", "old.example.org:5000/x/sync:1", "old.example.org:5000/x/sync@" + B));
        pods.add(pod("api", "old.example.org:5000/x/other:1", "old.example.org:5000/x/other@" + B));

        assertThat(refused())
                .containsExactly(
                        "api: it runs old.example.org:5000/x/api:1, which is a tag, and no pod of it says which digest that is",
                        "sync: it runs old.example.org:5000/x/sync:1, which is a tag, and its pods run different images by"
                                + " it: " + A + ", " + B);
    }

    @Test
    void whatCanNotBeOneTenantsServiceStaysAsItIsAndSaysWhy() {
        String fine = deployment("api", "old.example.org:5000/x/api@" + A);
        runs("nowhere", "shared", fine);
        runs("kept", "orders-prod", fine + "---\n{apiVersion: v1, kind: Secret, metadata: {name: s}}\n");
        runs("other-space", "orders-prod", fine.replace("name: api}", "name: api, namespace: other}"));
        runs("9lives", "orders-prod", fine);
        runs("two.words", "orders-prod", fine);
        runs("empty", "orders-prod", "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n");
        runs("twice", "orders-test", fine);
        runs("twice-test", "orders-test", fine);
        run(
                new RunningApplication(
                        "set", "default", "orders-dev", "x", true, false, List.of("ApplicationSet s makes it")),
                fine);
        runs("a", "shared-dev", fine);
        run(new RunningApplication("b", "team-b", "shared-dev", "x", true, false, List.of()), fine);

        assertThat(refused())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("nowhere: its namespace 'shared' is not called TENANT-ENV"),
                        line -> assertThat(line).startsWith("kept: Secret/orders-prod/s is not for a service"),
                        line -> assertThat(line).startsWith("other-space: Deployment/other/api is not for a service"),
                        line -> assertThat(line).startsWith("9lives: ").contains("9lives"),
                        line -> assertThat(line).startsWith("two.words: ").contains("two.words"),
                        line -> assertThat(line).isEqualTo("empty: it runs no image"),
                        line -> assertThat(line)
                                .startsWith("twice: it would be the service twice in test, as twice-test"),
                        line -> assertThat(line)
                                .startsWith("twice-test: it would be the service twice in test, as twice"),
                        line -> assertThat(line).isEqualTo("set: ApplicationSet s makes it"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "a: several owners share the namespace shared-dev: the projects default, team-b"),
                        line -> assertThat(line).startsWith("b: several owners share the namespace shared-dev"));
    }

    @Test
    void whatWouldRunOtherwiseIsToldFieldByFieldAndOnlyProposedWhereThatIsWanted() {
        String image = "old.example.org:5000/x/api@" + A;
        run(
                new RunningApplication("api", "default", "orders-prod", "x", false, false, List.of()),
                deployment("api", image));
        pending.add(Effect.updated(
                "Deployment", "orders-prod/api", "", List.of(new FieldChange("spec.replicas", "5", "2")), Map.of()));
        Adoption refused = propose();

        assertThat(refused.files()).isEmpty();
        assertThat(refused.refused()).singleElement().satisfies(one -> {
            assertThat(one.why()).contains("out of sync");
            assertThat(one.changes()).isEqualTo(pending);
        });
        Adoption allowed = Adopt.propose(ports(), files, request(true), Actor.unverified("@ann"));
        assertThat(allowed.proposed()).singleElement().satisfies(one -> assertThat(one.changes())
                .isEqualTo(pending));
        assertThat(allowed.files()).containsKey("adopt/orders/prod/api.yaml");
    }

    @Test
    void jobsThatAreThereSayWhereSourcesAreAndWhatBecomesOfThem() {
        runs("api", "orders-prod", deployment("api", "old.example.org:5000/x/api@" + A));
        jobs.add(new ExistingJob(
                "orders/api", "multibranch pipeline", "https://scm.example.org/o/api.git", "Jenkinsfile", List.of()));
        jobs.add(new ExistingJob(
                "nightly", "pipeline", "git@scm.example.org:o/api.git", "", List.of("the schedule H 2 * * *")));
        jobs.add(new ExistingJob("other", "pipeline", "https://scm.example.org/o/other.git", "Jenkinsfile", List.of()));
        jobs.add(new ExistingJob("old\u001b[2J", "'project' job", "", "", List.of()));

        Adoption adoption = propose();

        assertThat(adoption.proposed()).singleElement().satisfies(one -> assertThat(one.repository())
                .hasToString("https://scm.example.org/o/api.git"));
        assertThat(adoption.jobs())
                .extracting(job -> job.name() + ": " + job.what())
                .satisfiesExactly(
                        job -> assertThat(job)
                                .startsWith("orders/api: onboarding makes the multibranch job orders/api")
                                .endsWith("not overwritten: rename it first"),
                        job -> assertThat(job).contains("switch it off", "in the job itself", "the schedule H 2 * * *"),
                        job -> assertThat(job)
                                .contains("{name: other, repository: 'https://scm.example.org/o/other.git'"),
                        job -> assertThat(job).startsWith("old\\u001b[2J: stays as it is: it is a 'project' job"));
    }

    @Test
    void anImageThatTheNextReleaseWouldNotChangeAloneIsRefused() {
        String image = "old.example.org:5000/x/api@" + A;
        runs(
                "api",
                "orders-prod",
                deployment("api", image) + "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {image: '"
                        + image + "'}}\n");

        assertThat(refused()).containsExactly("api: the next release would not change its image alone");
    }

    @Test
    void aTenantThatIsThereIsLeftToPeopleAndWhatIsManagedIsNotLookedAt() {
        String fine = deployment("api", "old.example.org:5000/x/api@" + A);
        files.put(
                "tenants/orders.yaml",
                """
                tenant: orders
                owners: ['@a/b']
                contact: a@example.org
                gitops: https://git.example.org/o.git
                environments: [{name: prod}]
                quota: {cpu: 1, memory: 1Gi, pods: 9}
                """);
        runs("api", "orders-prod", fine);
        run(new RunningApplication("managed", "x", "shop-prod", "x", true, true, List.of()), fine);

        assertThat(refused()).containsExactly("api: the platform has a tenant orders already");
    }

    private List<String> refused() {
        Adoption adoption = propose();
        assertThat(adoption.proposed()).isEmpty();
        assertThat(adoption.files()).isEmpty();
        return adoption.refused().stream()
                .map(one -> one.application() + ": " + one.why())
                .toList();
    }

    private Adoption propose() {
        return Adopt.propose(ports(), files, request(false), Actor.unverified("@ann"));
    }

    private static AdoptRequest request(boolean changes) {
        return new AdoptRequest(
                Set.<TenantName>of(),
                Stream.of("dev", "test", "prod").map(EnvironmentName::new).toList(),
                List.of("@acme/leads"),
                "leads@example.org",
                "https://git.example.org/{tenant}-gitops.git",
                "https://git.example.org/{tenant}/{service}.git",
                Map.of(),
                Delivery.RENDERED,
                changes);
    }

    private Ports ports() {
        Cluster cluster = (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("list");
                    return pods.stream()
                            .map(yaml -> new Manifest("v1", "Pod", "orders-prod", "pod", yaml))
                            .toList();
                });
        return new Assembly(folder, new SystemClock(), Map.of())
                .with(Cluster.class, cluster)
                .with(RunningApplications.class, new Server())
                .with(ExistingJobs.class, () -> jobs)
                .charts()
                .ports()
                .build();
    }

    /** What Argo CD says. */
    private final class Server implements RunningApplications {
        @Override
        public List<RunningApplication> all() {
            return List.copyOf(running.keySet());
        }

        @Override
        public List<Owned> owned(String platform) {
            return List.of();
        }

        @Override
        public String manifests(RunningApplication application) {
            return running.get(application);
        }

        @Override
        public List<Effect> pending(RunningApplication application) {
            return pending;
        }
    }

    private void runs(String application, String namespace, String manifests) {
        run(new RunningApplication(application, "default", namespace, "a folder", true, false, List.of()), manifests);
    }

    private void run(RunningApplication application, String manifests) {
        running.put(application, manifests);
    }

    private static String deployment(String name, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      containers:
                        - {name: mi, image: "%2$s", args: ["{{ fail }}", "1e6", "yes"]}
                """
                .formatted(name, image);
    }

    private static String service(String name) {
        return """
                ---
                {apiVersion: v1, kind: Service, metadata: {name: %1$s}, spec: {selector: {app: %1$s}, ports: [{port: 80}]}}
                """
                .formatted(name);
    }

    private static String pod(String app, String image, String id) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: pod, labels: {app: %s, pod-template-hash: x}}
                spec: {containers: [{name: mi, image: "%s"}]}
                status: {containerStatuses: [{name: mi, imageID: "docker-pullable://%s"}]}
                """
                .formatted(app, image, id);
    }
}
