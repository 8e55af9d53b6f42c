package io.imaas.step.runner;

import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;

/** Says no to a release at the moment it is to land. */
@FunctionalInterface
public interface ReleaseCheck {
    /** The plan asked already: it knew the release. */
    ReleaseCheck ASKED_BY_THE_PLAN = (environment, release) -> {};

    /** @throws io.imaas.model.failure.FailureException POLICY with the reasons, or another kind when nobody could answer */
    void ask(EnvironmentName environment, Release release);
}
