package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.PersonName;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.gate.PastedCommand;
import io.imaas.plan.promotion.ApprovalPlanner;
import io.imaas.plan.promotion.ConfirmationPlanner;
import io.imaas.plan.promotion.PromotionPlanner;
import io.imaas.plan.promotion.PromotionRequest;
import io.imaas.plan.snapshot.Snapshot;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Releases go to the next environment if every gate is open; people say yes to exactly that. */
record Promote(TenantWorld world) {
    IntendedPlan plan(PromoteRequest wanted, Actor actor) {
        if (wanted.tree() != null && wanted.services().size() != 1) {
            throw FailureException.input(
                    "a promotion by sources names exactly one service", "tree " + wanted.tree(), "name the service");
        }
        PromotionRequest request = request(wanted, actor);
        world.records().requireSignature(actor, world.ports().clock().now());
        PromotionPlanner planner = planner();
        Plan plan = planner.plan(request, world.promotions().observe(world.platform(), world.tenant(), request));
        return new IntendedPlan(Intent.PROMOTE, world.tenant(), plan, wanted.services(), plan.title());
    }

    /** A yes to what the same promotion would bring now. */
    IntendedPlan approval(ApproveRequest wanted, Actor actor) {
        if (wanted.verdict() == Approval.Verdict.CONFIRMED) {
            return confirmation(wanted, actor);
        }
        if (wanted.chart()) {
            return new PromoteChart(world).approval(wanted, actor, as(wanted, actor));
        }
        if (wanted.image() != null || begins(wanted)) {
            return new ReleaseImage(world).approval(wanted, actor, as(wanted, actor));
        }
        EnvironmentName from = wanted.from() == null ? world.before(wanted.to()) : wanted.from();
        PromotionRequest request =
                request(new PromoteRequest(wanted.services(), from, wanted.to(), null, "", false, ""), actor);
        PromotionPlanner planner = planner();
        Snapshot facts = world.promotions().observeToApprove(world.platform(), world.tenant(), request);
        Plan plan = new ApprovalPlanner(world.tenant(), world.platform().trust())
                .plan(
                        new ApprovalPlanner.Approvable(
                                request.request(),
                                wanted.to(),
                                planner.fingerprints(request, facts),
                                planner.running(request, facts),
                                planner.plan(request, facts),
                                facts.state()),
                        as(wanted, actor),
                        new ApprovalPlanner.Said(wanted.verdict(), wanted.reason(), actor.proof()));
        return new IntendedPlan(Intent.APPROVE, world.tenant(), plan, wanted.services(), plan.title());
    }

    /** Whether one service is named, and nothing lies before that environment on its path. */
    private boolean begins(ApproveRequest wanted) {
        return wanted.from() == null
                && wanted.services().size() == 1
                && world.known(wanted.services().get(0)).environments().indexOf(wanted.to()) == 0;
    }

    private IntendedPlan confirmation(ApproveRequest wanted, Actor actor) {
        wanted.services().forEach(world::known);
        Request request = new Request(world.tenant().name(), null, wanted.to(), actor.name());
        Plan plan = new ConfirmationPlanner(world.platform(), world.tenant())
                .plan(
                        request,
                        world.known(wanted.to()),
                        wanted.services(),
                        actor,
                        world.observer().observe(List.of(), List.of()));
        return new IntendedPlan(Intent.APPROVE, world.tenant(), plan, wanted.services(), plan.title());
    }

    /**
     * As whom somebody approves: never as more than they are. Who logged in is of the teams that the login says; of which
     * team a signature's owner is, the gate asks the platform; who only says a name may say a team. What somebody takes back was
     * said as something already.
     */
    private String as(ApproveRequest wanted, Actor actor) {
        List<String> approvers = world.known(wanted.to()).approvers();
        if (wanted.verdict() == Approval.Verdict.WITHDRAWN) {
            return actor.name();
        }
        Predicate<String> theirs =
                one -> actor.is(one) || world.platform().trust().isOf(actor.name(), one);
        if (!wanted.as().isEmpty()) {
            boolean loggedIn = actor.isPerson() && actor.proof() != Actor.Proof.SSH_SIGNATURE;
            if (loggedIn && !theirs.test(wanted.as())) {
                throw FailureException.policy(
                        actor + " is not " + wanted.as(), "as", "approve as yourself, or as one of " + actor.roles());
            }
            return approvers.stream()
                    .filter(one -> PersonName.surely(wanted.as(), one))
                    .findFirst()
                    .orElse(wanted.as());
        }
        return Stream.concat(
                        approvers.stream().filter(one -> PersonName.surely(actor.name(), one)),
                        approvers.stream().filter(theirs))
                .findFirst()
                .orElseThrow(() -> approvers.isEmpty()
                        ? FailureException.input(
                                wanted.to() + " needs no approval: what comes there asks for none", "imaas status")
                        : FailureException.policy(
                                actor.name() + " is not an approver of " + wanted.to()
                                        + (actor.roles().isEmpty()
                                                ? ""
                                                : ", nor is any of " + String.join(", ", actor.roles())),
                                help(approvers)));
    }

    /** A person can only be asked; a member of a team can say so. */
    private static String help(List<String> approvers) {
        String ask = "ask " + String.join(" or ", approvers);
        return approvers.stream()
                .filter(one -> one.contains("/"))
                .findFirst()
                .map(team -> ask + "; if you are a member of " + team + ", add --as " + team)
                .orElse(ask);
    }

    private PromotionRequest request(PromoteRequest wanted, Actor actor) {
        world.known(wanted.from());
        world.known(wanted.to());
        wanted.services().forEach(world::known);
        List<ServiceName> services = wanted.services();
        List<EnvironmentName> path = world.environments();
        if (wanted.from().equals(wanted.to())) {
            throw FailureException.input(
                    "a promotion goes from one environment to another, and both are " + wanted.to(),
                    "the path is " + path.stream().map(EnvironmentName::value).collect(Collectors.joining(" -> ")));
        }
        if (path.indexOf(wanted.to()) < path.indexOf(wanted.from())) {
            String named = services.stream().map(name -> name + " ").collect(Collectors.joining());
            throw FailureException.input(
                    "a promotion does not go back: " + wanted.to() + " comes before " + wanted.from() + " on the path",
                    PastedCommand.of(world.tenant(), "promote", named + wanted.to(), wanted.from())
                            + (services.size() == 1
                                    ? "; for an earlier release: "
                                            + PastedCommand.of(world.tenant(), "rollback", services.get(0), wanted.to())
                                    : ""));
        }
        return new PromotionRequest(
                new Request(
                        world.tenant().name(),
                        services.size() == 1 ? services.get(0) : null,
                        wanted.to(),
                        actor.name()),
                wanted.from(),
                wanted.to(),
                services,
                wanted.tree(),
                wanted.reason(),
                wanted.assumeHealthy(),
                wanted.override(),
                actor);
    }

    private PromotionPlanner planner() {
        return new PromotionPlanner(world.platform(), world.tenant(), world.rollout());
    }
}
