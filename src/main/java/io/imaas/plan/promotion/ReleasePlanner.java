package io.imaas.plan.promotion;

import io.imaas.model.Environment;
import io.imaas.model.FailureException;
import io.imaas.model.Platform;
import io.imaas.model.Release;
import io.imaas.model.Request;
import io.imaas.model.Service;
import io.imaas.model.ServiceType;
import io.imaas.model.Tenant;
import io.imaas.plan.Bucket;
import io.imaas.plan.CommitRelease;
import io.imaas.plan.Gate;
import io.imaas.plan.Plan;
import io.imaas.plan.state.GitOpsState;
import io.imaas.plan.state.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
        Gates asked = new Gates(platform, tenant, facts, false);
        Gates.hold(candidate).ifPresent(gates::add);
        asked.offboarding(candidate).ifPresent(gates::add);
        gates.addAll(asked.content(candidate));
        new QuotaGate(tenant, facts)
                .of(tenant.name() + " -> " + request.target(), Set.of(release.service()))
                .ifPresent(gates::add);
        CommitRelease commit = new CommitRelease(
                "release", tenant.name(), release.service(), request.target(), release, "", request.actor(), build);
        return new Plan(commit.title(), request, gates, List.of(Bucket.of(commit)), facts.notes());
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
