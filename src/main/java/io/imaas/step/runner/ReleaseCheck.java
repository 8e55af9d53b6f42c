package io.imaas.step.runner;

import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import java.util.Optional;

/** Says no to a release at the moment it is to land. */
@FunctionalInterface
public interface ReleaseCheck {
    /** The plan asked already: it knew the release. */
    ReleaseCheck ASKED_BY_THE_PLAN = (environment, release) -> Optional.empty();

    /**
     * @return the hash of the manifests that were looked at; empty when nobody rendered
     * @throws io.imaas.model.failure.FailureException POLICY with the reasons, or another kind when nobody could answer
     */
    Optional<String> ask(EnvironmentName environment, Release release);
}
