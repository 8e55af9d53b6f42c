package io.imaas.app;

import io.imaas.catalog.Read;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.identity.Actor;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.request.Request;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.onboarding.OnboardingPlanner;
import io.imaas.plan.step.AwaitRemoval;
import io.imaas.plan.step.EnsureJobs;
import io.imaas.plan.step.RemoveJobs;
import io.imaas.step.observe.PoliciesInCluster;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** From two states of the platform's metadata to what tenants need. Reads metadata alone. */
public final class Onboard {
    private Onboard() {}

    /**
     * What lies between two commits of the platform repository.
     *
     * @param before what is in force, such as a pull request's merge base; empty: nothing yet
     * @param after what is proposed, or was merged
     * @param now when: tombstones are due by the day
     */
    public static Proposal between(
            PlatformRepository platform, Optional<CommitId> before, CommitId after, Instant now, Actor actor) {
        return between(before.flatMap(known -> read(platform, known)), platform.at(after), now, actor);
    }

    /** Files that were broken, or that are gone, say nothing of what the tenants had: then all of them are planned again. */
    private static Optional<Catalog> read(PlatformRepository platform, CommitId commit) {
        try {
            return platform.at(commit).found();
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.EXTERNAL) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * What a merge asks for: the tenants that it may reach, and those of which something goes by its tombstone. Everything else
     * is as it was applied.
     *
     * @param applied the commit of the platform repository that was applied last; empty where nobody knows: then all tenants
     */
    public static List<IntendedPlan> since(
            PlatformRepository platform, Optional<CommitId> applied, Catalog catalog, Instant now, Actor actor) {
        return since(applied.flatMap(known -> read(platform, known)), catalog, now, actor);
    }

    static List<IntendedPlan> since(Optional<Catalog> before, Catalog catalog, Instant now, Actor actor) {
        LocalDate today = catalog.platform().dayOf(now);
        return reached(before, catalog, today, actor)
                .filter(reached ->
                        reached.changes() || Affected.goes(reached.now().tenant(), today))
                .map(Reached::now)
                .toList();
    }

    /** A tenant that a change of the metadata may reach: a change of the platform's defaults or of a neighbour may come to nothing. */
    private record Reached(IntendedPlan now, Optional<Tenant> before, Optional<Plan> was) {
        boolean changes() {
            return !was.equals(Optional.of(now.plan())) || !before.equals(Optional.of(now.tenant()));
        }
    }

    private static Stream<Reached> reached(Optional<Catalog> before, Catalog after, LocalDate today, Actor actor) {
        OnboardingPlanner planner = new OnboardingPlanner(after, today, before);
        Optional<OnboardingPlanner> earlier = before.map(old -> new OnboardingPlanner(old, today));
        return Affected.by(before, after, today).stream()
                .filter(tenant -> after.broken(tenant.name().value()).isEmpty())
                .map(tenant -> {
                    // Nothing was applied of what could not be read then.
                    Optional<Tenant> old = before.filter(catalog ->
                                    catalog.broken(tenant.name().value()).isEmpty())
                            .flatMap(catalog -> catalog.tenant(tenant.name()));
                    return new Reached(
                            plan(planner, tenant, actor), old, old.map(one -> plan(earlier.orElseThrow(), one, actor)
                                    .plan()));
                });
    }

    /** The same of what was read already. */
    public static Proposal between(Optional<Catalog> before, Read<Catalog> after, Instant now, Actor actor) {
        if (!(after instanceof Read.Ok<Catalog> ok)) {
            return new Proposal(List.of(), List.of(), after.problems(), OnboardingComment.of(after.problems()));
        }
        Catalog catalog = ok.value();
        LocalDate today = catalog.platform().dayOf(now);
        List<Reached> changed =
                reached(before, catalog, today, actor).filter(Reached::changes).toList();
        List<IntendedPlan> plans = changed.stream().map(Reached::now).toList();
        List<Proposal.Change> changes = changed.stream()
                .map(one -> new Proposal.Change(
                        one.now().tenant().name(),
                        one.now().summary(),
                        PlanDiff.between(one.was(), one.now().plan())))
                .toList();
        List<Problem> problems = new ArrayList<>(after.problems());
        before.ifPresent(old -> problems.addAll(Vanished.between(old, catalog, today)));
        return new Proposal(
                plans, changes, problems, new OnboardingComment(catalog, today).of(plans, changes, problems));
    }

    /** One tenant, whatever changed. */
    public static IntendedPlan plan(Catalog catalog, Tenant tenant, Instant now, Actor actor) {
        return plan(new OnboardingPlanner(catalog, catalog.platform().dayOf(now)), tenant, actor);
    }

    /** The same with what is at hand: jobs only with a CI server; what a preview did not delete will never be gone. */
    static IntendedPlan plan(TenantWorld world, Actor actor) {
        Ports ports = world.ports();
        LocalDate today = world.catalog().platform().dayOf(ports.clock().now());
        IntendedPlan whole =
                plan(new OnboardingPlanner(world.catalog(), today, leftPolicies(world)), world.tenant(), actor);
        Plan plan = ports.isPreview() ? whole.plan().without(Set.of(AwaitRemoval.class), List.of()) : whole.plan();
        plan = ports.hasJobServer()
                ? plan
                : plan.without(
                        Set.of(EnsureJobs.class, RemoveJobs.class),
                        List.of("no jobs: there is no CI server to make or delete them on"));
        return new IntendedPlan(
                whole.intent(),
                whole.tenant(),
                new FirstRendering(world).before(new RemovePreviews(world).before(plan, actor), actor),
                whole.services(),
                whole.summary());
    }

    /** What is done for a tenant of which nothing can be planned. */
    static Plan nothing(Tenant tenant, Actor actor) {
        return new Plan("Onboard " + tenant.name(), request(tenant, actor), List.of(), List.of(), List.of());
    }

    /** Where the platform has policies, their own step finds those that it has no longer. */
    private static List<ClusterObject> leftPolicies(TenantWorld world) {
        if (!world.catalog().policies().isEmpty()) {
            return List.of();
        }
        try {
            OwnLabels owner = OwnLabels.ofPlatform(world.catalog().platform().name());
            return new PoliciesInCluster(world.ports().cluster()).unwanted(owner, List.of());
        } catch (FailureException unknown) {
            // Who may not even look has put none there; and where nothing answers the steps say so.
            return List.of();
        }
    }

    private static IntendedPlan plan(OnboardingPlanner planner, Tenant tenant, Actor actor) {
        Plan plan = planner.plan(request(tenant, actor), tenant);
        return new IntendedPlan(Intent.ONBOARD, tenant, plan, List.of(), plan.title());
    }

    private static Request request(Tenant tenant, Actor actor) {
        return new Request(tenant.name(), null, null, actor.name());
    }
}
