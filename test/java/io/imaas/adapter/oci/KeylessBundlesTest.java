package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.rollout.Provenance;
import io.imaas.testing.TestSigstore;
import io.imaas.testing.TestSigstore.Signing;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeylessBundlesTest {
    private static final String WORKFLOW = "https://github.com/acme/api/.github/workflows/build.yml@refs/heads/main";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final TestSigstore SIGSTORE = new TestSigstore();

    @TempDir
    static Path store;

    private static LoopbackRegistry registry;
    private static int images;

    private ImageRef image;
    private Signing signing;

    @BeforeAll
    static void begin() {
        registry = LoopbackRegistry.start(store, 0);
    }

    @AfterAll
    static void end() {
        registry.close();
    }

    @BeforeEach
    void anImage() {
        image = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api" + images++)).push("1.0.0");
        signing = new Signing(WORKFLOW, ISSUER, image.digest().hex(), ImageSignature.TYPE, TestSigstore.SIGNED);
    }

    @Test
    void aWorkflowAndAPersonAreProven() {
        assertThat(found(SIGSTORE.bundle(signing))).isEqualTo(new CertifiedSigner(ISSUER, WORKFLOW, ""));
        anImage();
        assertThat(found(SIGSTORE.bundle(signing.by("ann@example.org", "https://accounts.example.org"))))
                .isEqualTo(new CertifiedSigner("https://accounts.example.org", "ann@example.org", ""));
    }

    @Test
    void anotherAuthorityProvesNothing() {
        CertifiedSigner other = found(new TestSigstore().bundle(signing));
        assertThat(other.doubt()).startsWith("Fulcio certificate was not valid");
        assertThat(other.identity()).isEmpty();
    }

    @Test
    void aSignatureOfAnotherImageDoesNotCount() {
        assertThat(found(SIGSTORE.bundle(signing.of("9".repeat(64)))).doubt())
                .contains("digest does not match any subject", "9".repeat(64));
    }

    @Test
    void aCertificateCountsForItsMinutesAndNoLonger() {
        assertThat(found(SIGSTORE.bundle(signing.at(TestSigstore.SIGNED.plusSeconds(3600))))
                        .doubt())
                .contains("NotAfter");
        anImage();
        assertThat(found(SIGSTORE.bundle(signing.at(TestSigstore.SIGNED.minusSeconds(3600))))
                        .doubt())
                .contains("NotBefore");
    }

    @Test
    void withoutATimeOrAnEntryOfTheLogNothingCounts() throws IOException {
        assertThat(found(material(material -> ((ObjectNode) material.at("/tlogEntries/0")).remove("inclusionPromise")))
                        .doubt())
                .contains("No timestamp");
        anImage();
        assertThat(found(material(material -> material.putArray("tlogEntries"))).doubt())
                .isNotEmpty();
    }

    private String material(Consumer<ObjectNode> change) throws IOException {
        JsonNode bundle = new ObjectMapper().readTree(SIGSTORE.bundle(signing));
        change.accept((ObjectNode) bundle.path("verificationMaterial"));
        return bundle.toString();
    }

    @Test
    void aStatementThatOnlyTellsSomethingIsNoSignature() {
        assertThat(found(SIGSTORE.bundle(signing.saying(Provenance.TYPE))))
                .isEqualTo(new CertifiedSigner(ISSUER, WORKFLOW, "its statement is not a signature of this one image"));
    }

    @Test
    void anEntryOfRekor2WithTheHashOfTheStatementProvesTheSameAndForThisImageAlone() {
        assertThat(found(SIGSTORE.hashed(signing))).isEqualTo(new CertifiedSigner(ISSUER, WORKFLOW, ""));
        anImage();
        assertThat(found(SIGSTORE.hashed(signing.of("9".repeat(64)))).doubt())
                .contains("not a signature of this one image");
        anImage();
        assertThat(found(SIGSTORE.hashed(signing.saying(Provenance.TYPE))).doubt())
                .contains("not a signature of this one image");
        anImage();
        assertThat(found(new TestSigstore().hashed(signing)).isProven()).isFalse();
        String sound = SIGSTORE.hashed(signing);
        changed(sound, text -> text.replace("in-toto+json", "in-toto-json"));
        changed(sound, text -> text.replaceFirst("(\"signatures\":\\[)(\\{[^}]*})", "$1$2,$2"));
        everyChangedFieldIsSeen(sound);
    }

    @Test
    void everyChangedFieldIsSeen() {
        everyChangedFieldIsSeen(SIGSTORE.bundle(signing));
    }

    private void everyChangedFieldIsSeen(String sound) {
        changed(sound, text -> text.replace("\"integratedTime\":\"1", "\"integratedTime\":\"2"));
        changed(sound, text -> text.replace("\"logIndex\":\"7\"", "\"logIndex\":\"8\""));
        changed(sound, text -> text.replaceAll("(\"sig\":\"MEU?[A-Za-z0-9+/]{20})....", "$1AAAA"));
        changed(sound, text -> text.replaceAll("(\"signedEntryTimestamp\":\"[A-Za-z0-9+/]{20})....", "$1AAAA"));
        changed(sound, text -> text.replaceAll("(\"rootHash\":\")....", "$1AAAA"));
        changed(sound, text -> text.replaceAll("(\"canonicalizedBody\":\"[A-Za-z0-9+/]{80})....", "$1AAAA"));
        changed(sound, text -> text.replaceAll("(\"rawBytes\":\"[A-Za-z0-9+/]{400})....", "$1AAAA"));
        changed(sound, text -> text.replaceAll("(\"payload\":\"[A-Za-z0-9+/]{20})....", "$1AAAA"));
        changed(sound, text -> text.replace("bundle.v0.3", "bundle.v0.9"));
        changed(sound, text -> "{\"dsseEnvelope\": 7}");
        changed(sound, text -> "[]");
    }

    @Test
    void aDamagedTrustedRootSaysSo() {
        attach(SIGSTORE.bundle(signing));
        for (String root : new String[] {"", "no JSON", "[]", "{\"certificateAuthorities\": 1}"}) {
            assertThat(new KeylessBundles(RegistryCredentials.none()).of(image, root))
                    .singleElement()
                    .satisfies(one -> assertThat(one.doubt()).isNotEmpty());
        }
    }

    private void changed(String sound, UnaryOperator<String> change) {
        String damaged = change.apply(sound);
        assertThat(damaged).isNotEqualTo(sound);
        String before = image.digest().hex();
        anImage();
        assertThat(image.digest().hex()).as("the same content everywhere").isEqualTo(before);
        assertThat(found(damaged).doubt()).as(damaged).isNotEmpty();
    }

    private CertifiedSigner found(String bundle) {
        attach(bundle);
        return new KeylessBundles(RegistryCredentials.none())
                .of(image, SIGSTORE.trustedRoot())
                .get(0);
    }

    private void attach(String bundle) {
        RegistryHttp http = new RegistryHttp(RegistryCredentials.none());
        new Attestations(http, new RemoteManifests(http))
                .attachBundle(image, ImageSignature.TYPE, bundle.getBytes(StandardCharsets.UTF_8));
    }
}
