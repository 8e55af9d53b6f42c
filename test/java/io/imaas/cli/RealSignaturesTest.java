package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.testing.Git;
import io.imaas.testing.RealServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Argo CD that checks GnuPG's signatures: it must run without {@code ARGOCD_GPG_ENABLED=false}, and what is added to its
 * keyring must reach its repository server.
 */
@Tag("real")
class RealSignaturesTest {
    private final String server = RealServer.variable("IMAAS_REAL_ARGOCD");
    private final HttpClient http = HttpClient.newHttpClient();
    private final String tenant = "sig" + Long.toString(System.nanoTime(), 36);

    @TempDir
    Path folder;

    private Path gnupg;
    private String fingerprint;
    private RealSources service;

    @BeforeEach
    void keys() throws Exception {
        gnupg = Files.createTempDirectory(
                "gpg", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        gpg("--quick-generate-key", "--passphrase", "", "IMaaS <imaas@example.org>", "rsa2048", "sign", "never");
        fingerprint = gpg("--with-colons", "--list-keys")
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":")[9];
        service = new RealSources(
                folder, tenant, Map.of("IMAAS_SIGN", "gpg:" + fingerprint, "GNUPGHOME", gnupg.toString()));
        service.tenant("");
        service.platform("");
        String own = service.imaas
                .done("key")
                .lines()
                .filter(line -> line.strip().startsWith("- {"))
                .findFirst()
                .orElseThrow();
        service.platform("orchestrators:\n" + own.replaceFirst("}\\s*$", ", gpg: " + fingerprint + "}") + "\n");
    }

    @AfterEach
    void end() throws Exception {
        service.tenant("offboarding: {from: 2020-01-01, reason: the end of the test}");
        service.imaas.run("onboard", tenant);
        call("DELETE", "/gpgkeys?keyID=" + fingerprint.substring(24), "");
        service.close();
        new ProcessBuilder("gpgconf", "--homedir", gnupg.toString(), "--kill", "all")
                .start()
                .waitFor();
        org.apache.commons.io.FileUtils.deleteDirectory(gnupg.toFile());
    }

    @Test
    void anUnsignedCommitOnARenderedBranchIsRefusedAndTheDoctorProvesIt() throws Exception {
        service.imaas.done("onboard", tenant);
        assertThat(doctor())
                .contains("fail  Commits of " + tenant + ": Argo CD refuses what is to run", "argocd gpg add");

        addKey();
        await(() -> doctor().contains("Argo CD refused a commit without a signature in dev, test, prod"));
        assertThat(service.gitops().run("branch", "--list", "rendered/*"))
                .as("the doctor leaves no branch")
                .doesNotContain("doctor");
        service.push("dev", Map.of());
        service.imaas.done("deliver", "work", "--timeout", "3m");

        Git person = service.gitops();
        String tip = person.run("rev-parse", "rendered/dev").strip();
        String forged = person.run(
                        "-c",
                        "user.name=eve",
                        "-c",
                        "user.email=eve@example.org",
                        "commit-tree",
                        "-p",
                        tip,
                        "-m",
                        "Smuggled in",
                        tip + "^{tree}")
                .strip();
        person.run("update-ref", "refs/heads/rendered/dev", forged);
        JsonNode application = application("dev", "hard");
        assertThat(application.at("/status/conditions").toString()).contains("ComparisonError", forged);

        service.push("dev", Map.of("notes.txt", "another release\n"));
        service.imaas.done("deliver", "work", "--timeout", "3m");
        assertThat(application("dev", "normal").at("/status/conditions").toString())
                .doesNotContain("ComparisonError");
        service.platform("");
        assertThat(service.imaas.done("onboard", tenant)).contains("3 updated");
        assertThat(call("GET", "/projects/" + tenant + "-dev", "")).doesNotContain("sourceIntegrity");
    }

    private String doctor() {
        return service.imaas
                .run("doctor", "--platform", folder.resolve("platform").toString(), "--timeout", "2m")
                .text();
    }

    private void addKey() throws Exception {
        String armored = gpg("--armor", "--export", fingerprint);
        ObjectMapper json = new ObjectMapper();
        call("POST", "/gpgkeys", json.writeValueAsString(Map.of("keyData", armored)));
    }

    private JsonNode application(String environment, String refresh) throws Exception {
        String space = tenant + "-" + environment;
        return new ObjectMapper()
                .readTree(call(
                        "GET",
                        "/applications/" + space + "-order-report?project=" + space + "&refresh=" + refresh,
                        ""));
    }

    private String call(String method, String path, String body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(server + "/api/v1" + path))
                                .header("Authorization", "Bearer " + RealServer.variable("IMAAS_REAL_ARGOCD_TOKEN"))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private String gpg(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(
                List.of("gpg", "--homedir", gnupg.toString(), "--batch", "--no-tty", "--pinentry-mode", "loopback"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        return out;
    }

    private static void await(java.util.function.BooleanSupplier done) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            TimeUnit.SECONDS.sleep(2);
        }
    }
}
