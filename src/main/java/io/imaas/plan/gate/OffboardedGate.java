package io.imaas.plan.gate;

import io.imaas.model.tenancy.Offboarding;

/** Closed from the day on which a tenant or a service is taken away: there is nothing left that it could run in. */
final class OffboardedGate implements Gate {
    @Override
    public Answer ask(Question question) {
        Offboarding tombstone =
                question.tenant().offboardingOf(question.candidate().service(), question.environment());
        return tombstone.isDue(question.today())
                ? Answer.closed(
                        OffboardingGate.who(question, tombstone) + " is offboarded since " + tombstone.from() + ": "
                                + tombstone.reason(),
                        OffboardingGate.opener(question, tombstone) + " and onboard again")
                : Answer.notAsked();
    }

    @Override
    public boolean canBeForced() {
        return false;
    }
}
