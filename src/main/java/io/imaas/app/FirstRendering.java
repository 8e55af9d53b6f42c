package io.imaas.app;

import io.imaas.model.identity.Actor;
import io.imaas.model.request.ReviewRequest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.Plan;
import io.imaas.plan.SideBySide;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.StepGroup;
import java.util.ArrayList;
import java.util.List;

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
        for (Environment environment : world.tenant().environments()) {
            if (isUnrendered(environment.name())) {
                Plan review = SideBySide.prefixed(
                        new Review(world)
                                .plan(
                                        new ReviewRequest(environment.name(), null, null, DirectChangePolicy.ALLOW),
                                        actor)
                                .plan(),
                        environment.name().value());
                review.buckets().stream()
                        .filter(group -> group.steps().stream()
                                .anyMatch(step -> step instanceof CommitFiles commit
                                        && !commit.manifests().isEmpty()))
                        .forEach(groups::add);
                gates.addAll(review.gates());
            }
        }
        if (!groups.isEmpty()) {
            notes.add("the manifests of what runs are committed first, then the applications apply them from there");
        }
        groups.addAll(onboarding.buckets());
        return new Plan(onboarding.title(), onboarding.request(), gates, groups, notes);
    }

    private boolean isUnrendered(EnvironmentName environment) {
        return world.tenant().isRendered()
                && world.repository().head(environment.branch()).isPresent()
                && world.repository().head(GitOpsPaths.rendered(environment)).isEmpty();
    }
}
