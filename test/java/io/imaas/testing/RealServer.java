package io.imaas.testing;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Real servers, for tests tagged {@code real}: where their variables say nothing, the tests say so in one line. */
public final class RealServer {
    private RealServer() {}

    /** The variable's value; without one the test is skipped. */
    public static String variable(String name) {
        String value = System.getenv(name);
        Assumptions.assumeTrue(value != null && !value.isEmpty(), "skipped: " + name + " names no real server");
        return value;
    }

    /** The real Kubernetes, as its administrator; without one the test is skipped. */
    public static KubernetesClient kubernetes() throws IOException {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(Path.of(variable("IMAAS_REAL_KUBECONFIG")))))
                .build();
    }

    /** Its quota {@code none} lets no pod into a namespace any more. */
    public static void noPods(KubernetesClient kubernetes, String namespace) {
        kubernetes
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("none")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("0"))
                        .endSpec()
                        .build())
                .create();
    }

    /** Stops a server, or starts it again, by the program of {@code IMAAS_REAL_CONTROL}. */
    public static void control(String what, String part) throws Exception {
        int code = new ProcessBuilder(variable("IMAAS_REAL_CONTROL"), what, part)
                .inheritIO()
                .start()
                .waitFor();
        Assertions.assertEquals(0, code, what + " " + part);
    }
}
