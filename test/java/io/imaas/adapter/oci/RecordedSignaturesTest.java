package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.testing.TestSigstore;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bundles that {@code RealSigstoreTest} recorded: by us and by cosign 3.1.2, with a real Fulcio, TesseraCT and Rekor 1.5.4; and one
 * of Sigstore's own suite with Rekor 2.
 */
class RecordedSignaturesTest {
    private static final Path RECORDED = Path.of("test/fixtures/sigstore");
    private static final String ISSUER = "http://127.0.0.1:8499";
    private static final CertifiedSigner JOB =
            new CertifiedSigner(ISSUER, ISSUER + "/job/orders/job/order-api/job/main/", "");

    @TempDir
    Path store;

    private final KeylessBundles bundles = new KeylessBundles(RegistryCredentials.none());
    private LoopbackRegistry registry;

    @BeforeEach
    void begin() {
        registry = LoopbackRegistry.start(store, 0);
    }

    @AfterEach
    void end() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ours.json", "cosign.json"})
    void aRecordedSignatureHoldsByTheRecordedRootAlone(String name) throws IOException {
        String bundle = Files.readString(RECORDED.resolve(name));
        String root = Files.readString(RECORDED.resolve("trusted_root.json"));

        assertThat(bundles.of(image("sound", bundle, bundle), root)).containsExactly(JOB);
        assertThat(bundles.of(image("root", bundle, bundle), new TestSigstore().trustedRoot()))
                .allSatisfy(one -> assertThat(one.isProven()).isFalse());
        for (String field : new String[] {"signedEntryTimestamp", "rootHash", "canonicalizedBody", "sig", "payload"}) {
            String damaged = bundle.replaceFirst("(\"" + field + "\":\"[A-Za-z0-9+/]{20})....", "$1AAAA");
            assertThat(damaged).as(field).isNotEqualTo(bundle);
            assertThat(bundles.of(image(field.toLowerCase(Locale.ROOT), bundle, damaged), root))
                    .as(field)
                    .allSatisfy(one -> assertThat(one.isProven()).isFalse());
        }
    }

    /**
     * By Sigstore's conformance suite (github.com/sigstore/sigstore-conformance, rekor2-dsse-happy-path, Apache-2.0) with its staging
     * instance: Rekor 2 with the hash of the statement alone, and a time stamp. All is proven but that it is a signature of an image.
     */
    @Test
    void aStatementOfWhichRekor2KnowsTheHashAloneIsProvenByTheRecordedRoot() throws IOException {
        String bundle = Files.readString(RECORDED.resolve("rekor2.json"));
        String root = Files.readString(RECORDED.resolve("rekor2_root.json"));
        String proven = "its statement is not a signature of this one image";

        assertThat(bundles.of(image("rekor2", bundle, bundle), root))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.issuer()).isEqualTo("https://token.actions.githubusercontent.com");
                    assertThat(one.identity()).endsWith("extremely-dangerous-oidc-beacon.yml@refs/heads/main");
                    assertThat(one.doubt()).isEqualTo(proven);
                });
        for (String field : new String[] {"signedTimestamp", "rootHash", "canonicalizedBody", "sig", "payload"}) {
            String damaged = bundle.replaceFirst("(\"" + field + "\":\"[A-Za-z0-9+/]{40})....", "$1AAAA");
            assertThat(damaged).as(field).isNotEqualTo(bundle);
            assertThat(bundles.of(image("rekor2" + field.toLowerCase(Locale.ROOT), bundle, damaged), root))
                    .as(field)
                    .singleElement()
                    .satisfies(one -> assertThat(one.doubt()).isNotEmpty().isNotEqualTo(proven));
        }
    }

    /** The image that the sound bundle is about, with a bundle beside it. */
    private ImageRef image(String name, String sound, String attached) throws IOException {
        JsonNode statement = new ObjectMapper()
                .readTree(Base64.getDecoder()
                        .decode(new ObjectMapper()
                                .readTree(sound)
                                .at("/dsseEnvelope/payload")
                                .asText()));
        ImageRepository repository = ImageRepository.parse(registry.address() + "/orders/" + name);
        ImageRef image = new ImageRef(
                repository,
                new Digest("sha256:" + statement.at("/subject/0/digest/sha256").asText()));
        new TinyImages(repository).attachBundle(image, ImageSignature.TYPE, attached);
        return image;
    }
}
