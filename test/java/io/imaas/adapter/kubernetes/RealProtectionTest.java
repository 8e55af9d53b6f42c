package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.imaas.testing.RealServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code resources/rbac/space.yaml} on a real API server, against an account that may do everything by its roles. */
@Tag("real")
class RealProtectionTest {
    private static final Path POLICY = Path.of("resources/rbac/space.yaml");
    private static final String OURS = "app.kubernetes.io/managed-by";

    private final String tenant = "kept" + Long.toString(System.nanoTime(), 36);
    private KubernetesClient admin;
    private KubernetesClient orchestrator;
    private KubernetesClient argoCd;

    @BeforeEach
    void protect() throws Exception {
        String kubeconfig = Files.readString(Path.of(RealServer.variable("IMAAS_REAL_KUBECONFIG")));
        admin = as(kubeconfig, "");
        orchestrator = as(kubeconfig, "system:serviceaccount:imaas:orchestrator");
        argoCd = as(kubeconfig, "system:serviceaccount:argocd:argocd-application-controller");
        try (InputStream policy = Files.newInputStream(POLICY)) {
            admin.load(policy).forceConflicts().serverSideApply();
        }
        for (KubernetesClient one : List.of(orchestrator, argoCd)) {
            String user = one.getConfiguration().getImpersonateUsername();
            admin.rbac()
                    .clusterRoleBindings()
                    .resource(new io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName(binding(user))
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                            .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                            .build())
                    .create();
        }
        orchestrator.resource(namespace(tenant, "imaas")).create();
        orchestrator.resource(policy("imaas")).create();
        refusedSoon();
    }

    /** A policy takes effect a moment after it was written. */
    private void refusedSoon() throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            try {
                argoCd.resource(namespace(tenant + "-try" + i, "imaas")).create();
            } catch (KubernetesClientException e) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("the policy never took effect");
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (admin == null) {
            return;
        }
        try (InputStream policy = Files.newInputStream(POLICY)) {
            admin.load(policy).delete();
        }
        admin.namespaces().list().getItems().stream()
                .filter(found -> found.getMetadata().getName().startsWith(tenant))
                .forEach(found -> admin.resource(found).delete());
        for (KubernetesClient one : List.of(orchestrator, argoCd)) {
            admin.rbac()
                    .clusterRoleBindings()
                    .withName(binding(one.getConfiguration().getImpersonateUsername()))
                    .delete();
            one.close();
        }
        admin.close();
    }

    @Test
    void nobodyButTheOrchestratorOpensIt() {
        NetworkPolicy opened = new NetworkPolicyBuilder(policy("imaas"))
                .editSpec()
                .addNewIngress()
                .endIngress()
                .endSpec()
                .build();
        NetworkPolicy disowned = policy("Helm");

        refused(() ->
                argoCd.resource(opened).fieldManager("argocd").forceConflicts().serverSideApply());
        refused(() -> argoCd.resource(disowned)
                .fieldManager("argocd")
                .forceConflicts()
                .serverSideApply());
        refused(() -> argoCd.resource(policy("imaas")).delete());
        refused(() -> argoCd.namespaces().withName(tenant).delete());
        refused(() -> label("pod-security.kubernetes.io/enforce", "privileged"));
        refused(() -> label("imaas.io/tenant", "another"));
        refused(() -> label(OURS, "somebody"));

        HasMetadata after = orchestrator
                .resource(opened)
                .fieldManager("imaas")
                .forceConflicts()
                .serverSideApply();
        assertThat(after.getMetadata().getName()).isEqualTo("default-deny");
    }

    /** Services bring network policies of their own, and people may note things on a namespace. */
    @Test
    void whatIsNotTheOrchestratorsIsAsItWas() {
        NetworkPolicy own = new NetworkPolicyBuilder(policy("Helm"))
                .editMetadata()
                .withName("order-api")
                .endMetadata()
                .build();
        argoCd.resource(own).create();
        argoCd.resource(own).delete();
        label("team", "orders");
        argoCd.resource(namespace(tenant + "-own", "Helm")).create();

        assertThat(admin.namespaces().withName(tenant).get().getMetadata().getLabels())
                .containsEntry("team", "orders");
    }

    /** The namespace's objects go with it: Kubernetes' own controller deletes them. */
    @Test
    void aNamespaceThatTheOrchestratorDeletesGoes() {
        orchestrator.namespaces().withName(tenant).delete();

        assertThat(admin.namespaces().withName(tenant).waitUntilCondition(found -> found == null, 60, TimeUnit.SECONDS))
                .isNull();
    }

    private static void refused(ThrowingCallable change) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(403))
                .hasMessageContaining("the orchestrator keeps this tenant's space")
                .hasMessageContaining("platform repository");
    }

    private Namespace label(String label, String value) {
        return argoCd.namespaces().withName(tenant).edit(found -> new NamespaceBuilder(found)
                .editMetadata()
                .addToLabels(label, value)
                .endMetadata()
                .build());
    }

    private static Namespace namespace(String name, String manager) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(OURS, manager)
                .addToLabels("imaas.io/tenant", "orders")
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build();
    }

    private NetworkPolicy policy(String manager) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName("default-deny")
                .withNamespace(tenant)
                .addToLabels(OURS, manager)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .endSpec()
                .build();
    }

    private static String binding(String user) {
        return "protection-" + user.replace(':', '-');
    }

    private static KubernetesClient as(String kubeconfig, String user) {
        ConfigBuilder config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig));
        if (!user.isEmpty()) {
            config.withImpersonateUsername(user).withImpersonateGroups("system:authenticated");
        }
        return new KubernetesClientBuilder().withConfig(config.build()).build();
    }
}
