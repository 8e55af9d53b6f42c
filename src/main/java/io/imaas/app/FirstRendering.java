package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.Plan;
import io.imaas.plan.SideBySide;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.StepGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A tenant whose deployment server rendered until now: before its applications are pointed at the manifests' branches, the
 * manifests of what runs are committed there. What runs stays, whatever gates say of it, and what they say is told.
 */
record FirstRendering(TenantWorld world) {
    /** The onboarding, begun with the manifests of every environment that has none yet. */
    Plan before(Plan onboarding, Actor actor) {
        List<GateAnswer> gates = new ArrayList<>(onboarding.gates());
        List<StepGroup> groups = new ArrayList<>();
        List<String> notes = new ArrayList<>(onboarding.notes());
        for (EnvironmentName environment : unrendered()) {
            Plan review = SideBySide.prefixed(
                    new Review(world)
                            .plan(new ReviewRequest(environment, null, null, DirectChangePolicy.ALLOW), actor)
                            .plan(),
                    environment.value());
            review.groups().stream()
                    .filter(group -> group.steps().stream()
                            .anyMatch(step -> step instanceof CommitFiles commit
                                    && !commit.manifests().isEmpty()))
                    .forEach(groups::add);
            gates.addAll(review.gates());
        }
        if (!groups.isEmpty()) {
            notes.add("the manifests of what runs are committed first, then the applications apply them from there");
        }
        groups.addAll(onboarding.groups());
        return new Plan(onboarding.title(), onboarding.request(), gates, groups, notes);
    }

    private List<EnvironmentName> unrendered() {
        List<EnvironmentName> all = world.tenant().isRendered()
                ? world.tenant().environments().stream().map(Environment::name).toList()
                : List.of();
        Set<BranchName> there = branches(all.stream()
                .flatMap(name -> Stream.of(name.branch(), GitOpsPaths.rendered(name)))
                .toList());
        return all.stream()
                .filter(name -> there.contains(name.branch()) && !there.contains(GitOpsPaths.rendered(name)))
                .toList();
    }

    /** A repository that onboarding is still to make has none: its Git server knows, where Git itself can't tell. */
    private Set<BranchName> branches(List<BranchName> wanted) {
        try {
            return world.repository().heads(wanted).keySet();
        } catch (FailureException e) {
            // It also says better which right is missing.
            boolean toBeMade = Set.of(FailureKind.INPUT, FailureKind.POLICY)
                            .contains(e.failure().kind())
                    && world.ports()
                            .setup(world.tenant().gitops())
                            .filter(setup -> setup.branches().isEmpty())
                            .isPresent();
            if (toBeMade) {
                return Set.of();
            }
            throw e;
        }
    }
}
