package io.imaas.plan.promotion;

import io.imaas.model.FailureException;
import io.imaas.model.Hold;
import io.imaas.model.Release;
import io.imaas.model.Request;
import io.imaas.model.Tenant;
import io.imaas.plan.Bucket;
import io.imaas.plan.CommitRelease;
import io.imaas.plan.Gate;
import io.imaas.plan.Plan;
import io.imaas.plan.state.EnvironmentState;
import io.imaas.plan.state.GitOpsState;
import io.imaas.plan.state.ServiceState;
import java.util.List;
import java.util.Optional;

/** Decides the release of a known image to an environment, such as a build makes it. */
public final class ReleasePlanner {
    private final Tenant tenant;

    public ReleasePlanner(Tenant tenant) {
        this.tenant = tenant;
    }

    /**
     * One commit, unless a hold stands in its way.
     *
     * @param build for the audit log
     */
    public Plan plan(Request request, Release release, GitOpsState state, String build) {
        if (tenant.environment(request.target()).isEmpty()) {
            throw FailureException.input(
                    "tenant " + tenant.name() + " has no environment '" + request.target() + "'",
                    "",
                    "known: "
                            + tenant.environments().stream()
                                    .map(e -> e.name().value())
                                    .toList());
        }
        EnvironmentState environment = state.environment(request.target());
        String subject = release.service() + " -> " + request.target();
        Optional<Hold> hold = environment.service(release.service()).map(ServiceState::hold);
        List<Gate> gates = hold.map(h -> List.of(Gate.closed(
                        "hold",
                        subject,
                        request.target() + " is held by " + h.by() + ": " + h.reason(),
                        "imaas resume --service " + release.service() + " --env " + request.target())))
                .orElse(List.of());
        CommitRelease commit = new CommitRelease(
                "release", tenant.name(), release.service(), request.target(), release, "", request.actor(), build);
        return new Plan(commit.title(), request, gates, List.of(Bucket.of(commit)), List.of());
    }
}
