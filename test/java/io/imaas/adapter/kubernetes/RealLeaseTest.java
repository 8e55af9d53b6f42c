package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.imaas.model.identity.Secret;
import io.imaas.port.RunLock;
import io.imaas.testing.JavaProcess;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs of two processes against a real API server. */
@Tag("real")
@SuppressWarnings("try")
class RealLeaseTest {
    private final String kubeconfig = RealServer.variable("IMAAS_REAL_KUBECONFIG");
    private final KubernetesClient client = client(kubeconfig);

    @AfterEach
    void remove() {
        client.leases().inNamespace("default").withName(RunLease.NAME).delete();
        client.close();
    }

    @Test
    void oneProcessAtATimeAndADeadOneHoldsNothingForLong() throws Exception {
        Process other = JavaProcess.of(RealLeaseTest.class, kubeconfig)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");

            assertThatThrownBy(() -> new RunLease(client, "second").hold(Duration.ofSeconds(3)))
                    .hasMessageContaining("another run is changing this platform: first");
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (RunLock.Held unused = new RunLease(client, "second").hold(Duration.ofSeconds(45))) {
            assertThat(client.leases()
                            .inNamespace("default")
                            .withName(RunLease.NAME)
                            .get()
                            .getSpec()
                            .getHolderIdentity())
                    .startsWith("second");
        }
        long begun = System.nanoTime();
        new RunLease(client, "third").hold(Duration.ofSeconds(25)).close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("what was given back is not waited for")
                .isLessThan(Duration.ofSeconds(3));
    }

    /** The other process. */
    public static void main(String[] arguments) throws Exception {
        try (KubernetesClient client = client(arguments[0]);
                RunLock.Held unused = new RunLease(client, "first").hold(Duration.ofSeconds(60))) {
            System.out.println("held");
            Thread.sleep(Duration.ofMinutes(2).toMillis());
        }
    }

    private static KubernetesClient client(String kubeconfig) {
        try {
            return new KubernetesClientBuilder()
                    .withConfig(ClusterSettings.of(
                            new ClusterAccess.Kubeconfig(new Secret(Files.readString(Path.of(kubeconfig))), "")))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
