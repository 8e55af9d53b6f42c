package io.imaas.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ScanReport;
import io.imaas.model.image.Vulnerability;
import io.imaas.model.record.Statement;
import io.imaas.step.record.ScanReports;
import io.imaas.testing.Signer;
import io.imaas.testing.TestKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScanReportsTest {
    private static final ImageRef IMAGE = new ImageRef(
            ImageRepository.parse("registry.example.org/orders/api"), new Digest("sha256:" + "1".repeat(64)));

    private static final Map<String, Object> TRIVY = Map.of(
            "SchemaVersion",
            2,
            "Results",
            List.of(
                    Map.of(
                            "Target",
                            "lib",
                            "Vulnerabilities",
                            List.of(Map.of(
                                    "VulnerabilityID", "CVE-1",
                                    "Severity", "CRITICAL",
                                    "PkgName", "openssl",
                                    "FixedVersion", "3.0.9"))),
                    Map.of("Target", "clean")));

    private static final Map<String, Object> GRYPE = Map.of(
            "matches",
            List.of(Map.of(
                    "artifact",
                    Map.of("name", "zlib"),
                    "vulnerability",
                    Map.of("id", "CVE-2", "severity", "Negligible", "fix", Map.of("versions", List.of())))));

    private static final Map<String, Object> CYCLONE_DX = Map.of(
            "bomFormat",
            "CycloneDX",
            "vulnerabilities",
            List.of(
                    Map.of(
                            "id",
                            "CVE-3",
                            "ratings",
                            List.of(Map.of("severity", "low"), Map.of("severity", "high")),
                            "affects",
                            List.of(Map.of("ref", "pkg:maven/a/b@1"))),
                    Map.of("id", "CVE-4", "analysis", Map.of("state", "not_affected"))));

    @Test
    void reportsOfThreeScannersAreRead() {
        assertThat(found(TRIVY))
                .extracting(Vulnerability::toString)
                .containsExactly("CVE-1 (critical, openssl, fixed in 3.0.9)");
        assertThat(found(GRYPE)).extracting(Vulnerability::toString).containsExactly("CVE-2 (low, zlib)");
        assertThat(found(CYCLONE_DX))
                .extracting(Vulnerability::toString)
                .containsExactly("CVE-3 (high, pkg:maven/a/b@1)");
    }

    @Test
    void whatIsNoReportIsNotTakenForACleanOne() {
        for (Map<String, Object> result : List.of(
                Map.<String, Object>of(),
                Map.<String, Object>of("ok", true),
                Map.<String, Object>of("bomFormat", "x"))) {
            assertThat(reports(List.of(key())).of(IMAGE, List.of(signed(ScanReport.TYPE, "1", result))))
                    .isEmpty();
        }
    }

    @Test
    void onlyAListedScannersWordAboutThisImageCounts() {
        assertThat(reports(List.of(Signer.of("EC 256").key("other")))
                        .of(IMAGE, List.of(signed(ScanReport.TYPE, "1", TRIVY))))
                .as("signed by somebody else")
                .isEmpty();
        assertThat(reports(List.of(key())).of(IMAGE, List.of(signed(ScanReport.TYPE, "2", TRIVY))))
                .as("of another image")
                .isEmpty();
        assertThat(reports(List.of(key())).of(IMAGE, List.of(signed("urn:other", "1", TRIVY))))
                .as("of another type")
                .isEmpty();
        assertThat(reports(List.of(key())).of(IMAGE, List.of("no envelope", "{}", "null")))
                .isEmpty();
    }

    /** {@code cosign attest --type vuln} of cosign 3.1.3. */
    @Test
    void aReportThatCosignAttestedIsRead() throws Exception {
        Path folder = Path.of("test/fixtures/cosign");
        String envelope = new ObjectMapper()
                .readTree(folder.resolve("vuln.bundle.json").toFile())
                .path("dsseEnvelope")
                .toString();
        SigningKey scanner = new SigningKey("scanner", Files.readString(folder.resolve("cosign.pub")));
        ImageRef image = new ImageRef(
                ImageRepository.parse("127.0.0.1:41929/imaas/orders/order-sync"),
                new Digest("sha256:408945afa53ef6e3a3b9f59d1126a772c4b34971d287624fb9869841a7ae8903"));

        assertThat(reports(List.of(scanner)).of(image, List.of(envelope)))
                .singleElement()
                .satisfies(report -> assertThat(report.found())
                        .extracting(Vulnerability::toString)
                        .containsExactly("CVE-2026-1 (high, openssl, fixed in 3.0.9)"));
        assertThat(reports(List.of(key())).of(image, List.of(envelope))).isEmpty();
    }

    private static List<Vulnerability> found(Map<String, Object> result) {
        List<ScanReport> reports = reports(List.of(key())).of(IMAGE, List.of(signed(ScanReport.TYPE, "1", result)));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).scanner()).isEqualTo("pkg:github/example/scanner");
        return reports.get(0).found();
    }

    private static ScanReports reports(List<SigningKey> scanners) {
        return new ScanReports(TestKey.statements(), scanners);
    }

    private static SigningKey key() {
        signed("urn:a", "1", Map.of());
        return TestKey.statements().key().orElseThrow();
    }

    private static String signed(String type, String digit, Map<String, Object> result) {
        return TestKey.statements()
                .sign(new Statement(
                        type,
                        "x",
                        digit.repeat(64),
                        Map.of(
                                "scanner", Map.of("uri", "pkg:github/example/scanner", "result", result),
                                "metadata", Map.of("scanFinishedOn", "2026-11-20T10:00:00Z"))));
    }
}
