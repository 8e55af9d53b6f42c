package io.imaas.plan.gate;

import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.Environment;

/** Open when one of the environment's approvers has approved exactly this content. */
final class ApprovalGate implements Gate {
    @Override
    public String name() {
        return "approval";
    }

    @Override
    public Answer ask(Question question) {
        Environment environment = question.environment();
        // Where people merge a pull request, their merge is the approval, and the review of that merge asks for it.
        if (environment.approvers().isEmpty() || environment.mergedByPeople()) {
            return Answer.notAsked();
        }
        String fingerprint = Fingerprint.of(question.candidate(), question.snapshot());
        return question.state().approvals().stream()
                .filter(approval -> approval.environment().equals(environment.name())
                        && approval.verdict() == Approval.Verdict.YES
                        && approval.fingerprint().equals(fingerprint)
                        && environment.approvers().contains(approval.as()))
                .findFirst()
                .map(ApprovalGate::given)
                .orElseGet(() -> missing(question, fingerprint));
    }

    private static Answer given(Approval approval) {
        return Answer.open("approved by " + approval.by() + " as " + approval.as() + " at " + approval.at());
    }

    private static Answer missing(Question question, String fingerprint) {
        Environment environment = question.environment();
        String approvers = String.join(", ", environment.approvers());
        if (question.candidate().source().releaseFile() == null) {
            return Answer.closed(
                    environment.name() + " needs an approval of one of " + approvers
                            + ", and only a promotion can be approved",
                    question.again());
        }
        return Answer.closedUntilApproved(
                "none of " + approvers + " approved this content (" + fingerprint.substring(0, 12) + ")",
                question.command(
                        "approve",
                        question.service(),
                        environment.name(),
                        "--as",
                        environment.approvers().get(0)));
    }
}
