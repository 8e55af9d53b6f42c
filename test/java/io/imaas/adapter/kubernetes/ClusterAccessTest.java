package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What secrets of a credential store are as access to a cluster, against a server that looks at the token. */
class ClusterAccessTest {
    private static final String KUBECONFIG =
            """
            apiVersion: v1
            kind: Config
            current-context: prod
            contexts:
              - {name: prod, context: {cluster: prod, user: imaas}}
              - {name: other, context: {cluster: elsewhere, user: imaas}}
            clusters:
              - {name: prod, cluster: {server: "%s"}}
              - {name: elsewhere, cluster: {server: "https://elsewhere.example"}}
            users:
              - {name: imaas, user: {token: s3cret-token}}
            """;

    private static String kubeconfig(String server) {
        return KUBECONFIG.formatted(server);
    }

    @TempDir
    Path folder;

    @AfterEach
    void ownKubeconfigAgain() {
        System.clearProperty("kubeconfig");
    }

    private void machine(String kubeconfig) throws IOException {
        System.setProperty(
                "kubeconfig",
                Files.writeString(folder.resolve("config"), kubeconfig).toString());
    }

    @Test
    void aContextThatTheMachineDoesNotHaveIsAMistakeAndNeverTheCurrentOne() throws IOException {
        machine(kubeconfig("https://prod.example"));

        assertThatThrownBy(() -> KubernetesCluster.connect("othr"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT))
                .hasMessageContaining("no context 'othr'")
                .hasMessageContaining("did you mean 'other'?");
        try (KubernetesCluster cluster = KubernetesCluster.connect("other")) {
            assertThat(cluster.address()).isEqualTo("https://elsewhere.example/ (context other)");
        }
        try (KubernetesCluster cluster = KubernetesCluster.connect("")) {
            assertThat(cluster.address()).isEqualTo("https://prod.example/ (context prod)");
        }
    }

    @Test
    void aContextLogsInWithItsOwnCredentialsAndWithNothingOfTheCurrentOne() throws IOException {
        machine(kubeconfig("https://prod.example")
                .replace("user: imaas}}\n  - {name: other", "user: admin}}\n  - {name: other")
                .replace(
                        "users:\n",
                        "users:\n  - {name: admin, user: {client-certificate-data: QQ==, client-key-data: QQ==}}\n"));

        Config other = ClusterSettings.of(new ClusterAccess.Machine("other"));
        assertThat(other.getMasterUrl()).startsWith("https://elsewhere.example");
        assertThat(other.getClientCertData()).isNull();
        assertThat(other.getClientKeyData()).isNull();
        assertThat(other.getAutoOAuthToken()).isEqualTo("s3cret-token");
        assertThat(ClusterSettings.of(new ClusterAccess.Machine("")).getClientCertData())
                .isEqualTo("QQ==");
    }

    @Test
    void aMachineWithoutAKubeconfigIsToldSo() throws IOException {
        machine("apiVersion: v1\nkind: Config\n");

        assertThatThrownBy(() -> KubernetesCluster.connect("prod")).hasMessageContaining("there is no kubeconfig");
        assertThatThrownBy(() -> KubernetesCluster.connect("")).hasMessageContaining("there is no kubeconfig");
    }

    @Test
    void withoutACurrentContextOneIsAskedFor() throws IOException {
        machine(kubeconfig("https://prod.example").replace("current-context: prod\n", ""));

        assertThatThrownBy(() -> KubernetesCluster.connect("")).hasMessageContaining("name one of [other, prod]");
    }

    @Test
    void aKubeconfigThatIsHandedOverLogsInWithItsOwnToken() throws InterruptedException {
        KubernetesMockServer server = new KubernetesMockServer(false);
        server.init();
        try (KubernetesCluster cluster =
                KubernetesCluster.connect(new ClusterAccess.Kubeconfig(new Secret(kubeconfig(server.url("/"))), ""))) {
            server.expect()
                    .post()
                    .withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                    .andReturn(
                            201,
                            Map.of(
                                    "apiVersion",
                                    "authorization.k8s.io/v1",
                                    "kind",
                                    "SelfSubjectAccessReview",
                                    "status",
                                    Map.of("allowed", true)))
                    .always();
            cluster.check();
            assertThat(server.getLastRequest().getHeader("Authorization")).isEqualTo("Bearer s3cret-token");
        } finally {
            server.destroy();
        }
    }

    @Test
    void aContextIsChosenByName() {
        Config config = ClusterSettings.of(
                new ClusterAccess.Kubeconfig(new Secret(kubeconfig("https://prod.example:6443")), "other"));
        assertThat(config.getMasterUrl()).startsWith("https://elsewhere.example");
        assertThat(config.getAutoOAuthToken()).isEqualTo("s3cret-token");
        assertThat(config.getRequestRetryBackoffLimit()).isEqualTo(3);
    }

    @Test
    void aTokenGoesWithItsServerAndNothingOfThisMachine() {
        Config config = ClusterSettings.of(
                new ClusterAccess.Token("https://prod.example:6443", new Secret("s3cret-token\n"), ""));
        assertThat(config.getMasterUrl()).startsWith("https://prod.example:6443");
        assertThat(config.getOauthToken()).isEqualTo("s3cret-token");
        assertThat(config.getCurrentContext()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "http://prod.example", "prod.example:6443", "https://a:s3cret@prod.example", "https://a b"})
    void aTokenGoesNowhereElseThanToAServerByTls(String server) {
        assertRefused(new ClusterAccess.Token(server, new Secret("s3cret-token"), ""));
    }

    @Test
    void certificatesThatAreNoneAreRefusedAtOnce() {
        assertThatThrownBy(() -> ClusterSettings.of(
                        new ClusterAccess.Token("https://prod.example", new Secret("s3cret"), "no certificate")))
                .hasMessageContaining("certificates for the cluster can't be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret-token",
                "token: [s3cret",
                "kind: Config",
                // no current context
                "clusters: [{name: prod, cluster: {server: 'https://x'}}]\nusers: [{name: a, user: {token: s3cret}}]",
                // a context without its cluster
                "current-context: a\ncontexts: [{name: a, context: {cluster: gone, user: a}}]\nclusters: [{name: b, cluster: {server: 'https://x'}}]"
            })
    void whatIsNoKubeconfigIsRefusedWithoutTellingWhatItIs(String text) {
        assertRefused(new ClusterAccess.Kubeconfig(new Secret(text), ""));
    }

    @Test
    void aContextThatIsNotThereIsToldWithThoseThatAre() {
        assertThatThrownBy(() -> ClusterSettings.of(
                        new ClusterAccess.Kubeconfig(new Secret(kubeconfig("https://prod.example")), "staging")))
                .hasMessageContaining("no context 'staging'")
                .hasMessageContaining("use one of prod, other");
    }

    /** The store of credentials may be open to more people than the controller's programs and files are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: [/tmp/imaas-was-here]}",
                "client-certificate: /etc/hosts",
                "client-key: /etc/hosts",
                "tokenFile: /etc/hosts",
                "auth-provider: {name: gcp}"
            })
    void aKubeconfigRunsNoProgramAndReadsNoFile(String user) {
        String text = kubeconfig("https://prod.example").replace("token: s3cret-token", user);
        assertRefused(new ClusterAccess.Kubeconfig(new Secret(text), ""));
    }

    private static void assertRefused(ClusterAccess access) {
        FailureException refused = catchThrowableOfType(FailureException.class, () -> ClusterSettings.of(access));
        assertThat(refused).isNotNull();
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.INPUT);
        StringWriter all = new StringWriter();
        refused.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain("s3cret");
    }
}
