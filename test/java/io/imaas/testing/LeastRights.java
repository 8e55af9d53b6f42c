package io.imaas.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Accounts of the real Kubernetes and Argo CD that have the rights of {@code docs/rights.md} and no more, made by an
 * administrator as that page says, from the very files that it names.
 */
public final class LeastRights implements AutoCloseable {
    private static final String ACCOUNT = "imaas";
    private static final Path ROLES = Path.of("resources/rbac/kubernetes.yaml");
    private static final Path LINES = Path.of("resources/rbac/argocd.csv");

    private final KubernetesClient admin;
    private final String namespace;
    private final List<String> roles;
    private boolean atArgoCd;

    /**
     * @param name of what is made for it
     * @param roles cluster roles of that page
     */
    public LeastRights(String name, List<String> roles) throws IOException {
        this.admin = RealServer.kubernetes();
        this.namespace = "imaas-" + name;
        this.roles = roles;
    }

    /** Variables for the command line that name the accounts. */
    public Map<String, String> make(Path folder) throws Exception {
        Path kubeconfig = folder.resolve("kubeconfig-" + namespace);
        Files.writeString(kubeconfig, kubernetes());
        atArgoCd = true;
        setting("argocd-cm", "accounts." + ACCOUNT, "apiKey");
        setting("argocd-rbac-cm", "policy.csv", Files.readString(LINES));
        return Map.of("KUBECONFIG", kubeconfig.toString(), "IMAAS_ARGOCD_TOKEN", argoCdToken());
    }

    /** A kubeconfig of the account of Kubernetes; {@link #make} makes that of Argo CD as well. */
    public String kubernetes() throws IOException {
        try (InputStream documented = Files.newInputStream(ROLES)) {
            admin.load(documented).forceConflicts().serverSideApply();
        }
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("orchestrator")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        for (String role : roles) {
            admin.resource(new ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName(namespace + "-" + role)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                            .addNewSubject("", "ServiceAccount", "orchestrator", namespace)
                            .build())
                    .create();
        }
        return kubeconfig();
    }

    private String kubeconfig() {
        String token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName("orchestrator")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(7200L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        Config config = admin.getConfiguration();
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: real, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: orchestrator, user: {token: "%s"}}]
                contexts: [{name: local, context: {cluster: real, user: orchestrator}}]
                current-context: local
                """
                .formatted(config.getMasterUrl(), config.getCaCertData(), token);
    }

    /** @param value null: takes it out */
    private void setting(String map, String key, String value) {
        admin.configMaps().inNamespace("argocd").withName(map).edit(found -> {
            Map<String, String> data = new TreeMap<>(found.getData() == null ? Map.of() : found.getData());
            if (value == null) {
                data.remove(key);
            } else {
                data.put(key, value);
            }
            found.setData(data);
            return found;
        });
    }

    /** The account of Argo CD has all rights but those of the lines that begin so. */
    public void without(String begin) throws IOException {
        setting(
                "argocd-rbac-cm",
                "policy.csv",
                Files.readAllLines(LINES).stream()
                        .filter(line -> !line.startsWith(begin))
                        .collect(Collectors.joining("\n")));
    }

    /** Kubernetes does not know the account any more. */
    public void deleteAccount() {
        admin.serviceAccounts().inNamespace(namespace).withName("orchestrator").delete();
    }

    /** Argo CD does not know the token any more. */
    public void withdraw() throws Exception {
        HttpRequest request = argoCd("/" + namespace).DELETE().build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static HttpRequest.Builder argoCd(String token) {
        return HttpRequest.newBuilder(URI.create(
                        RealServer.variable("IMAAS_REAL_ARGOCD") + "/api/v1/account/" + ACCOUNT + "/token" + token))
                .header("Authorization", "Bearer " + RealServer.variable("IMAAS_REAL_ARGOCD_TOKEN"))
                .header("Content-Type", "application/json");
    }

    /** The server takes a new account up some moments later. */
    private String argoCdToken() throws Exception {
        HttpRequest request = argoCd("")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + namespace + "\",\"expiresIn\":7200}"))
                .build();
        HttpResponse<String> answer = null;
        for (int i = 0; i < 60 && (answer == null || answer.statusCode() != 200); i++) {
            if (answer != null) {
                TimeUnit.SECONDS.sleep(1);
            }
            answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    }

    @Override
    public void close() {
        if (atArgoCd) {
            setting("argocd-rbac-cm", "policy.csv", null);
            setting("argocd-cm", "accounts." + ACCOUNT, null);
        }
        roles.forEach(role -> admin.rbac()
                .clusterRoleBindings()
                .withName(namespace + "-" + role)
                .delete());
        admin.namespaces().withName(namespace).delete();
        admin.close();
    }
}
