package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.imaas.model.identity.Secret;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The same on a real API server: {@code IMAAS_REAL_KUBECONFIG} names a kubeconfig with the rights of docs/rights.md. */
@Tag("real")
class RealSpaceTest extends SpaceScenarios {
    private final String tenant = "real" + Long.toString(System.nanoTime(), 36);
    private KubernetesClient client;

    @BeforeEach
    void connect() throws IOException {
        String kubeconfig = Files.readString(Path.of(RealServer.variable("IMAAS_REAL_KUBECONFIG")));
        client = new KubernetesClientBuilder()
                .withConfig(ClusterSettings.of(ClusterAccess.kubeconfig(new Secret(kubeconfig), "")))
                .build();
    }

    @AfterEach
    void leaveNothing() {
        if (client != null) {
            client.namespaces().withName(tenant + "-dev").delete();
            client.close();
        }
    }

    @Override
    KubernetesClient client() {
        return client;
    }

    @Override
    String tenant() {
        return tenant;
    }
}
