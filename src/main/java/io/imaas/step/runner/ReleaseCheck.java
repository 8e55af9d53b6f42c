package io.imaas.step.runner;

import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.gate.GateAnswer;
import java.util.List;
import java.util.Optional;

/** Says no to a release at the moment it is to land. */
@FunctionalInterface
public interface ReleaseCheck {
    /** The plan asked already: it knew the release. */
    ReleaseCheck ASKED_BY_THE_PLAN = (environment, release, migration) -> new Reviewed(Optional.empty(), List.of());

    /**
     * A release that may land.
     *
     * @param manifests the hash of the manifests that were looked at; empty when nobody rendered
     * @param gates what they found
     */
    record Reviewed(Optional<String> manifests, List<GateAnswer> gates) {
        public Reviewed {
            gates = List.copyOf(gates);
        }
    }

    /**
     * @param migration as in {@link io.imaas.plan.step.CommitRelease}
     * @throws io.imaas.model.failure.FailureException POLICY with the reasons, or another kind when nobody could answer
     */
    Reviewed ask(EnvironmentName environment, Release release, String migration);
}
