package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.testing.RealServer;
import io.imaas.testing.SigstoreServer;
import io.imaas.testing.TestIssuer;
import io.imaas.testing.TestSigstore;
import io.imaas.testing.TestSigstore.Signing;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a real Fulcio, a log of certificates and a Rekor 1: {@code IMAAS_SIGSTORE_ROOT} names their {@code trusted_root.json} (where
 * it lists no log of signatures, a double stands in for Rekor), and
 * {@code IMAAS_SIGSTORE_ISSUER} the issuer on this machine that Fulcio knows with the type {@code uri}; this test is that issuer.
 * With {@code IMAAS_COSIGN} the program itself signs and verifies, too.
 */
@Tag("real")
class RealSigstoreTest {
    @TempDir
    Path folder;

    private final KeylessBundles bundles = new KeylessBundles(RegistryCredentials.none());
    private String root;
    private Path rootFile;
    private SigstoreServer log;
    private TestIssuer issuer;
    private LoopbackRegistry registry;
    private ImageRef image;
    private String job;

    @BeforeEach
    void begin() throws Exception {
        rootFile = Path.of(RealServer.variable("IMAAS_SIGSTORE_ROOT"));
        root = Files.readString(rootFile);
        if (new ObjectMapper().readTree(root).path("tlogs").isEmpty()) {
            standIn();
        }
        issuer = new TestIssuer(
                URI.create(RealServer.variable("IMAAS_SIGSTORE_ISSUER")).getPort());
        job = issuer.address() + "/job/orders/job/order-api/job/main/";
        registry = LoopbackRegistry.start(folder.resolve("store"), 0);
        image = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api")).push("1.0.0");
    }

    private void standIn() throws IOException {
        log = new SigstoreServer(new Signing("", "", "", "", Instant.now().plusSeconds(240)));
        ObjectNode all = (ObjectNode) new ObjectMapper().readTree(root);
        all.set("tlogs", new ObjectMapper().readTree(log.trustedRoot()).path("tlogs"));
        root = all.toString();
        rootFile = Files.writeString(folder.resolve("trusted_root.json"), root);
    }

    @AfterEach
    void end() {
        if (log != null) {
            log.close();
        }
        if (issuer != null) {
            issuer.close();
            registry.close();
        }
    }

    private Secret token(String audience, Duration left) {
        return new Secret(issuer.signed(new JWTClaimsSet.Builder()
                .issuer(issuer.address())
                .audience(audience)
                .subject(job)
                .issueTime(Date.from(Instant.now().minusSeconds(600)))
                .expirationTime(Date.from(Instant.now().plus(left)))
                .build()));
    }

    private Secret token() {
        return token("sigstore", Duration.ofMinutes(5));
    }

    @Test
    void whatWeSignHoldsByTheRealCertificateAndTheRealLog() throws Exception {
        CertifiedSigner made = bundles.sign(image, token(), root);

        assertThat(made).isEqualTo(new CertifiedSigner(issuer.address(), job, ""));
        assertThat(bundles.of(image, root)).containsExactly(made);
        record("ours.json");
        // An auditor has another file of roots: nothing counts.
        assertThat(bundles.of(image, new TestSigstore().trustedRoot()))
                .allSatisfy(one -> assertThat(one.isProven()).isFalse());
    }

    @Test
    void fulcioRefusesTokensForOthersAndOldOnes() {
        refused(token("another", Duration.ofMinutes(5)));
        refused(token("sigstore", Duration.ofMinutes(-5)));
        refused(new Secret(TestIssuer.forged(new JWTClaimsSet.Builder()
                .issuer(issuer.address())
                .audience("sigstore")
                .subject(job)
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build())));
        assertThat(bundles.of(image, root)).isEmpty();
    }

    private void refused(Secret token) {
        assertThatThrownBy(() -> bundles.sign(image, token, root))
                .hasMessageContaining("answered 4")
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT));
    }

    @Test
    void cosignVerifiesWhatWeSign() throws Exception {
        requireCosignAndRekor();
        bundles.sign(image, token(), root);

        CosignProgram.Said said = verify(job);
        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(verify(job + "other").exitCode()).isNotZero();
    }

    /** The program checks an entry in ways that only Rekor's own stand. */
    private void requireCosignAndRekor() {
        RealServer.variable(CosignProgram.VARIABLE);
        Assumptions.assumeTrue(log == null, "skipped: IMAAS_SIGSTORE_ROOT names no Rekor");
    }

    private CosignProgram.Said verify(String identity) throws Exception {
        return new CosignProgram(folder)
                .cosign(
                        "verify",
                        "--trusted-root",
                        rootFile.toString(),
                        "--certificate-oidc-issuer",
                        issuer.address(),
                        "--certificate-identity",
                        identity,
                        image.toString());
    }

    @Test
    void weVerifyWhatCosignSigns() throws Exception {
        requireCosignAndRekor();
        CosignProgram.Said said = new CosignProgram(folder)
                .cosign(
                        "sign",
                        "-y",
                        "--use-signing-config=false",
                        "--fulcio-url=" + address("/certificateAuthorities/0/uri"),
                        "--rekor-url=" + address("/tlogs/0/baseUrl"),
                        "--trusted-root=" + rootFile,
                        "--identity-token=" + token().reveal(),
                        image.toString());
        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(bundles.of(image, root)).containsExactly(new CertifiedSigner(issuer.address(), job, ""));
        record("cosign.json");
    }

    private String address(String pointer) throws IOException {
        return new ObjectMapper().readTree(root).at(pointer).asText();
    }

    /** What tests without servers verify again: {@code IMAAS_RECORD} names the folder. */
    private void record(String name) throws Exception {
        String to = System.getenv("IMAAS_RECORD");
        if (to != null) {
            RegistryHttp http = new RegistryHttp(RegistryCredentials.none());
            Files.writeString(
                    Path.of(to, name),
                    new Attestations(http, new RemoteManifests(http))
                                    .bundles(image, ImageSignature.TYPE)
                                    .get(0)
                                    .toString()
                            + "\n");
            Files.copy(rootFile, Path.of(to, "trusted_root.json"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
