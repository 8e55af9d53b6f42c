package io.imaas.plan.gate;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.plan.snapshot.HttpGateFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Open when every system that the platform has asked about this environment says yes, such as a change ticket. */
final class ExternalGate implements Gate {
    static final String NAME = "external";

    @Override
    public Answer ask(Question question) {
        List<HttpGate> gates = question.platform().gates().stream()
                .filter(gate ->
                        gate.environments().contains(question.environment().name()))
                .toList();
        // What goes away needs no ticket: offboarding has a reviewed tombstone.
        if (gates.isEmpty() || question.candidate().release() == null) {
            return Answer.notAsked();
        }
        List<String> found = new ArrayList<>();
        for (HttpGate gate : gates) {
            HttpGateFacts facts = facts(question, gate);
            if (facts == null || !facts.open()) {
                return closed(question, gate, facts);
            }
            found.add(gate.name() + ": " + facts.found());
        }
        return Answer.open(String.join("; ", found));
    }

    /** What was found out; null where nobody asked. */
    static HttpGateFacts facts(Question question, HttpGate gate) {
        return question.snapshot()
                .all(HttpGateFacts.class)
                .filter(one -> one.about().service().equals(question.service())
                        && one.about().gate().equals(gate.name()))
                .findFirst()
                .orElse(null);
    }

    private static Answer closed(Question question, HttpGate gate, HttpGateFacts facts) {
        Instant again = question.now().plus(gate.askAgain());
        Instant asked = facts == null ? null : facts.about().asked();
        if (gate.isOver(asked, question.now())) {
            return Answer.closed(
                    gate.name() + ": it was first asked at " + asked + ", had time until " + asked.plus(gate.timeout())
                            + " to open, and is not asked any more",
                    "bring another release, or give it longer: 'timeout' of the gate in " + gate.where());
        }
        if (facts != null && facts.unanswered() == null) {
            return new Answer.Closed(
                    FailureKind.POLICY,
                    gate.name() + ": " + facts.found(),
                    question.again(),
                    Answer.WaitsFor.REPLY,
                    again);
        }
        Failure why = facts == null
                ? new Failure(FailureKind.INPUT, "it was not asked here", gate.where(), question.again())
                : facts.unanswered();
        return new Answer.Closed(
                why.kind(),
                gate.name() + ": " + why.finding(),
                why.suggestion().isEmpty() ? question.again() : why.suggestion(),
                Answer.WaitsFor.REPLY,
                // Whoever asks for more time than usual gets it.
                why.askedToWait()
                        .map(question.now()::plus)
                        .filter(again::isBefore)
                        .orElse(again));
    }
}
