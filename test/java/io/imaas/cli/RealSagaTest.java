package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.testing.Await;
import io.imaas.testing.Git;
import io.imaas.testing.LeastRights;
import io.imaas.testing.RealServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Onboarding on the real servers, each of which refuses one kind of thing in turn: afterwards the world is as it was before.
 * {@code io.imaas.app.SagaTest} does the same at each single write, on doubles.
 */
@Tag("real")
class RealSagaTest {
    private static final String DUE = "offboarding: {from: 2020-01-01, reason: the end of the test}";
    private static final String SMALL = "{cpu: 8, memory: 16Gi, pods: 40}";
    private static final String LARGE = "{cpu: 9, memory: 18Gi, pods: 44}";

    /** What the API server is told to refuse: the smallest object of each kind that onboarding makes. */
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of(
            "namespaces", "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s-2}\n",
            "resourcequotas", "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: x, namespace: %s}\nspec: {}\n",
            "limitranges", "apiVersion: v1\nkind: LimitRange\nmetadata: {name: x, namespace: %s}\nspec: {limits: []}\n",
            "networkpolicies",
                    """
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: x, namespace: %s}
                    spec: {podSelector: {}}
                    """,
            "rolebindings",
                    """
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: RoleBinding
                    metadata: {name: x, namespace: %s}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
                    """,
            "configmaps", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: %s}\n"));

    @TempDir
    Path folder;

    private final String tenant = "saga" + Long.toString(System.nanoTime(), 36);
    private KubernetesClient client;
    private LoopbackRegistry registry;
    private LeastRights rights;
    private RealCommand imaas;
    private Path bare;
    private String gitops;

    @BeforeEach
    void begin() throws Exception {
        client = RealServer.kubernetes();
        RealServer.variable("IMAAS_REAL_ARGOCD");
        client.load(stream("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s-probe}\n".formatted(tenant)))
                .create();
        bare = Path.of(RealServer.variable("IMAAS_REAL_GIT_ROOT"), tenant + ".git");
        gitops = RealServer.variable("IMAAS_REAL_GIT") + "/" + tenant + ".git";
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        rights = new LeastRights(tenant, List.of("imaas-onboarding", "imaas-offboarding", "imaas-undo"));
        imaas = new RealCommand(folder, tenant, gitops, rights.make(folder));
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", bare.toString());
        write(
                folder,
                "platform/platform.yaml",
                "platform: saga\nregistries: [\"" + registry.address() + "/life\"]\n"
                        + "policy:\n  images: {check: optional}\n");
        metadata("", SMALL, false);
    }

    @AfterEach
    void end() throws IOException {
        if (gitops != null) {
            metadata(DUE, SMALL, false);
            imaas.run("onboard", tenant);
            client.namespaces().withName(tenant + "-probe").delete();
            rights.close();
            registry.close();
            client.close();
            FileUtils.delete(bare.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
        }
    }

    @Test
    void aNewTenantIsWholeOrNotThere() throws Exception {
        everyFault(SMALL, false);
    }

    @Test
    void aTenantThatWasThereIsAsItWas() throws Exception {
        imaas.done("onboard", tenant);
        everyFault(LARGE, true);
    }

    /** Each waits for the other's Lease: one makes it all, the other finds it made. */
    @Test
    void twoRunsAtOnceAreOneRun() throws Exception {
        List<CompletableFuture<RealCommand.Said>> both = List.of(
                CompletableFuture.supplyAsync(() -> imaas.run("onboard", tenant)),
                CompletableFuture.supplyAsync(() -> imaas.run("onboard", tenant)));
        List<RealCommand.Said> said = both.stream().map(CompletableFuture::join).toList();
        assertThat(said).allMatch(one -> one.exitCode() == 0);
        assertThat(said)
                .filteredOn(one -> one.text().contains("0 created, 0 updated"))
                .hasSize(1);
        assertThat(imaas.done("onboard", tenant)).contains("0 created, 0 updated");
    }

    private void everyFault(String quota, boolean more) throws Exception {
        Map<String, String> before = world();
        metadata("", quota, more);
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            var policy = refuse(kind.getKey(), kind.getValue());
            asBefore(before, kind.getKey(), "not in this test");
            policy.delete();
        }
        Path hook = bare.resolve("hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho not in this test >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        asBefore(before, "a push", "not in this test");
        Files.delete(hook);
        rights.without("p, role:imaas, applications, create");
        asBefore(before, "applications", "permission denied");
        rights.without("none of them");
        imaas.done("onboard", tenant);
    }

    private void asBefore(Map<String, String> before, String what, String words) {
        RealCommand.Said said = imaas.run("onboard", tenant);
        assertThat(said.exitCode()).as(what + "\n" + said.text()).isNotZero();
        assertThat(said.text()).as(what).contains(words);
        Await.until(() -> world().keySet().equals(before.keySet()), () -> what + ": " + world().keySet());
        assertThat(world()).as(what + "\n" + said.text()).isEqualTo(before);
    }

    /** Until the server refuses the example: a new policy counts after some moments. */
    private NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable<HasMetadata> refuse(
            String plural, String example) {
        String namespace = plural.equals("namespaces") ? "object.metadata.name" : "object.metadata.namespace";
        String policy =
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %1$s}
                spec:
                  failurePolicy: Fail
                  matchConstraints:
                    resourceRules:
                    - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: [%2$s]}
                  matchConditions:
                  - name: ours
                    expression: >-
                      %3$s.startsWith("%1$s") && (request.dryRun || request.userInfo.username.contains("orchestrator"))
                  validations:
                  - {expression: "false", message: not in this test}
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %1$s}
                spec: {policyName: %1$s, validationActions: [Deny]}
                """
                        .formatted(tenant, plural, namespace);
        var made = client.load(stream(policy));
        made.serverSideApply();
        Await.until(() -> {
            try {
                client.load(stream(example.formatted(tenant + "-probe")))
                        .dryRun()
                        .create();
                return false;
            } catch (KubernetesClientException e) {
                return e.getMessage().contains("not in this test");
            }
        });
        return made;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Everything of the tenant, without what a server counts and dates. */
    private Map<String, String> world() {
        Map<String, String> world = new TreeMap<>();
        for (HasMetadata namespace : client.namespaces().list().getItems()) {
            if (namespace.getMetadata().getName().startsWith(tenant + "-")) {
                put(world, "v1", "Namespace", null, namespace.getMetadata().getName());
            }
        }
        for (String environment : List.of("dev", "test", "prod", "late")) {
            String namespace = tenant + "-" + environment;
            put(world, "v1", "ResourceQuota", namespace, "");
            put(world, "v1", "LimitRange", namespace, "");
            put(world, "v1", "ServiceAccount", namespace, "");
            put(world, "v1", "ConfigMap", namespace, "");
            put(world, "networking.k8s.io/v1", "NetworkPolicy", namespace, "");
            put(world, "rbac.authorization.k8s.io/v1", "RoleBinding", namespace, "");
        }
        put(world, "argoproj.io/v1alpha1", "AppProject", "argocd", tenant);
        put(world, "argoproj.io/v1alpha1", "Application", "argocd", tenant);
        Git.in(bare).run("for-each-ref", "--format=%(refname) %(tree)").lines().forEach(line -> world.put(line, ""));
        return world;
    }

    private void put(Map<String, String> world, String version, String kind, String namespace, String prefix) {
        var all = client.genericKubernetesResources(version, kind);
        List<GenericKubernetesResource> found = namespace == null
                ? Stream.ofNullable(all.withName(prefix).get()).toList()
                : all.inNamespace(namespace).list().getItems();
        for (GenericKubernetesResource object : found) {
            String name = object.getMetadata().getName();
            if (name.startsWith(prefix) && !name.equals("kube-root-ca.crt")) {
                Map<String, Object> content = new TreeMap<>(object.getAdditionalProperties());
                content.remove("status");
                content.put("labels", object.getMetadata().getLabels());
                world.put(kind + " " + namespace + "/" + name, content.toString());
            }
        }
    }

    private void metadata(String ofTenant, String quota, boolean more) throws IOException {
        String text = RealSources.file(
                        tenant, gitops, ofTenant, "order-api", "https://git.acme.example/order-api.git", "")
                .replace(SMALL, quota);
        write(
                folder,
                "platform/tenants/" + tenant + ".yaml",
                more ? text.replace("quota:", "  - name: late\nquota:") : text);
    }
}
