package io.imaas.plan.gate;

import io.imaas.model.tenancy.Offboarding;

/** Closed to everything new for a tenant or a service that is announced to go, until its day. */
final class OffboardingGate implements Gate {
    @Override
    public Answer ask(Question question) {
        Offboarding tombstone =
                question.tenant().offboardingOf(question.candidate().service(), question.environment());
        if (!tombstone.isPlanned() || tombstone.isDue(question.today())) {
            return Answer.notAsked();
        }
        return Answer.closed(
                who(question, tombstone) + " will be removed on " + tombstone.from() + " ("
                        + question.platform().zoneName() + ") and gets no new releases until then: "
                        + tombstone.reason(),
                opener(question, tombstone) + "; a rollback is possible without");
    }

    static String who(Question question, Offboarding tombstone) {
        String tenant = "tenant " + question.tenant().name();
        if (tombstone.equals(question.tenant().offboarding())) {
            return tenant;
        }
        return (isEnvironments(question, tombstone) ? question.environment().name() : question.service()) + " of "
                + tenant;
    }

    static String opener(Question question, Offboarding tombstone) {
        String entry = "services[" + question.service() + "].offboarding";
        if (tombstone.equals(question.tenant().offboarding())) {
            entry = "offboarding";
        } else if (isEnvironments(question, tombstone)) {
            entry = "environments[" + question.environment().name() + "].offboarding";
        }
        return "remove " + entry + " from " + question.tenantFile();
    }

    private static boolean isEnvironments(Question question, Offboarding tombstone) {
        return !tombstone.equals(question.candidate().service().offboarding());
    }
}
