package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.plan.promotion.ApprovalPlanner;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The release of an image that is built already. */
record ReleaseImage(TenantWorld world) {
    private static final String LABEL = "org.opencontainers.image.version";
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._+-]{0,127}");

    IntendedPlan plan(ReleaseRequest wanted, Actor actor) {
        world.known(wanted.environment());
        world.known(wanted.service());
        Release release = new Release(
                wanted.service(), version(wanted.image(), wanted.version()), wanted.source(), null, wanted.image());
        Request request = new Request(world.tenant().name(), wanted.service(), wanted.environment(), actor.name());
        Plan plan = planner().plan(request, actor, release, facts(wanted.environment(), release), wanted.build());
        return new IntendedPlan(Intent.RELEASE, world.tenant(), plan, List.of(wanted.service()), plan.title());
    }

    /** A yes to what the release of an image, or people's changes of the release that is there, would bring now. */
    IntendedPlan approval(ApproveRequest wanted, Actor actor, String as) {
        if (wanted.services().size() != 1) {
            throw FailureException.input("an image is released for exactly one service", "name the service");
        }
        ServiceName service = wanted.services().get(0);
        world.known(service);
        Release release = wanted.image() == null
                ? released(service, wanted.to())
                : new Release(service, version(wanted.image(), wanted.version()), null, null, wanted.image());
        Request request = new Request(world.tenant().name(), service, wanted.to(), actor.name());
        Snapshot facts = facts(wanted.to(), release);
        Plan plan = new ApprovalPlanner(world.tenant(), world.platform().trust())
                .plan(
                        new ApprovalPlanner.Approvable(
                                request,
                                wanted.to(),
                                Map.of(service, planner().fingerprint(wanted.to(), release, facts)),
                                wanted.image() == null && facts.runsAlready(service) ? Set.of(service) : Set.of(),
                                planner().plan(request, actor, release, facts, ""),
                                facts.state()),
                        as,
                        new ApprovalPlanner.Said(wanted.verdict(), wanted.reason(), actor.proof()));
        return new IntendedPlan(Intent.APPROVE, world.tenant(), plan, wanted.services(), plan.title());
    }

    private Release released(ServiceName service, EnvironmentName environment) {
        return world.state()
                .environment(environment)
                .service(service)
                .map(ServiceState::orThrow)
                .map(ServiceState::release)
                .orElseThrow(() -> FailureException.input(
                        service + " has no release in " + environment + " yet",
                        "name the image: --image REPO@sha256:…"));
    }

    private ReleasePlanner planner() {
        return new ReleasePlanner(world.platform(), world.tenant());
    }

    private Snapshot facts(EnvironmentName environment, Release release) {
        return world.releases(world.arrivals()).observe(world.tenant(), environment, release, null);
    }

    /** What people call it, else what its label says: nothing is decided by it, for whoever may push can write labels. */
    private String version(ImageRef image, String named) {
        return !named.isEmpty()
                ? named
                : world.ports()
                        .askedRegistry()
                        .filter(registry -> registry.exists(image))
                        .map(registry -> registry.labels(image).getOrDefault(LABEL, ""))
                        .filter(label -> VERSION.matcher(label).matches())
                        .orElse("");
    }
}
