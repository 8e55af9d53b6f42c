package io.imaas.plan.review;

import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Fingerprint;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** The reviews of a pull request as approvals of what its merge brought, of those who are approvers of the environment. */
record PullRequestApprovals(Trust trust, DirectChange change) implements Serializable {
    List<Approval> of(List<Candidate> arrived) {
        return arrived.stream().flatMap(this::of).toList();
    }

    private Stream<Approval> of(Candidate candidate) {
        return change.pulls().verdicts().stream()
                .filter(said -> said.service().equals(candidate.service().name()))
                .flatMap(said -> candidate.environment().approvers().stream()
                        .filter(approver -> trust.isOf(said.by(), approver))
                        .limit(1)
                        .map(as -> approval(candidate, said, as)));
    }

    private Approval approval(Candidate candidate, PullRequestFacts.Verdict said, String as) {
        return new Approval(
                candidate.service().name(),
                candidate.environment().name(),
                Fingerprint.of(candidate, change.facts()),
                said.approved() ? Verdict.YES : Verdict.NO,
                said.by(),
                as,
                Proof.GIT_SERVER,
                said.approved() ? "" : "changes are wanted in " + said.to(),
                said.at(),
                said.to());
    }
}
