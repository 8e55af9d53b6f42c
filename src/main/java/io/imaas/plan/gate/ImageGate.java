package io.imaas.plan.gate;

import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Preview;
import io.imaas.model.tenancy.Service;
import io.imaas.plan.snapshot.ImageFacts;
import java.util.Optional;

/** Open when one of the platform's registries serves the image, and it is neither another service's nor a preview's. */
final class ImageGate implements Gate {
    @Override
    public Answer ask(Question question) {
        if (question.candidate().release() == null) {
            // The service goes: nothing arrives that could be proven.
            return Answer.notAsked();
        }
        Release release = question.candidate().release();
        ImageRef image = release.image();
        if (question.tenant().previews().isOn()
                && Preview.ofImage(image.repository())
                        .filter(of -> !of.name().equals(release.service()))
                        .isPresent()) {
            return Answer.closed(
                    "it is the image of a preview, whose sources nobody merged",
                    "merge the pull request; its branch is then built and delivered");
        }
        Optional<Answer> elsewhere = elsewhere(question, image.repository());
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        ImageFacts facts = question.snapshot().image(image.digest()).orElse(null);
        if (facts == null) {
            return Answer.notAsked();
        }
        if (facts.unanswered() != null) {
            return Answer.unanswered(facts.unanswered(), question.again());
        }
        return facts.exists()
                ? Answer.open("the registry serves the image")
                : Answer.closed("the registry does not serve " + image, "imaas image --to " + image.repository());
    }

    /** A service that was adopted keeps the image that it ran with until it is built here. */
    private static Optional<Answer> elsewhere(Question question, ImageRepository images) {
        Platform platform = question.platform();
        if (platform.registries().isEmpty()) {
            return Optional.empty();
        }
        Service service = question.candidate().service();
        ImageRepository own = platform.imagesOf(question.tenant().name())
                .child(question.candidate().release().service().value());
        String fix = "release the service's own image, of " + own;
        if (images.isWithin(own)) {
            return Optional.empty();
        }
        if (!platform.allows(images)) {
            return Optional.of(Answer.closed(images + " is in none of the platform's registries", fix));
        }
        return platform.keeps(images) && service.adopted().isEmpty()
                ? Optional.of(Answer.closed(images + " is kept for another service", fix))
                : Optional.empty();
    }
}
