package io.imaas.step;

import io.imaas.model.EnvironmentName;
import io.imaas.model.Release;

/** Says no to a release at the moment it is to land. */
@FunctionalInterface
public interface ReleaseCheck {
    /** The plan asked already: it knew the release. */
    ReleaseCheck ASKED_BY_THE_PLAN = (environment, release) -> {};

    /** @throws io.imaas.model.FailureException POLICY with the reasons, or another kind when nobody could answer */
    void ask(EnvironmentName environment, Release release);
}
