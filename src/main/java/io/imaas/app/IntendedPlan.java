package io.imaas.app;

import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.PlannedStep;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A plan, and what it is for.
 *
 * @param tenant whose plan it is: see {@link Imaas#runners}
 * @param services what it is about; empty: the tenant as a whole
 * @param summary one sentence for people
 * @param request what it was made for, so that it can be made again; null where nobody asks for that
 */
public record IntendedPlan(
        Intent intent,
        Tenant tenant,
        Plan plan,
        List<ServiceName> services,
        String summary,
        PlanRequest request,
        Actor actor)
        implements Serializable {
    public IntendedPlan {
        services = List.copyOf(services);
    }

    public IntendedPlan(Intent intent, Tenant tenant, Plan plan, List<ServiceName> services, String summary) {
        this(intent, tenant, plan, services, summary, null, null);
    }

    IntendedPlan askedBy(PlanRequest by, Actor who) {
        return new IntendedPlan(intent, tenant, plan, services, summary, by, who);
    }

    /** The same with something more that a person should know. */
    IntendedPlan noting(String note) {
        return with(plan.without(Set.of(), List.of(note)));
    }

    IntendedPlan with(Plan other) {
        return new IntendedPlan(intent, tenant, other, services, summary, request, actor);
    }

    /** The same up to Git: nobody here can follow rollouts. */
    IntendedPlan upToGit() {
        return new IntendedPlan(intent, tenant, plan.withoutRollouts(), services, summary);
    }

    IntendedPlan without(Set<Class<? extends PlannedStep>> kinds) {
        return with(plan.without(kinds, List.of()));
    }

    public boolean follows() {
        return plan.steps().anyMatch(AwaitRollout.class::isInstance);
    }

    /** When some closed gate's answer changes by itself; empty when only somebody's doing opens them. */
    public Optional<Instant> asksAgainAt() {
        return plan.closedGates().stream()
                .map(GateAnswer::askAgainAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    /** When it is worth asking again where all closed gates open by themselves; empty when one needs somebody's doing. */
    public Optional<Instant> opensByItself() {
        return plan.closedGates().stream().allMatch(gate -> gate.askAgainAt() != null)
                ? asksAgainAt()
                : Optional.empty();
    }

    /** Whether a gate is closed, so that nothing of it may be executed. */
    public boolean blocked() {
        return !plan.closedGates().isEmpty();
    }

    /** Whether there is nothing to do. */
    public boolean isNothing() {
        return plan.isNothing();
    }

    /** What a dry run exits with: 0, or the code of the first gate that refuses something. */
    public int exitCode() {
        return plan.refusals().stream()
                .findFirst()
                .map(refusal -> refusal.kind().exitCode())
                .orElse(0);
    }
}
