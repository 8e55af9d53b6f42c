package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.JavaProcess;
import io.imaas.testing.Program;
import io.imaas.testing.RealRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docker-registry with a login and TLS by a certificate authority of the company's own. */
class SecureRegistryTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static RealRegistry registry;
    private static String host;

    @BeforeAll
    static void start() throws Exception {
        Program.require("docker-registry", "docker-registry");
        Path store = folder.resolve("trust.p12");
        keytool("-genkeypair -alias r -keyalg EC -dname CN=registry -ext san=dns:registry.localhost", store);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Path key = pem("PRIVATE KEY", keys.getKey("r", PASSWORD.toCharArray()).getEncoded());
        Path certificate = pem("CERTIFICATE", keys.getCertificate("r").getEncoded());
        registry = new RealRegistry().withLogin().withTls(certificate, key);
        registry.start();
        // not one of the names that plain HTTP is spoken to, although it is this machine
        host = registry.address().replace("127.0.0.1", "registry.localhost");
    }

    /** A key pair whose certificate, in the same store, is its own authority. */
    private static void keytool(String arguments, Path store) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static Path pem(String what, byte[] der) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(what + ".pem"),
                "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    @AfterAll
    static void stop() throws Exception {
        if (registry != null) {
            registry.stop();
        }
    }

    @Test
    void anImageIsPushedWithALoginOverTlsThatTheTrustStoreKnows() throws Exception {
        String output = push(
                true,
                Map.of(
                        "IMAAS_REGISTRY_HOST", host,
                        "IMAAS_REGISTRY_USER", RealRegistry.USER,
                        "IMAAS_REGISTRY_PASSWORD", RealRegistry.PASSWORD));

        assertThat(output).contains("pushed " + host + "/orders/api@sha256:").contains(" true");
        assertThat(output).doesNotContain(RealRegistry.PASSWORD);
    }

    @Test
    void aWrongPasswordAndNoPasswordAreToldApart() throws Exception {
        String wrong = push(
                true,
                Map.of(
                        "IMAAS_REGISTRY_HOST",
                        host,
                        "IMAAS_REGISTRY_USER",
                        RealRegistry.USER,
                        "IMAAS_REGISTRY_PASSWORD",
                        "not the one"));

        assertThat(wrong)
                .contains("INPUT")
                .contains("does not accept our credentials")
                .doesNotContain("not the one");
        assertThat(push(true, Map.of())).contains("INPUT").contains("wants a login");
    }

    @Test
    void aCertificateThatTheTrustStoreDoesNotKnowStopsUs() throws Exception {
        assertThat(push(false, Map.of())).contains("INPUT").contains("no secure connection");
    }

    private static String push(boolean trusting, Map<String, String> logins) throws Exception {
        List<String> options = new ArrayList<>(List.of("-Djdk.net.hosts.file="
                + Files.writeString(folder.resolve("hosts"), "127.0.0.1 registry.localhost\n")));
        if (trusting) {
            options.add("-Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12"));
            options.add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        }
        ProcessBuilder builder = JavaProcess.of(options, PushOnce.class, folder.toString(), host + "/orders/api")
                .redirectErrorStream(true);
        builder.environment().putAll(new HashMap<>(logins));
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
