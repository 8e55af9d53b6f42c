package io.imaas.plan.gate;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.ListedKey;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.Keyless;
import io.imaas.plan.snapshot.ImageFacts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Open when one of the platform's keys, or one who signs without a key, signed exactly this image. */
final class SignatureGate implements Gate {
    /** Anybody who may push may add more of them. */
    private static final int MOST = 5;

    @Override
    public Answer ask(Question question) {
        if (question.candidate().release() == null) {
            // The service goes: nothing arrives that could be proven.
            return Answer.notAsked();
        }
        ImagePolicy policy = question.platform().images();
        List<SigningKey> keys = policy.keysAt(question.now());
        ImageRef image = question.candidate().release().image();
        Optional<ImageFacts> facts = question.snapshot().image(image.digest());
        boolean lookedForInVain = facts.filter(known -> !known.exists()).isPresent();
        // An image that the registry does not serve is the image gate's matter.
        if (!policy.asksForSignatures() || lookedForInVain) {
            return Answer.notAsked();
        }
        List<ImageSignature> found = facts.map(ImageFacts::signatures).orElse(List.of());
        List<CertifiedSigner> certified = facts.map(ImageFacts::keyless).orElse(List.of());
        return keys.stream()
                .filter(key -> found.stream()
                        .anyMatch(signature ->
                                signature.image().equals(image.digest().value()) && signature.madeBy(key)))
                .findFirst()
                .map(key -> Answer.open("signed by " + key.name()))
                .or(() -> proven(policy.keyless().signers(), certified))
                .orElseGet(() -> Answer.closed(
                        certified.isEmpty() || policy.keyless().signers().isEmpty()
                                ? why(found, keys, policy.signedBy())
                                : why(certified),
                        "cosign sign "
                                + (keys.isEmpty() ? "" : "--key " + keys.get(0).name() + ".key ") + image));
    }

    private static Optional<Answer> proven(List<Keyless.Signer> signers, List<CertifiedSigner> certified) {
        return signers.stream()
                .flatMap(listed -> certified.stream()
                        .filter(listed::is)
                        .map(one -> Answer.open("signed without a key by " + listed.name() + ": " + one.sentence())))
                .findFirst();
    }

    /** Each of them: somebody looks for a mistake, and not for the best one. */
    private static String why(List<CertifiedSigner> certified) {
        return certified.stream()
                .map(one -> one.isProven()
                        ? "it is signed by " + one.sentence() + ", and 'signedBy' does not list this identity"
                        : "a signature without a key does not count: " + one.doubt())
                .distinct()
                .limit(MOST)
                .collect(Collectors.joining("; "));
    }

    /** The closest that any of them came. */
    private static String why(List<ImageSignature> found, List<SigningKey> keys, List<ListedKey> listed) {
        if (found.isEmpty()) {
            return "the image is not signed";
        }
        Optional<ListedKey> replaced = listed.stream()
                .filter(one -> !keys.contains(one.key()) && found.stream().anyMatch(by -> by.madeBy(one.key())))
                .findFirst();
        if (replaced.isPresent()) {
            return "it is signed by the key " + replaced.get().key().name() + ", which counts "
                    + replaced.get().validity();
        }
        Optional<String> other = found.stream()
                .filter(signature -> keys.stream().anyMatch(signature::madeBy))
                .map(ImageSignature::image)
                .findFirst();
        if (other.isPresent()) {
            return "the signature is valid, but it is for "
                    + (other.get().isEmpty() ? "something that is not an image" : other.get());
        }
        return found.size() == 1
                ? "its signature is by none of the platform's keys"
                : "none of its " + found.size() + " signatures is by one of the platform's keys";
    }
}
