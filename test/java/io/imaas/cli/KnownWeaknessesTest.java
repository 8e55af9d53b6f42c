package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ScanReport;
import io.imaas.model.record.Statement;
import io.imaas.testing.TestKey;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A weakness that a scan finds after the release is told where people look, and excused by whoever may. */
class KnownWeaknessesTest extends PlatformWorld {
    @Test
    void statusTellsWhatTheNewestScanForbids() throws IOException {
        try (LoopbackRegistry registry = LoopbackRegistry.start(folder.resolve("registry"), 0)) {
            SigningKey key = TestKey.statements().ownKey();
            write(
                    "platform/platform.yaml",
                    Files.readString(folder.resolve("platform/platform.yaml"))
                            .replace("registry.example.org/acme", "\"" + registry.address() + "/acme\"")
                            .replace(
                                    "check: optional",
                                    "check: optional, vulnerabilities: {scanners: [{name: nightly, key: \""
                                            + key.text().strip() + "\"}]}"));
            ImageRef image =
                    new TinyImages(ImageRepository.parse(registry.address() + "/acme/orders/api")).push("1.4.0");
            ok(run("release", "api", "dev", "--image", image.toString(), "--version", "1.4.0"));
            assertThat(ok(run("status"))).doesNotContain("weaknesses");

            attach(
                    image,
                    ScanReport.TYPE,
                    Map.of(
                            "scanner",
                            Map.of(
                                    "uri",
                                    "grype",
                                    "result",
                                    Map.of(
                                            "matches",
                                            List.of(Map.of(
                                                    "artifact",
                                                    Map.of("name", "zlib"),
                                                    "vulnerability",
                                                    Map.of("id", "CVE-2026-7", "severity", "Critical"))))),
                            "metadata",
                            Map.of("scanFinishedOn", Instant.now().toString())));
            assertThat(ok(run("status")))
                    .contains("api 1.4.0 in dev: known weaknesses since the scan of")
                    .contains("CVE-2026-7 (critical, zlib)");
            write(
                    "platform/platform.yaml",
                    Files.readString(folder.resolve("platform/platform.yaml"))
                            .replace(
                                    "scanners:",
                                    "exceptions: [{id: CVE-2026-7, reason: no request reaches it, owner:"
                                            + " \"@acme/security\", until: 2999-12-31}], scanners:"));
            assertThat(ok(run("status")))
                    .doesNotContain("known weaknesses")
                    .contains("api 1.4.0 in dev: by exception: CVE-2026-7 until 2999-12-31 by @acme/security:"
                            + " no request reaches it");

            attach(
                    image,
                    "https://openvex.dev/ns",
                    Map.of(
                            "timestamp",
                            Instant.now().toString(),
                            "statements",
                            List.of(Map.of(
                                    "vulnerability",
                                    Map.of("name", "CVE-2026-7"),
                                    "status",
                                    "not_affected",
                                    "justification",
                                    "vulnerable_code_not_present"))));
            assertThat(ok(run("status"))).doesNotContain("weaknesses");
        }
    }

    private static void attach(ImageRef image, String type, Map<String, Object> said) {
        new HttpImageRegistry(RegistryCredentials.none())
                .attach(
                        image,
                        type,
                        TestKey.statements()
                                .sign(new Statement(
                                        type,
                                        image.repository().toString(),
                                        image.digest().hex(),
                                        said)));
    }

    private static String ok(CommandLineRun run) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run.out();
    }
}
