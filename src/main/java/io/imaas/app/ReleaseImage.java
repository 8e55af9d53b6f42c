package io.imaas.app;

import io.imaas.model.identity.Actor;
import io.imaas.model.request.ReleaseRequest;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Release;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.step.observe.ReleaseObserver;
import java.util.List;
import java.util.regex.Pattern;

/** The release of an image that is built already. */
record ReleaseImage(TenantWorld world) {
    private static final String LABEL = "org.opencontainers.image.version";
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._+-]{0,127}");

    IntendedPlan plan(ReleaseRequest wanted, Actor actor) {
        world.known(wanted.environment());
        world.known(wanted.service());
        Release release = new Release(wanted.service(), version(wanted), wanted.source(), null, wanted.image());
        Request request = new Request(world.tenant().name(), wanted.service(), wanted.environment(), actor.name());
        ReleaseObserver observer = new ReleaseObserver(
                world.observer(), world.repository(), world.ports().values(), world.arrivals());
        Plan plan = new ReleasePlanner(world.platform(), world.tenant())
                .plan(
                        request,
                        release,
                        observer.observe(world.tenant(), wanted.environment(), release, null),
                        wanted.build());
        return new IntendedPlan(Intent.RELEASE, world.tenant(), plan, List.of(wanted.service()), plan.title());
    }

    /** What people call it, else what its label says: nothing is decided by it, for whoever may push can write labels. */
    private String version(ReleaseRequest wanted) {
        return !wanted.version().isEmpty()
                ? wanted.version()
                : world.ports()
                        .askedRegistry()
                        .filter(registry -> registry.exists(wanted.image()))
                        .map(registry -> registry.labels(wanted.image()).getOrDefault(LABEL, ""))
                        .filter(label -> VERSION.matcher(label).matches())
                        .orElse("");
    }
}
