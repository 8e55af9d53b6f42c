package io.imaas.plan.gate;

import io.imaas.plan.snapshot.ImageFacts;
import java.util.List;

/** Open when an orchestrator signed what is in exactly this image, where the platform wants that. */
final class SbomGate implements Gate {
    @Override
    public Answer ask(Question question) {
        if (question.candidate().release() == null
                || !question.platform().images().sbom()) {
            return Answer.notAsked();
        }
        List<String> bills = question.snapshot()
                .image(question.candidate().release().image().digest())
                .map(ImageFacts::bills)
                .orElse(List.of());
        return bills.isEmpty()
                ? Answer.closed(
                        "no orchestrator signed a bill of materials of the image",
                        "imaas deliver --service " + question.service() + " builds it and signs its bill of materials")
                : Answer.open("CycloneDX, SHA-256 " + bills.get(0));
    }
}
