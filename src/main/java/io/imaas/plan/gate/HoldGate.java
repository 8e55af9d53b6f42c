package io.imaas.plan.gate;

import io.imaas.model.rollout.Hold;

/** Closed while a hold keeps a service as it is in an environment. */
final class HoldGate implements Gate {
    @Override
    public Answer ask(Question question) {
        Hold hold = question.candidate().target() == null
                ? null
                : question.candidate().target().hold();
        return hold == null
                ? Answer.notAsked()
                : Answer.closed(
                        question.environment().name() + " is held by " + hold.by() + ": " + hold.reason(),
                        question.command(
                                "resume",
                                question.service(),
                                question.environment().name()));
    }
}
