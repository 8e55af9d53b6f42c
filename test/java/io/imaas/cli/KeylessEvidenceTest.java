package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.testing.TestKey;
import io.imaas.testing.TestRecords;
import io.imaas.testing.TestSigstore;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who signed the image without a key, by name, for whoever reads the evidence years later. */
class KeylessEvidenceTest extends PlatformWorld {
    private static final String WORKFLOW = "https://github.com/acme/api/.github/workflows/build.yml@refs/heads/main";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";

    @Test
    void evidenceNamesWhoSignedWithoutAKeyAndWhoVouchesForThem() throws IOException {
        TestSigstore sigstore = new TestSigstore();
        try (LoopbackRegistry registry = LoopbackRegistry.start(folder.resolve("registry"), 0)) {
            write(
                    "platform/platform.yaml",
                    Files.readString(folder.resolve("platform/platform.yaml"))
                            .replace("registry.example.org/acme", "\"" + registry.address() + "/acme\"")
                            .replace(
                                    "check: optional",
                                    "signedBy: [{name: ci, keyless: {issuer: \"" + ISSUER
                                            + "\", identity: \"https://github.com/acme/api/*/*/*@*/*/main\"}}]"));
            write("platform/trusted_root.json", sigstore.trustedRoot());
            TinyImages images = new TinyImages(ImageRepository.parse(registry.address() + "/acme/orders/api"));
            ImageRef image = images.push("1.4.0");
            for (String who : new String[] {WORKFLOW, "https://github.com/mallory/api/x.yml@refs/heads/main"}) {
                images.attachBundle(
                        image,
                        ImageSignature.TYPE,
                        sigstore.bundle(new TestSigstore.Signing(
                                who, ISSUER, image.digest().hex(), ImageSignature.TYPE, TestSigstore.SIGNED)));
            }
            ok(run("release", "api", "dev", "--image", image.toString(), "--version", "1.4.0"));
            healthy(image);
            ok(run("approve", "api", "test", "--as", "@acme/leads"));
            ok(run("promote", "api", "dev", "test"));
            Path file = folder.resolve("evidence.json");
            Path page = folder.resolve("evidence.html");

            ok(run("evidence", "api", "test", "--output", file.toString(), "--report", page.toString()));

            assertThat(TestKey.payload(Files.readString(file)))
                    .contains("\"keyless\":[{\"issuer\":\"" + ISSUER + "\",\"identity\":\"" + WORKFLOW + "\"")
                    .doesNotContain("mallory/api");
            assertThat(Files.readString(page))
                    .contains("Signed without a key by", WORKFLOW + ", confirmed by " + ISSUER);
            ok(CommandLineRun.of("evidence", "verify", file.toString()));
        }
    }

    private void healthy(ImageRef image) {
        EnvironmentName dev = new EnvironmentName("dev");
        ServiceName api = new ServiceName("api");
        HealthRecord health = new HealthRecord(
                api,
                dev,
                image.digest(),
                HealthRecord.Status.HEALTHY,
                new CommitId("c".repeat(40)),
                Instant.parse("2026-01-01T00:00:00Z"),
                "3 of 3 pods are ready");
        TestRecords.put(
                bare(),
                GitOpsPaths.health(api, dev, image.digest()),
                TestKey.records("orders").sign(health));
    }

    private static void ok(CommandLineRun run) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }
}
