package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.testing.SigstoreServer;
import io.imaas.testing.TestSigstore;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an authority and a log of one's own; what comes out is verified by Sigstore's own library. */
class KeylessSignerTest {
    private static final String WORKFLOW = "https://github.com/acme/api/.github/workflows/build.yml@refs/heads/main";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final Secret TOKEN = new Secret(SigstoreServer.token("repo:acme/api:ref:refs/heads/main"));

    @TempDir
    Path store;

    private final KeylessBundles bundles = new KeylessBundles(RegistryCredentials.none());
    private LoopbackRegistry registry;
    private SigstoreServer sigstore;
    private ImageRef image;

    @BeforeEach
    void begin() throws IOException {
        registry = LoopbackRegistry.start(store, 0);
        image = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api")).push("1.0.0");
        sigstore = new SigstoreServer(new TestSigstore.Signing(
                WORKFLOW, ISSUER, image.digest().hex(), ImageSignature.TYPE, TestSigstore.SIGNED));
    }

    @AfterEach
    void end() {
        sigstore.close();
        registry.close();
    }

    @Test
    void whomTheTokenNamesSignsTheImage() {
        CertifiedSigner made = bundles.sign(image, TOKEN, sigstore.trustedRoot());

        assertThat(made).isEqualTo(new CertifiedSigner(ISSUER, WORKFLOW, ""));
        assertThat(bundles.of(image, sigstore.trustedRoot())).containsExactly(made);
        assertThat(sigstore.asked()).containsExactly("/api/v2/signingCert", "/api/v1/log/entries");
    }

    @Test
    void whatDoesNotHoldIsNotAttached() throws IOException {
        try (SigstoreServer other = new SigstoreServer(new TestSigstore.Signing(
                WORKFLOW, ISSUER, image.digest().hex(), ImageSignature.TYPE, TestSigstore.SIGNED.plusSeconds(7200)))) {
            fails(FailureKind.FAILED, "does not hold", () -> bundles.sign(image, TOKEN, other.trustedRoot()));
            assertThat(bundles.of(image, other.trustedRoot())).isEmpty();
        }
    }

    @Test
    void aTokenThatIsRefusedIsTheBuildsMatterAndAnAuthorityThatIsDownIsAskedAgain() {
        sigstore.refuse(400);
        fails(FailureKind.INPUT, "answered 400: There was an error", this::sign);
        sigstore.refuse(503);
        fails(FailureKind.EXTERNAL, "answered 503", this::sign);
        String root = sigstore.trustedRoot();
        fails(FailureKind.INPUT, "not a JSON Web Token", () -> bundles.sign(image, new Secret("nonsense"), root));
        fails(FailureKind.INPUT, "no https address", () -> bundles.sign(image, TOKEN, "{}"));
        fails(
                FailureKind.INPUT,
                "no https address",
                () -> bundles.sign(image, TOKEN, root.replace("http://127.0.0.1", "http://10.0.0.1")));
        assertThat(bundles.of(image, root)).isEmpty();
    }

    private void sign() {
        bundles.sign(image, TOKEN, sigstore.trustedRoot());
    }

    private static void fails(FailureKind kind, String why, ThrowingCallable signing) {
        assertThatThrownBy(signing)
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(kind));
    }
}
