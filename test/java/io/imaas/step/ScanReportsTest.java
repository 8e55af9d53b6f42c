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
import io.imaas.model.record.Trust;
import io.imaas.port.ImageRegistry;
import io.imaas.step.record.ScanReports;
import io.imaas.testing.Signer;
import io.imaas.testing.TestKey;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    @Test
    void whatOpenVexSaysDoesNoHarmIsLeftOutByTheNewestStatement() {
        Map<String, Object> harmless = vex(
                "CVE-1", "not_affected", "2026-10-01T00:00:00Z", "justification", "inline_mitigations_already_exist");
        assertThat(with(harmless)).isEmpty();
        assertThat(with(vex("CVE-1", "fixed", "2026-10-01T00:00:00Z", "x", "y")))
                .isEmpty();
        assertThat(with(vex("CVE-1", "not_affected", "2026-10-01T00:00:00Z", "x", "y")))
                .as("without a reason")
                .hasSize(1);
        assertThat(with(vex("CVE-2", "fixed", "2026-10-01T00:00:00Z", "x", "y")))
                .hasSize(1);
        assertThat(with(vex("CVE-1", "fixed", "yesterday", "x", "y"))).hasSize(1);
        Map<String, Object> later = vex("CVE-1", "affected", "2026-10-02T00:00:00Z", "x", "y");
        assertThat(with(harmless, later)).as("taken back").hasSize(1);
        assertThat(with(later, vex("CVE-1", "fixed", "2026-10-03T00:00:00Z", "x", "y")))
                .isEmpty();
    }

    @Test
    void openVexCountsForItsProductAndItsPackages() {
        assertThat(with(about(IMAGE.digest().hex(), "pkg:deb/debian/openssl@3.0.1")))
                .isEmpty();
        assertThat(with(about(IMAGE.digest().hex(), "pkg:deb/debian/zlib@1"))).hasSize(1);
        assertThat(with(about("9".repeat(64), "pkg:deb/debian/openssl@3.0.1"))).hasSize(1);
    }

    private static Map<String, Object> about(String digest, String part) {
        return vex(
                "CVE-1",
                "fixed",
                "2026-10-01T00:00:00Z",
                "products",
                List.of(Map.of("@id", "pkg:oci/api@sha256:" + digest, "subcomponents", List.of(Map.of("@id", part)))));
    }

    private static Map<String, Object> vex(String id, String status, String at, String key, Object value) {
        return Map.of(
                "@context",
                "https://openvex.dev/ns/v0.2.0",
                "timestamp",
                "2026-09-01T00:00:00Z",
                "statements",
                List.of(Map.of("vulnerability", Map.of("name", id), "status", status, "timestamp", at, key, value)));
    }

    /** A registry that keeps a scan, and these documents. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<Vulnerability> with(Map<String, Object>... documents) {
        List<String> vex = Stream.of(documents)
                .map(document -> statement("https://openvex.dev/ns", "1", document))
                .toList();
        ImageRegistry registry = (ImageRegistry) Proxy.newProxyInstance(
                ScanReportsTest.class.getClassLoader(),
                new Class<?>[] {ImageRegistry.class},
                (proxy, method, arguments) -> arguments[1].equals(ScanReport.TYPE)
                        ? List.of(signed(ScanReport.TYPE, "1", TRIVY))
                        : arguments[1].equals("https://openvex.dev/ns") ? vex : List.of());
        return reports(List.of(key())).of(IMAGE, registry).get(0).found();
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
        return new ScanReports(TestKey.statements(), scanners, Trust.NONE);
    }

    private static SigningKey key() {
        signed("urn:a", "1", Map.of());
        return TestKey.statements().key().orElseThrow();
    }

    private static String signed(String type, String digit, Map<String, Object> result) {
        return statement(
                type,
                digit,
                Map.of(
                        "scanner", Map.of("uri", "pkg:github/example/scanner", "result", result),
                        "metadata", Map.of("scanFinishedOn", "2026-11-20T10:00:00Z")));
    }

    private static String statement(String type, String digit, Map<String, Object> said) {
        return TestKey.statements().sign(new Statement(type, "x", digit.repeat(64), said));
    }
}
