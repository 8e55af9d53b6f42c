package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.image.ScanReport;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Statement.SignedStatement;
import io.imaas.testing.Pem;
import io.imaas.testing.RealServer;
import io.imaas.testing.TinyImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways with {@code cosign} 3 itself, without the Internet: {@code IMAAS_COSIGN} names the program. */
@Tag("real")
class RealCosignTest {
    @TempDir
    Path folder;

    private LoopbackRegistry registry;
    private ImageRef image;
    private HttpImageRegistry client;

    @BeforeEach
    void begin() {
        RealServer.variable("IMAAS_COSIGN");
        registry = LoopbackRegistry.start(folder.resolve("store"), 0);
        image = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api")).push("1.0.0");
        client = new HttpImageRegistry(RegistryCredentials.none());
    }

    @AfterEach
    void end() {
        if (registry != null) {
            registry.close();
        }
    }

    private Statement statement(String type) {
        return new Statement(
                type,
                image.repository().toString(),
                image.digest().hex(),
                Map.of(Statement.AT, "2026-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh-keygen -t ecdsa",
                "ssh-keygen -t rsa -b 2048",
                "ssh-keygen -t ed25519",
                "keytool -keyalg EC -groupname secp384r1",
                "keytool -keyalg EC -groupname secp521r1"
            })
    void cosignVerifiesWhatWeSign(String kind) throws Exception {
        boolean store = kind.startsWith("keytool");
        List<String> make = new ArrayList<>(List.of(kind.split(" ")));
        make.addAll(
                store
                        ? List.of("-genkeypair", "-keystore", "key.p12", "-storepass", "changeit", "-dname", "CN=imaas")
                        : List.of("-q", "-N", "", "-f", "key"));
        CosignProgram.Said made = run(make);
        assertThat(made.exitCode()).as(made.text()).isZero();
        Files.writeString(folder.resolve("key.p12.password"), "changeit");
        DsseStatements ours = new DsseStatements(new KeyFile(folder.resolve(store ? "key.p12" : "key")));
        client.attach(image, ImageSignature.TYPE, ours.sign(statement(ImageSignature.TYPE)));
        client.attach(image, ScanReport.TYPE, ours.sign(statement(ScanReport.TYPE)));
        Files.writeString(folder.resolve("ours.pem"), Pem.of(ours.ownKey()));
        Files.writeString(
                folder.resolve("other.pem"), Pem.of(new DsseStatements(new KeyFile(folder.resolve("other"))).ownKey()));

        CosignProgram.Said verified = cosign("verify", "--key", "ours.pem", "--insecure-ignore-tlog", image.toString());
        assertThat(verified.exitCode()).as(verified.text()).isZero();
        CosignProgram.Said attested = cosign(
                "verify-attestation",
                "--key",
                "ours.pem",
                "--insecure-ignore-tlog",
                "--type",
                "vuln",
                image.toString());
        assertThat(attested.exitCode()).as(attested.text()).isZero();
        assertThat(cosign("verify", "--key", "other.pem", "--insecure-ignore-tlog", image.toString())
                        .exitCode())
                .isNotZero();
    }

    @Test
    void weVerifyWhatCosignSigns() throws Exception {
        assertThat(cosign("generate-key-pair").exitCode()).isZero();
        String[] quietly = {"--key", "cosign.key", "--tlog-upload=false", "--use-signing-config=false", "-y"};
        CosignProgram.Said signed = cosign(with("sign", quietly, image.toString()));
        assertThat(signed.exitCode()).as(signed.text()).isZero();
        CosignProgram.Said earlier = cosign(with("sign", quietly, "--new-bundle-format=false", image.toString()));
        assertThat(earlier.exitCode()).as(earlier.text()).isZero();
        Files.writeString(folder.resolve("scan.json"), "{\"scanner\": {}, \"metadata\": {}}");
        CosignProgram.Said attested =
                cosign(with("attest", quietly, "--type", "vuln", "--predicate", "scan.json", image.toString()));
        assertThat(attested.exitCode()).as(attested.text()).isZero();

        SigningKey key = new SigningKey("release", Files.readString(folder.resolve("cosign.pub")));
        assertThat(client.signatures(image)).hasSize(2).allSatisfy(signature -> {
            assertThat(signature.image()).isEqualTo(image.digest().value());
            assertThat(signature.madeBy(key)).isTrue();
        });
        DsseStatements reader = new DsseStatements(new KeyFile(folder.resolve("reader")));
        assertThat(client.attached(image, ScanReport.TYPE)).singleElement().satisfies(envelope -> {
            SignedStatement read = reader.read(envelope);
            assertThat(read.statement().sha256()).isEqualTo(image.digest().hex());
            assertThat(read.envelope().signedBy(key)).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EC -pkeyopt ec_paramgen_curve:P-384",
                "EC -pkeyopt ec_paramgen_curve:P-521",
                "ED25519",
                "RSA -pkeyopt rsa_keygen_bits:3072"
            })
    void weVerifyWhatCosignSignsWithAKeyOfAnyKind(String kind) throws Exception {
        List<String> make = new ArrayList<>(List.of("openssl", "genpkey", "-out", "own.pem", "-algorithm"));
        make.addAll(List.of(kind.split(" ")));
        assertThat(run(make).exitCode()).isZero();
        CosignProgram.Said imported = cosign("import-key-pair", "--key", "own.pem", "-y");
        assertThat(imported.exitCode()).as(imported.text()).isZero();
        String[] quietly = {"--key", "import-cosign.key", "--tlog-upload=false", "--use-signing-config=false", "-y"};
        CosignProgram.Said signed = cosign(with("sign", quietly, image.toString()));
        assertThat(signed.exitCode()).as(signed.text()).isZero();

        SigningKey key = new SigningKey("release", Files.readString(folder.resolve("import-cosign.pub")));
        assertThat(client.signatures(image)).singleElement().satisfies(signature -> assertThat(signature.madeBy(key))
                .isTrue());
    }

    private static String[] with(String command, String[] usual, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(usual));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private CosignProgram.Said cosign(String... arguments) throws Exception {
        return new CosignProgram(folder).cosign(arguments);
    }

    private CosignProgram.Said run(List<String> command) throws Exception {
        return new CosignProgram(folder).run(command);
    }
}
