package io.imaas.plan.gate;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Platform;
import io.imaas.plan.snapshot.ImageFacts;
import io.imaas.plan.snapshot.PromotionFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What must be known of an image: that it is there, that its tests passed, and who signed it. */
public final class ImageGates {
    private final Platform platform;
    private final PromotionFacts facts;

    public ImageGates(Platform platform, PromotionFacts facts) {
        this.platform = platform;
        this.facts = facts;
    }

    public List<Gate> of(String subject, Release release) {
        ImageFacts image = facts.image(release.image().digest()).orElse(null);
        List<Gate> gates = new ArrayList<>();
        if (image == null) {
            signature(subject, List.of(), release).filter(gate -> !gate.open()).ifPresent(gates::add);
            return gates;
        }
        if (image.unanswered() != null) {
            return List.of(Gate.unanswered("image", subject, image.unanswered()));
        }
        if (!image.exists()) {
            return List.of(Gate.closed(
                    "image",
                    subject,
                    "the registry does not serve " + release.image(),
                    "push the image again or release another"));
        }
        gates.add(Gate.open("image", subject, "the registry serves the image"));
        if (!image.tests().equals("passed") && platform.noTests() == Platform.NoTests.FAIL) {
            gates.add(Gate.closed(
                    "tests",
                    subject,
                    "its unit tests did not pass: " + (image.tests().isEmpty() ? "unknown" : image.tests()),
                    "build it again with a unit-test server"));
        }
        signature(subject, image.signatures(), release).ifPresent(gates::add);
        return gates;
    }

    private Optional<Gate> signature(String subject, List<ImageSignature> found, Release release) {
        List<SigningKey> keys = platform.images().signedBy();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String digest = release.image().digest().value();
        Optional<SigningKey> signer = keys.stream()
                .filter(key -> found.stream().anyMatch(signature -> holds(key, signature, digest)))
                .findFirst();
        String names = String.join(", ", keys.stream().map(SigningKey::name).toList());
        return Optional.of(signer.map(key -> Gate.open("signature", subject, "signed by " + key.name()))
                .orElseGet(() -> Gate.closed(
                        "signature",
                        subject,
                        why(found, keys),
                        "sign it with " + names + ": cosign sign --key … " + release.image())));
    }

    /** The closest that any of them came. */
    private static String why(List<ImageSignature> found, List<SigningKey> keys) {
        if (found.isEmpty()) {
            return "the image is not signed";
        }
        Optional<String> other = found.stream()
                .filter(signature -> keys.stream().anyMatch(key -> verifies(key, signature)))
                .map(ImageSignature::image)
                .findFirst();
        if (other.isPresent()) {
            return "the signature is sound, but it is for "
                    + (other.get().isEmpty() ? "something that is no image" : other.get());
        }
        return found.size() == 1
                ? "its signature is by none of the platform's keys"
                : "none of its " + found.size() + " signatures is by one of the platform's keys";
    }

    private static boolean holds(SigningKey key, ImageSignature signature, String digest) {
        return signature.image().equals(digest) && verifies(key, signature);
    }

    private static boolean verifies(SigningKey key, ImageSignature signature) {
        try {
            return key.signed(
                    signature.payload().getBytes(StandardCharsets.UTF_8),
                    Base64.getDecoder().decode(signature.signature()));
        } catch (IllegalArgumentException e) {
            // What is no base64 is no signature.
            return false;
        }
    }
}
