package io.imaas.step.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.Effect;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.image.ScanCommand;
import io.imaas.model.image.ScanReport;
import io.imaas.model.image.Vulnerability.Severity;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.BuildOrigin;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CarPart;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.CycloneDx;
import io.imaas.model.source.ImageContents;
import io.imaas.model.source.TestReport;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.model.tenancy.VulnerabilityPolicy;
import io.imaas.plan.step.AttestImage;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.step.record.Records;
import io.imaas.step.record.ScanReports;
import io.imaas.testing.ManualClock;
import io.imaas.testing.Signer;
import io.imaas.testing.TestKey;
import io.imaas.testing.TinyImages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestImageRunnerTest {
    private static final ServiceName API = new ServiceName("api");

    private static final ImageContents CONTENTS = new ImageContents(
            new CarFile("/w/orders.car", "orders", "1.0.0", "c".repeat(64), "native"),
            List.of(),
            List.of(new CarPart(
                    "org.postgresql",
                    "postgresql",
                    "42.7.4",
                    CarPart.JAR,
                    "postgresql-42.7.4.jar",
                    "d".repeat(64),
                    List.of())));

    private static final AttestImage STEP = step("");

    private static AttestImage step(String base) {
        return new AttestImage(
                "provenance",
                new BuildOrigin(
                        new TenantName("orders"),
                        API,
                        "https://git.example.org/api.git",
                        new CommitId("a".repeat(40)),
                        "refs/heads/dev",
                        "",
                        base,
                        "native",
                        "key-1",
                        "build 7"),
                "image",
                "tests");
    }

    private static final Instant SCANNED = Instant.parse("2025-12-31T23:00:00Z");

    @TempDir
    Path store;

    @Test
    void anImageIsSignedAndItsProvenanceAttachedOnceHoweverOftenItIsAsked() {
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            ImageRef image = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api")).push("1.0.0");
            HttpImageRegistry images = new HttpImageRegistry(RegistryCredentials.none());
            Records records = TestKey.records("orders");
            ImageRef base = new TinyImages(ImageRepository.parse(registry.address() + "/wso2/mi")).push("4.4.0");
            images.attach(
                    base,
                    CycloneDx.TYPE,
                    new DsseStatements(new KeyFile(store.resolve("somebody.key")))
                            .sign(new Statement(
                                    CycloneDx.TYPE,
                                    "mi",
                                    base.digest().hex(),
                                    Map.of(
                                            "components",
                                            List.of(Map.of("name", "zlib", "purl", "pkg:deb/debian/zlib@1"))))));
            AttestImage step = step(base.toString());
            AttestImageRunner runner = new AttestImageRunner(
                    () -> images, records, new ManualClock("2026-01-01T00:00:00Z"), "1.2.3", of -> Optional.empty());
            assertThat(runner.run(step, built(image, "passed")).effects())
                    .extracting(Effect::type, Effect::kind)
                    .containsExactly(
                            tuple("SBOM", Effect.Kind.CREATED),
                            tuple("signature", Effect.Kind.CREATED),
                            tuple("provenance", Effect.Kind.CREATED));
            assertThat(runner.run(step, built(image, "passed")).effects()).noneMatch(Effect::isChange);
            assertThat(records.provenances(image, images.attached(image, Provenance.TYPE)))
                    .singleElement()
                    .satisfies(known -> {
                        assertThat(known.tests()).isEqualTo("passed");
                        assertThat(known.origin()).isEqualTo(step.origin());
                    });
            List<String> bills = images.attached(image, CycloneDx.TYPE);
            assertThat(records.bills(image, bills)).singleElement().satisfies(sha256 -> assertThat(sha256)
                    .matches("[0-9a-f]{64}"));
            Statement bill = TestKey.statements().read(bills.get(0)).statement();
            assertThat(bill.text("bomFormat")).isEqualTo("CycloneDX");
            assertThat(bill.text("metadata", "timestamp")).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(bill.said().get("components").toString())
                    .contains(
                            "name=orders",
                            "type=container, bom-ref=base",
                            "purl=pkg:deb/debian/zlib@1",
                            "purl=pkg:maven/org.postgresql/postgresql@42");
            ImageRef other = new ImageRef(image.repository(), new Digest("sha256:" + "b".repeat(64)));
            assertThat(records.bills(other, bills)).as("of another image").isEmpty();
            assertThat(images.signatures(image))
                    .extracting(ImageSignature::image)
                    .containsExactly(image.digest().value());
            assertThat(TestKey.records("payments").provenances(image, images.attached(image, Provenance.TYPE)))
                    .as("of another tenant")
                    .isEmpty();
        }
    }

    @Test
    void whatTheScannerFoundIsSignedAndCountsWhereThePlatformScansAndTheKeyCounted() {
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            ImageRef image = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api")).push("1.0.0");
            HttpImageRegistry images = new HttpImageRegistry(RegistryCredentials.none());
            Records records = TestKey.records("orders");
            ScanReport scan = ScanReports.unsigned(
                    "grype",
                    SCANNED,
                    Map.of(
                            "matches",
                            List.of(Map.of(
                                    "artifact", Map.of("name", "zlib"),
                                    "vulnerability", Map.of("id", "CVE-2026-7", "severity", "High")))));

            assertThat(new AttestImageRunner(
                                    () -> images,
                                    records,
                                    new ManualClock("2026-01-01T00:00:00Z"),
                                    "1",
                                    of -> Optional.empty())
                            .run(STEP, built(image, "passed", scan))
                            .effects())
                    .extracting(Effect::type)
                    .contains("scan");

            assertThat(ScanReports.of(policy(true), records).of(image, images))
                    .singleElement()
                    .satisfies(read -> {
                        assertThat(read.at()).isEqualTo(SCANNED);
                        assertThat(read.found()).isEqualTo(scan.found());
                    });
            assertThat(ScanReports.of(policy(false), records).of(image, images)).isEmpty();
            SigningKey key = TestKey.statements().ownKey();
            assertThat(List.of(
                            new ListedKey(key, null, SCANNED, null),
                            ListedKey.always(Signer.of("EC 256").key("other"))))
                    .allSatisfy(listed -> assertThat(ScanReports.of(
                                            policy(true),
                                            new Records(
                                                    records.format(),
                                                    new Trust(List.of(listed), List.of()),
                                                    records.tenant()))
                                    .of(image, images))
                            .as(listed.validity())
                            .isEmpty());
        }
    }

    private static VulnerabilityPolicy policy(boolean scanning) {
        ScanCommand command = new ScanCommand(List.of("grype", "${image}", "${report}"), Duration.ofMinutes(1));
        return new VulnerabilityPolicy(
                Severity.HIGH, false, Duration.ofDays(7), List.of(), List.of(), scanning ? command : null);
    }

    private static StepContext built(ImageRef image, String tests) {
        return built(image, tests, null);
    }

    private static StepContext built(ImageRef image, String tests, ScanReport scan) {
        return new StepContext() {
            @Override
            public <T extends StepOutput> T output(String stepId, Class<T> type) {
                return type.cast(
                        stepId.equals("image")
                                ? new StepOutput.ImagePublished(
                                        new Release(API, "1.0.0", null, null, image), 1, CONTENTS, scan)
                                : new StepOutput.TestsReported(new TestReport(List.of()), tests));
            }

            @Override
            public Optional<Outcome> outcome(String stepId) {
                return Optional.empty();
            }

            @Override
            public void log(String line) {
                // nobody watches
            }
        };
    }
}
