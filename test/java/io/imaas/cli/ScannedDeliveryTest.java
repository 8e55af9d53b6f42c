package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.cli.settings.Settings;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ScanReport;
import io.imaas.model.record.Statement;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the sources to production past a scanner that is a program, and what is found afterwards. */
class ScannedDeliveryTest {
    private static final String HIGH = "{\"Results\": [{\"Vulnerabilities\": [{\"VulnerabilityID\": \"CVE-2026-9\","
            + " \"PkgName\": \"zlib\", \"Severity\": \"HIGH\", \"FixedVersion\": \"1.3.2\"}]}]}";

    @TempDir
    Path folder;

    private Path hello;
    private Path platform;
    private Settings inside;

    @BeforeEach
    void aPlatformThatScans() throws IOException {
        hello = folder.resolve("hello");
        CommandLineRun.of("init", "service", hello.toString(), "--yes");
        CommandLineRun.of("dev", "up", hello.toString());
        platform = hello.resolve(".imaas-dev/platform/platform.yaml");
        inside = Settings.of(
                Map.of("IMAAS_CONFIG", hello.resolve(".imaas-dev/config.yaml").toString()), folder, folder);
        write(
                folder,
                "scanner",
                "case \"$1\" in *@sha256:*) ;; *) exit 9 ;; esac\necho scanned \"$1\" >> " + folder + "/scans\ncp "
                        + folder + "/findings.json \"$2\"\n");
        write(folder, "findings.json", HIGH);
        policy("");
    }

    @AfterEach
    void nothingRunsOn() {
        CommandLineRun.of("dev", "down", hello.toString());
    }

    @Test
    void aWeaknessKeepsItOutUntilSomebodyAnswersForItAndANewOneIsToldWhereItRuns() throws Exception {
        assertThat(CommandLineRun.of("dev", "run", hello.toString(), "--once").exitCode())
                .isZero();
        assertThat(Files.readString(folder.resolve("scans"))).contains("scanned localhost:");
        CommandLineRun refused = CommandLineRun.of(inside, "promote", "hello", "dev", "test");
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.out() + refused.err()).contains("1 forbidden: CVE-2026-9 (high, zlib, fixed in 1.3.2)");

        String excuse = "CVE-2026-9 until 2999-01-31 by @acme/security: not reachable";
        policy("exceptions: [{id: CVE-2026-9, reason: not reachable, owner: \"@acme/security\", until: 2999-01-31}], ");
        assertThat(done("promote", "hello", "dev", "test", "--dry-run")).contains(excuse);
        done("promote", "hello", "dev", "test");
        done("approve", "hello", "prod");
        done("promote", "hello", "test", "prod");
        assertThat(done("status")).doesNotContain("known weaknesses");
        assertThat(done(
                        "evidence",
                        "--service",
                        "hello",
                        "--env",
                        "prod",
                        "--output",
                        folder.resolve("evidence.json").toString()))
                .isNotEmpty();
        assertThat(evidence()).contains(excuse);

        nightlyScanFinds("CVE-2026-10");
        assertThat(done("status"))
                .contains("hello 0.1.0 in prod: known weaknesses since the scan of", "CVE-2026-10 (critical, curl)");
    }

    /** @param more of the policy on weaknesses */
    private void policy(String more) throws IOException {
        String now = Files.readString(platform);
        String rest = now.replaceAll("(?m)^  images: .*\n", "");
        String nightly = TestKey.statements().ownKey().text().strip();
        Files.writeString(
                platform,
                rest.replaceFirst(
                        "(?m)^policy:.*\n",
                        Matcher.quoteReplacement("policy:\n  images: {vulnerabilities: {" + more
                                + "scanners: [{name: nightly, key: \"" + nightly + "\"}], scan: {command: [/bin/sh, "
                                + folder.resolve("scanner") + ", \"${image}\", \"${report}\"]}}}\n")));
    }

    private String done(String... command) {
        CommandLineRun run = CommandLineRun.of(inside, command);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run.out();
    }

    private String evidence() throws IOException {
        String payload = new ObjectMapper()
                .readTree(Files.readString(folder.resolve("evidence.json")))
                .path("payload")
                .asText();
        return new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
    }

    private void nightlyScanFinds(String weakness) throws IOException {
        ImageRef image = ImageRef.parse(
                Files.readAllLines(folder.resolve("scans")).get(0).substring("scanned ".length()));
        Map<String, Object> said = Map.of(
                "scanner",
                Map.of(
                        "uri",
                        "trivy",
                        "result",
                        Map.of(
                                "Results",
                                List.of(Map.of(
                                        "Vulnerabilities",
                                        List.of(Map.of(
                                                "VulnerabilityID",
                                                weakness,
                                                "PkgName",
                                                "curl",
                                                "Severity",
                                                "CRITICAL")))))),
                "metadata",
                Map.of("scanFinishedOn", Instant.now().toString()));
        new HttpImageRegistry(RegistryCredentials.none())
                .attach(
                        image,
                        ScanReport.TYPE,
                        TestKey.statements()
                                .sign(new Statement(
                                        ScanReport.TYPE,
                                        image.repository().toString(),
                                        image.digest().hex(),
                                        said)));
    }
}
