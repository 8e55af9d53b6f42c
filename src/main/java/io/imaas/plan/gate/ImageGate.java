package io.imaas.plan.gate;

import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Preview;
import io.imaas.plan.snapshot.ImageFacts;

/** Open when the registry serves the image, and no unmerged pull request made it. */
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
        ImageFacts facts = question.snapshot().image(image.digest()).orElse(null);
        if (facts == null) {
            return Answer.notAsked();
        }
        if (facts.unanswered() != null) {
            return Answer.unanswered(facts.unanswered(), question.again());
        }
        return facts.exists()
                ? Answer.open("the registry serves the image")
                : Answer.closed(
                        "the registry does not serve " + image,
                        "push it again: imaas image --to " + image.repository());
    }
}
