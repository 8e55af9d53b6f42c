package io.imaas.plan.delivery;

import io.imaas.model.failure.FailureException;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceType;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Gate;
import io.imaas.plan.gate.Gates;
import io.imaas.plan.gate.QuotaGate;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.PromotionFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.StepGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides the release of a known image to an environment, such as a build makes it. */
public final class ReleasePlanner {
    private final Platform platform;
    private final Tenant tenant;

    public ReleasePlanner(Platform platform, Tenant tenant) {
        this.platform = platform;
        this.tenant = tenant;
    }

    /**
     * One commit, unless a hold, the image, the chart or the quota stands in its way.
     *
     * @param facts with what is known of the release, whoever made it
     * @param build for the audit log
     */
    public Plan plan(Request request, Release release, PromotionFacts facts, String build) {
        Environment environment = tenant.environment(request.target())
                .orElseThrow(() -> FailureException.input(
                        "tenant " + tenant.name() + " has no environment '" + request.target() + "'",
                        "",
                        "known: "
                                + tenant.environments().stream()
                                        .map(e -> e.name().value())
                                        .toList()));
        Candidate candidate = candidate(release, environment, facts.state());
        List<Gate> gates = new ArrayList<>();
        Gates.hold(candidate).ifPresent(gates::add);
        Gates asked = new Gates(platform, tenant, facts, false);
        asked.offboarding(candidate).ifPresent(gates::add);
        gates.addAll(asked.content(candidate));
        quota(environment.name(), release, facts).ifPresent(gates::add);
        CommitRelease commit = new CommitRelease(
                "release", tenant.name(), release.service(), request.target(), release, "", request.actor(), build);
        return new Plan(commit.title(), request, gates, List.of(StepGroup.of(commit)), facts.notes());
    }

    /**
     * What a build's own release is asked when it is about to land. Its image was pushed a moment ago by the same plan:
     * it is there, its tests ran, and nobody could have signed it yet; promotions ask for the signature.
     */
    public List<Gate> gatesOfBuild(EnvironmentName target, Release release, PromotionFacts facts) {
        Environment environment = tenant.environment(target).orElse(null);
        if (environment == null) {
            return List.of();
        }
        Candidate candidate = candidate(release, environment, facts.state());
        Gates asked = new Gates(platform, tenant, facts, false);
        return Stream.of(asked.offboarding(candidate), asked.render(candidate), quota(target, release, facts))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Gate> quota(EnvironmentName target, Release release, PromotionFacts facts) {
        return new QuotaGate(tenant, facts).of(tenant.name() + " -> " + target, Set.of(release.service()));
    }

    private Candidate candidate(Release release, Environment environment, GitOpsState state) {
        Service service = tenant.service(release.service())
                .orElseGet(() -> new Service(
                        release.service(), tenant.gitops(), ServiceType.WORKER, List.of(environment.name())));
        return new Candidate(
                service,
                environment.name(),
                environment,
                new ServiceState(release.service(), release, null, null, null, null),
                state.environment(environment.name()).service(release.service()).orElse(null));
    }
}
