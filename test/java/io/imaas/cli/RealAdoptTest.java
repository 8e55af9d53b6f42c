package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.adapter.system.SystemClock;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.identity.Secret;
import io.imaas.testing.Git;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A platform that was there before, on a real Argo CD: a Helm chart with parameters, a Kustomize overlay and a plain folder, as
 * applications of the project {@code default}, under management without a redeploy. The program {@code kustomize} must be
 * where Argo CD's repo-server finds it.
 */
@Tag("real")
class RealAdoptTest {
    private static final List<String> KINDS = List.of("helm", "kustomize", "plain");

    @TempDir
    Path folder;

    private final String tenant = "old" + Long.toString(System.nanoTime(), 36);
    private final String namespace = tenant + "-prod";
    private Path root;
    private String legacy;
    private LoopbackRegistry registry;
    private RealCommand imaas;
    private KubernetesClient kubernetes;
    private ArgoCdClient argo;

    @BeforeEach
    void begin() throws Exception {
        root = Path.of(RealServer.variable("IMAAS_REAL_GIT_ROOT"));
        legacy = RealServer.variable("IMAAS_REAL_GIT") + "/" + tenant + "-legacy.git";
        String gitops = RealServer.variable("IMAAS_REAL_GIT") + "/" + tenant + ".git";
        imaas = new RealCommand(folder, tenant, gitops);
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        kubernetes = RealServer.kubernetes();
        argo = new ArgoCdClient(
                new ServerSettings(
                        URI.create(RealServer.variable("IMAAS_REAL_ARGOCD")),
                        new Secret(RealServer.variable("IMAAS_REAL_ARGOCD_TOKEN")),
                        ""),
                new SystemClock());
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", bare("").toString());
        legacyRepository();
        kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        for (String kind : KINDS) {
            application(kind);
        }
        for (String kind : KINDS) {
            healthy(kind);
        }
        write(
                folder,
                "platform/platform.yaml",
                "platform: " + tenant + "\nregistries: [\"" + registry.address() + "/old\"]\n"
                        + "policy:\n  images: {check: optional}\n");
    }

    @AfterEach
    void end() throws IOException {
        if (argo != null) {
            for (String kind : KINDS) {
                for (String project : List.of("default", namespace)) {
                    argo.find("delete", () -> argo.api()
                            .deleteApplication(tenant + "-" + kind, null, project, true, "background"));
                }
            }
            kubernetes.namespaces().withName(namespace).delete();
            kubernetes.close();
            argo.close();
            registry.close();
            for (String suffix : List.of("", "-legacy")) {
                FileUtils.delete(bare(suffix).toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
            }
        }
    }

    @Test
    void whatRunsBeforeRunsAfterByteForByteAndTheNextReleaseIsLive() throws Exception {
        String before = world();
        Map<String, String> specifications = applications();

        String proposal = adopt(folder.resolve("first"));
        for (String kind : KINDS) {
            assertThat(proposal).contains(tenant + "-" + kind + ": becomes " + kind + " of " + tenant + " in prod");
        }
        assertThat(proposal).contains("3 to adopt, 0 refused");
        assertThat(applications()).as("a proposal changes nothing").isEqualTo(specifications);
        assertThat(world()).isEqualTo(before);
        adopt(folder.resolve("platform"));
        assertThat(files(folder.resolve("first"))).isNotEmpty().allSatisfy(file -> assertThat(
                        folder.resolve("platform").resolve(file))
                .hasSameTextualContentAs(folder.resolve("first").resolve(file)));

        imaas.done("validate", folder.resolve("platform").toString());
        imaas.done("onboard", tenant);
        for (String kind : KINDS) {
            healthy(kind);
            assertThat(Git.in(bare("")).run("show", "rendered/prod:" + kind + "/manifests.yaml"))
                    .isEqualTo(
                            Files.readString(folder.resolve("platform/adopt/" + tenant + "/prod/" + kind + ".yaml")));
        }
        assertThat(world()).as("nothing was deployed again").isEqualTo(before);
        assertThat(imaas.done("onboard", tenant)).contains("0 created, 0 updated");
        // The cluster for tests may lack the definitions of monitoring: that is a low finding.
        assertThat(imaas.run("audit", tenant).text())
                .containsPattern(" finding|Everything is as")
                .doesNotContain("medium ", "high ");

        for (String kind : KINDS) {
            imaas.done("rollout", kind, "prod", "--timeout", "1m");
            imaas.done("release", kind, "prod", "--image", image(kind, "b2"), "--version", "2.0.0", "--no-image-check");
            imaas.done("rollout", kind, "prod", "--timeout", "3m");
        }
    }

    private String adopt(Path output) {
        return imaas.done(
                "adopt",
                tenant,
                "--environments",
                "prod",
                "--owner",
                "@acme/old",
                "--contact",
                "old@acme.example",
                "--gitops",
                RealServer.variable("IMAAS_REAL_GIT") + "/{tenant}.git",
                "--sources",
                "https://git.acme.example/{tenant}/{service}.git",
                "--output",
                output.toString());
    }

    private static List<Path> files(Path in) throws IOException {
        try (Stream<Path> all = Files.walk(in)) {
            return all.filter(Files::isRegularFile).map(in::relativize).toList();
        }
    }

    /** Each object with the version that the API server gives it at every write, and the pods with their starts. */
    private String world() {
        Map<String, String> objects = new TreeMap<>();
        Stream.of(
                        kubernetes
                                .apps()
                                .deployments()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        kubernetes
                                .apps()
                                .replicaSets()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        kubernetes.pods().inNamespace(namespace).list().getItems(),
                        kubernetes.services().inNamespace(namespace).list().getItems())
                .flatMap(List::stream)
                .map(HasMetadata.class::cast)
                .forEach(object -> objects.put(
                        object.getKind() + "/" + object.getMetadata().getName(),
                        object.getMetadata().getUid() + " "
                                + object.getMetadata().getResourceVersion()));
        return String.join(
                "\n", objects.entrySet().stream().map(Object::toString).toList());
    }

    private Map<String, String> applications() {
        Map<String, String> found = new TreeMap<>();
        for (String kind : KINDS) {
            found.put(kind, read(kind, "default").get("spec").toString());
        }
        return found;
    }

    private ObjectNode read(String kind, String project) {
        String name = tenant + "-" + kind;
        return (ObjectNode) argo.retry("read", () -> argo.api().applicationJson(name, null, project));
    }

    private void healthy(String kind) throws InterruptedException {
        String now = "";
        for (int i = 0; i < 1200; i++) {
            now = argo.find("read", () -> argo.api().applicationJson(tenant + "-" + kind, null, null))
                    .map(found -> found.at("/status/sync/status").asText() + " "
                            + found.at("/status/health/status").asText())
                    .orElse("");
            if (now.equals("Synced Healthy")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError(kind + " is " + now);
    }

    private void application(String kind) {
        ObjectNode application = argo.mapper().createObjectNode();
        application.putObject("metadata").put("name", tenant + "-" + kind);
        ObjectNode spec = application.putObject("spec").put("project", "default");
        ObjectNode source = spec.putObject("source")
                .put("repoURL", legacy)
                .put("path", kind.equals("kustomize") ? "kustomize/prod" : kind)
                .put("targetRevision", "main");
        if (kind.equals("helm")) {
            ArrayNode parameters = source.putObject("helm").putArray("parameters");
            parameters.addObject().put("name", "replicas").put("value", "2");
        }
        spec.putObject("destination")
                .put("server", "https://kubernetes.default.svc")
                .put("namespace", namespace);
        spec.putObject("syncPolicy").putObject("automated").put("prune", true);
        argo.once("create", argo.api().upsertApplication(application, false, false));
    }

    private void legacyRepository() throws IOException {
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", bare("-legacy").toString());
        Path work = folder.resolve("legacy");
        write(work, "helm/Chart.yaml", "apiVersion: v2\nname: old\nversion: 0.1.0\n");
        write(work, "helm/values.yaml", "replicas: 1\n");
        write(work, "helm/templates/all.yaml", manifests("helm", "{{ .Values.replicas }}"));
        write(work, "kustomize/base/all.yaml", manifests("kustomize", "1"));
        write(work, "kustomize/base/kustomization.yaml", "resources: [all.yaml]\n");
        write(
                work,
                "kustomize/prod/kustomization.yaml",
                """
                resources: [../base]
                replicas: [{name: kustomize, count: 3}]
                configMapGenerator: [{name: kustomize-settings, literals: [mode=prod]}]
                """);
        write(work, "plain/all.yaml", manifests("plain", "1"));
        Git git = Git.in(work);
        git.run("init", "-q", "-b", "main");
        git.run("add", "-A");
        git.run("-c", "user.name=ann", "-c", "user.email=a@example.org", "commit", "-q", "-m", "As it was");
        git.run("push", "-q", bare("-legacy").toString(), "main");
    }

    private String manifests(String name, String replicas) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec: {selector: {app: %1$s}, ports: [{port: 8290}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  replicas: %2$s
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      containers:
                        - name: mi
                          image: "%3$s"
                          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 128Mi}}
                """
                .formatted(name, replicas, image(name, "a1"));
    }

    private String image(String name, String prefix) {
        return registry.address() + "/old/" + tenant + "/" + name + "@sha256:" + prefix
                + "0".repeat(64 - prefix.length());
    }

    private Path bare(String suffix) {
        return root.resolve(tenant + suffix + ".git");
    }
}
