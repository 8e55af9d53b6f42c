package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.ListedKey;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.Keyless;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.ImageFacts;
import io.imaas.testing.Signer;
import io.imaas.testing.TinyImages;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureGateTest {
    private static final Signer OURS = Signer.of("EC 256");
    private static final Signer THEIRS = Signer.of("EC 256");

    private final Scene scene = new Scene()
            .images(new ImagePolicy(
                    false, List.of(ListedKey.always(OURS.key("release"))), Keyless.NONE, Set.of(), false, null));
    private final Digest digest = scene.release("api", "1.0.0").image().digest();

    @BeforeEach
    void healthyInDev() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
    }

    @Test
    void anImageThatOneOfThePlatformsKeysSignedPasses() {
        Plan plan = promote(signed(THEIRS, digest.value()), signed(OURS, digest.value()));

        assertThat(plan.closedGates()).isEmpty();
        assertThat(plan.gates())
                .filteredOn(gate -> gate.gate().equals("signature"))
                .extracting(GateAnswer::found)
                .containsExactly("signed by release");
    }

    @Test
    void aKeyThatWasReplacedCountsUntilItsEndAndThenClosesTheGateByItsName() {
        ListedKey ended = new ListedKey(OURS.key("release"), null, Scene.NOW, null);
        ListedKey ending = new ListedKey(OURS.key("release"), null, Scene.NOW.plusSeconds(1), null);
        ListedKey other = ListedKey.always(THEIRS.key("release"));
        scene.images(new ImagePolicy(false, List.of(ended, other), Keyless.NONE, Set.of(), false, null));
        assertThat(refusal(signed(OURS, digest.value())))
                .isEqualTo("it is signed by the key release, which counts until " + Scene.NOW);
        scene.images(new ImagePolicy(false, List.of(ending, other), Keyless.NONE, Set.of(), false, null));
        assertThat(promote(signed(OURS, digest.value())).closedGates()).isEmpty();
    }

    @Test
    void anImageThatNobodySignedIsRefused() {
        assertThat(refusal()).isEqualTo("the image is not signed");
    }

    @Test
    void aSignatureByAnotherKeyIsNone() {
        assertThat(refusal(signed(THEIRS, digest.value())))
                .isEqualTo("its signature is by none of the platform's keys");
    }

    @Test
    void aSoundSignatureOfAnotherImageIsNone() {
        String other = "sha256:" + "9".repeat(64);
        assertThat(refusal(signed(OURS, other))).isEqualTo("the signature is valid, but it is for " + other);
    }

    @Test
    void aPayloadThatWasChangedAfterwardsIsNotSigned() {
        ImageSignature sound = signed(OURS, "sha256:" + "9".repeat(64));
        String forged = new String(TinyImages.payload(digest.value()), StandardCharsets.UTF_8);
        assertThat(refusal(new ImageSignature(forged, sound.signature(), digest.value())))
                .isEqualTo("its signature is by none of the platform's keys");
    }

    @Test
    void whatIsNoSignatureAtAllIsNone() {
        ImageSignature sound = signed(OURS, digest.value());
        assertThat(refusal(
                        new ImageSignature(sound.payload(), "!!", digest.value()),
                        new ImageSignature(sound.payload(), "", digest.value())))
                .isEqualTo("none of its 2 signatures is by one of the platform's keys");
    }

    @Test
    void withoutALookIntoTheRegistryNothingCountsAsSigned() {
        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("signature");
    }

    @Test
    void aReleaseByABuildIsAskedTheSame() {
        scene.image(new ImageFacts(digest, true, List.of(), List.of(), List.of(), List.of(), List.of(), null));

        assertThat(scene.release("api", "1.0.0", "dev").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("signature");
    }

    @ParameterizedTest
    @CsvSource({
        "https://idp, https://git/acme/api/build.yml@refs/heads/main, ''",
        "https://idp, https://git/acme/api/evil/build.yml@refs/heads/main, 'signedBy' does not list this identity",
        "https://idp, https://git/acme/api/build.yml@refs/heads/mainly, 'signedBy' does not list this identity",
        "https://other, https://git/acme/api/build.yml@refs/heads/main, 'signedBy' does not list this identity"
    })
    void whoSignsWithoutAKeyIsComparedAsAWhole(String issuer, String identity, String refused) {
        GateAnswer gate = keyless(new CertifiedSigner(issuer, identity, ""));
        assertThat(gate.state() == GateAnswer.State.OPEN).isEqualTo(refused.isEmpty());
        assertThat(gate.found()).contains(refused.isEmpty() ? "signed without a key by ci: " + identity : refused);
    }

    @Test
    void whatIsNotProvenCountsForNothingAndSaysWhy() {
        GateAnswer gate = keyless(new CertifiedSigner(
                "https://idp", "https://git/acme/api/build.yml@refs/heads/main", "the log's entry is forged"));
        assertThat(gate.state()).isEqualTo(GateAnswer.State.CLOSED);
        assertThat(gate.found()).isEqualTo("a signature without a key does not count: the log's entry is forged");
        assertThat(gate.opening()).startsWith("cosign sign registry.example.org/acme/orders/api@sha256:");
    }

    private GateAnswer keyless(CertifiedSigner signer) {
        Keyless listed = new Keyless(
                List.of(new Keyless.Signer("ci", "https://idp", "https://git/acme/*/build.yml@refs/heads/main")), "{}");
        return scene
                .images(new ImagePolicy(false, List.of(), listed, Set.of(), false, null))
                .image(new ImageFacts(digest, true, List.of(), List.of(), List.of(), List.of(), List.of(signer), null))
                .promote("dev", "test")
                .gates()
                .stream()
                .filter(one -> one.gate().equals("signature"))
                .findFirst()
                .orElseThrow();
    }

    private String refusal(ImageSignature... found) {
        GateAnswer gate = promote(found).closedGates().get(0);
        assertThat(gate.gate()).isEqualTo("signature");
        assertThat(gate.opening())
                .startsWith("cosign sign --key release.key registry.example.org/acme/orders/api@sha256:");
        return gate.found();
    }

    private Plan promote(ImageSignature... found) {
        return scene.image(
                        new ImageFacts(digest, true, List.of(), List.of(found), List.of(), List.of(), List.of(), null))
                .promote("dev", "test");
    }

    private static ImageSignature signed(Signer signer, String digest) {
        byte[] payload = TinyImages.payload(digest);
        return new ImageSignature(
                new String(payload, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(signer.sign(payload)),
                digest);
    }
}
