package io.imaas.step.runner;

import io.imaas.model.rollout.Release;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.CommitRelease;
import io.imaas.port.Precondition;
import java.util.List;
import java.util.Optional;

/** Says no to a release at the moment it is to land. */
@FunctionalInterface
public interface ReleaseCheck {
    /** The plan asked already: it knew the release. */
    ReleaseCheck ASKED_BY_THE_PLAN = (step, release) -> new Reviewed(Optional.empty(), List.of(), List.of());

    /**
     * A release that may land.
     *
     * @param manifests the hash of the manifests that were looked at; empty when nobody rendered
     * @param gates what they found
     * @param read what must still be so when it lands
     */
    record Reviewed(Optional<String> manifests, List<GateAnswer> gates, List<Precondition> read) {
        public Reviewed {
            gates = List.copyOf(gates);
            read = List.copyOf(read);
        }
    }

    /**
     * @param release of the step, or what an earlier one found out
     * @throws io.imaas.model.failure.FailureException POLICY with the reasons, or another kind when nobody could answer
     */
    Reviewed ask(CommitRelease step, Release release);
}
