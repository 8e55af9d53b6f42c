package io.imaas.plan.gate;

import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.plan.snapshot.ImageFacts;

/** Open when the unit tests of the image's sources passed, where the platform insists on them. */
final class TestsGate implements Gate {
    @Override
    public Answer ask(Question question) {
        if (question.candidate().release() == null) {
            // The service goes: nothing arrives that could be proven.
            return Answer.notAsked();
        }
        ImageFacts facts = question.snapshot()
                .image(question.candidate().release().image().digest())
                .filter(ImageFacts::exists)
                .orElse(null);
        if (facts == null || question.platform().noTests() != NoTests.FAIL) {
            return Answer.notAsked();
        }
        String tests = facts.tests(question.service());
        return tests.equals("passed")
                ? Answer.open("its unit tests passed")
                : Answer.closed(
                        tests.isEmpty()
                                ? "no provenance signed by an orchestrator says that its unit tests passed"
                                : "its unit tests did not pass: " + tests,
                        "imaas deliver --service " + question.service() + " --test-server HOST:PORT");
    }
}
