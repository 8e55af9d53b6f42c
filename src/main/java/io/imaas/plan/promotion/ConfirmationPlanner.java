package io.imaas.plan.promotion;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.record.Statement;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.snapshot.ForcedChange;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides how a second person's word on gates that were passed by force is kept. */
public record ConfirmationPlanner(Platform platform, Tenant tenant) implements Serializable {
    /**
     * Confirms all that others passed by force there and that nobody confirmed yet.
     *
     * @param services which; empty: all
     * @throws FailureException INPUT when nothing waits for it, POLICY when this person may not
     */
    public Plan plan(
            Request request,
            Environment environment,
            Collection<ServiceName> services,
            Actor actor,
            GitOpsState state) {
        String title = "Confirm the override in " + environment.name();
        List<ForcedChange> forced = ForcedChange.of(platform, state.approvals(), state.at()).stream()
                .filter(one -> one.override().environment().equals(environment.name())
                        && (services.isEmpty()
                                || services.contains(one.override().service())))
                .toList();
        List<Approval> waiting = forced.stream()
                .filter(one -> one.confirmed().isEmpty())
                .map(ForcedChange::override)
                .toList();
        if (waiting.isEmpty()) {
            // Whoever's answer was lost asks again.
            String done = forced.stream()
                    .flatMap(one -> one.confirmed().stream())
                    .filter(one -> one.by().equals(actor.name()))
                    .map(Approval::sentence)
                    .collect(Collectors.joining("; "));
            if (!done.isEmpty()) {
                NotNeeded nothing = new NotNeeded("confirm", title, done);
                return new Plan(title, request, List.of(), List.of(StepGroup.of(nothing)), List.of());
            }
            throw FailureException.input(
                    "no override in " + environment.name() + " waits for a confirmation",
                    tenant.name().value(),
                    "imaas inbox --tenant " + tenant.name());
        }
        String as = Overrides.entitled(platform.trust(), actor, allowed(environment), "confirm overrides");
        Map<String, Statement> statements = new LinkedHashMap<>();
        Set<ServiceName> confirmed = new LinkedHashSet<>();
        for (Approval override : waiting) {
            if (platform.trust().person(override.by()).equals(platform.trust().person(actor.name()))) {
                throw FailureException.policy(
                        actor + " overrode the gates of " + override.service() + " and cannot confirm that",
                        "a second person must confirm it, one of " + String.join(", ", allowed(environment)));
            }
            Approval said = new Approval(
                    override.service(),
                    override.environment(),
                    override.fingerprint(),
                    Approval.Verdict.CONFIRMED,
                    actor.name(),
                    as,
                    actor.proof(),
                    "",
                    state.at(),
                    "");
            statements.put(said.path(), said.statement(tenant.name()));
            confirmed.add(override.service());
        }
        Trailers trailers =
                Trailers.of(tenant.name(), confirmed, environment.name()).with(Trailers.ACTOR, actor.name());
        return new Plan(
                title,
                request,
                List.of(),
                List.of(StepGroup.of(new KeepRecords(
                        "confirm", title, statements, title + " by " + actor + " as " + as, trailers.lines()))),
                waiting.stream().map(Approval::sentence).toList(),
                List.of());
    }

    private Set<String> allowed(Environment environment) {
        Set<String> allowed = new LinkedHashSet<>(platform.overrides().by());
        allowed.addAll(environment.approvers());
        return allowed;
    }
}
