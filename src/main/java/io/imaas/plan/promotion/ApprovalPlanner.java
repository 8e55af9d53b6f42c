package io.imaas.plan.promotion;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.record.Statement;
import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Answer.WaitsFor;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.StepGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides how a person's yes is kept: bound to the content as it is now. */
public final class ApprovalPlanner {
    private final PromotionPlanner promotions;
    private final Tenant tenant;

    public ApprovalPlanner(PromotionPlanner promotions, Tenant tenant) {
        this.promotions = promotions;
        this.tenant = tenant;
    }

    /**
     * A yes to everything that the promotion would bring.
     *
     * @param as the approver they count as; the door has verified that they may
     * @param proof how the door has verified who they are
     * @throws FailureException POLICY when that is no approver of the environment
     */
    public Plan plan(PromotionRequest wanted, Snapshot facts, String as, Proof proof) {
        List<String> approvers =
                tenant.environment(wanted.to()).map(Environment::approvers).orElse(List.of());
        if (!approvers.contains(as)) {
            throw FailureException.policy(
                    as + " is no approver of " + wanted.to(),
                    "",
                    approvers.isEmpty() ? wanted.to() + " needs no approval" : "ask " + String.join(", ", approvers));
        }
        String by = wanted.request().actor();
        Map<String, Statement> statements = new LinkedHashMap<>();
        Map<ServiceName, String> fingerprints = promotions.fingerprints(wanted, facts);
        fingerprints.forEach((service, fingerprint) -> {
            Approval approval = new Approval(
                    service,
                    wanted.to(),
                    fingerprint,
                    Approval.Verdict.YES,
                    by,
                    as,
                    proof,
                    "",
                    facts.state().at());
            statements.put(approval.path(), approval.statement(tenant.name()));
        });
        String services = String.join(
                ", ", fingerprints.keySet().stream().map(ServiceName::value).toList());
        String title = "Approve " + services + " for " + wanted.to();
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Imaas-Tenant", tenant.name().value());
        trailers.put("Imaas-Service", services);
        trailers.put("Imaas-Environment", wanted.to().value());
        trailers.put("Imaas-Actor", by);
        KeepRecords commit = new KeepRecords("approve", title, statements, title + " by " + by + " as " + as, trailers);
        return new Plan(title, wanted.request(), List.of(), List.of(StepGroup.of(commit)), notes(wanted, facts));
    }

    /** A yes may come before the gates open, but whoever says it sees them, and what would change. */
    private List<String> notes(PromotionRequest wanted, Snapshot facts) {
        Plan promotion = promotions.plan(wanted, facts);
        List<String> notes = new ArrayList<>();
        promotion.closedGates().stream()
                .filter(gate -> gate.waitsFor() != WaitsFor.APPROVAL)
                .map(gate -> "still closed: " + gate.gate() + ", " + gate.found() + " (" + gate.opening() + ")")
                .forEach(notes::add);
        notes.addAll(promotion.notes());
        return notes;
    }
}
