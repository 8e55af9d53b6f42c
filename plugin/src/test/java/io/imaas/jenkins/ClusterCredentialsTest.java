package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.util.FormValidation;
import io.imaas.jenkins.config.ArgoCdServer;
import io.imaas.jenkins.config.ConnectionTest;
import io.imaas.jenkins.config.KubernetesServer;
import io.imaas.jenkins.config.RuntimeProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A cluster is logged in to with what the controller's store holds, and 'Test connection' says why it is not. */
@SharedJenkins
class ClusterCredentialsTest {
    private static final String ALLOWED =
            """
            {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "status": {"allowed": %s}}
            """;

    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private HttpServer cluster;

    @BeforeEach
    void startCluster() throws IOException {
        cluster = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cluster.createContext("/", this::answer);
        cluster.start();
    }

    @AfterEach
    void stopCluster() {
        cluster.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        tokens.add(token);
        boolean known = token.startsWith("Bearer good");
        byte[] body = ALLOWED.formatted(!token.endsWith("-reader")).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 201 : 401, known ? body.length : -1);
        if (known) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private String kubeconfig(String token) {
        return """
                current-context: dev
                contexts: [{name: dev, context: {cluster: dev, user: imaas}}]
                clusters: [{name: dev, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: imaas, user: {token: %s}}]
                """
                .formatted(cluster.getAddress().getPort(), token);
    }

    private static KubernetesServer server(String credentialsId) {
        KubernetesServer server = new KubernetesServer();
        server.setClusterCredentialsId(credentialsId);
        return server;
    }

    @Test
    void aSecretFileIsAKubeconfig(JenkinsRule jenkins) throws Exception {
        Vault.file("dev-cluster", kubeconfig("good-admin"));
        FormValidation tried = ConnectionTest.get().of(server("dev-cluster"));
        assertThat(tried.kind).as(tried.getMessage()).isEqualTo(FormValidation.Kind.OK);
        assertThat(tokens).containsOnly("Bearer good-admin");
    }

    @Test
    void theReasonOfAFailureIsToldAndNoSecret(JenkinsRule jenkins) throws Exception {
        assertFails(server("gone"), "there are no credentials 'gone' here");
        Vault.file("stale", kubeconfig("st4le"));
        assertFails(server("stale"), "does not know our token");
        Vault.file("reader", kubeconfig("good-reader"));
        assertFails(server("reader"), "does not let us get/list/create/patch namespaces");
        Vault.file("broken", "users: [st4le");
        assertFails(server("broken"), "this is not a kubeconfig");
        Vault.login(CredentialsScope.GLOBAL, "pair", "ann", "st4le");
        assertFails(server("pair"), "credentials of this kind can't be used here");
        Vault.text(CredentialsScope.SYSTEM, "token", "st4le");
        assertFails(server("token"), "a token needs the cluster's API server");
        KubernetesServer nobody = server("token");
        nobody.setClusterApiServer("https://127.0.0.1:1");
        assertFails(nobody, "the cluster does not answer");
        KubernetesServer both = server("reader");
        both.setClusterApiServer("https://127.0.0.1:1");
        assertFails(both, "a kubeconfig names its own API server");
    }

    /** Beside Argo CD, tenants need namespaces and quotas: the cluster is asked as well, once Argo CD answered. */
    @Test
    void theProbesLoginIsLookedUpBeforeAnybodyIsAsked(JenkinsRule jenkins) throws Exception {
        ArgoCdServer argo = new ArgoCdServer("http://127.0.0.1:1", "");
        argo.setProbe(new RuntimeProbe("gone"));
        assertFails(argo, "there are no credentials 'gone' here");
        Vault.text(CredentialsScope.SYSTEM, "mi", "st4le");
        argo.setProbe(new RuntimeProbe("mi"));
        assertFails(argo, "the management API wants a user name with password");
        Vault.login(CredentialsScope.SYSTEM, "mi", "admin", "st4le");
        RuntimeProbe misspelt = new RuntimeProbe("mi");
        misspelt.setAddress("https://{servce}.svc");
        argo.setProbe(misspelt);
        assertFails(argo, "nothing to put in the place of '{servce}'");
    }

    private static void assertFails(io.imaas.jenkins.config.RolloutServer server, String reason) {
        FormValidation tried = ConnectionTest.get().of(server);
        assertThat(tried.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(org.apache.commons.text.StringEscapeUtils.unescapeHtml4(tried.getMessage()))
                .contains(reason)
                .doesNotContain("st4le");
    }
}
