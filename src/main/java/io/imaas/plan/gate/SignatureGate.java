package io.imaas.plan.gate;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageSignature;
import io.imaas.plan.snapshot.ImageFacts;
import java.util.List;
import java.util.Optional;

/** Open when one of the platform's keys signed exactly this image. */
final class SignatureGate implements Gate {
    @Override
    public Answer ask(Question question) {
        if (question.candidate().release() == null) {
            // The service goes: nothing arrives that could be proven.
            return Answer.notAsked();
        }
        List<SigningKey> keys = question.platform().images().signedBy();
        ImageRef image = question.candidate().release().image();
        Optional<ImageFacts> facts = question.snapshot().image(image.digest());
        boolean lookedForInVain = facts.filter(known -> !known.exists()).isPresent();
        // An image that the registry does not serve is the image gate's matter.
        if (keys.isEmpty() || lookedForInVain) {
            return Answer.notAsked();
        }
        List<ImageSignature> found = facts.map(ImageFacts::signatures).orElse(List.of());
        return keys.stream()
                .filter(key -> found.stream()
                        .anyMatch(signature ->
                                signature.image().equals(image.digest().value()) && signature.madeBy(key)))
                .findFirst()
                .map(key -> Answer.open("signed by " + key.name()))
                .orElseGet(() -> Answer.closed(
                        why(found, keys), "cosign sign --key " + keys.get(0).name() + ".key " + image));
    }

    /** The closest that any of them came. */
    private static String why(List<ImageSignature> found, List<SigningKey> keys) {
        if (found.isEmpty()) {
            return "the image is not signed";
        }
        Optional<String> other = found.stream()
                .filter(signature -> keys.stream().anyMatch(signature::madeBy))
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
}
