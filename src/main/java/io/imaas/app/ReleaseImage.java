package io.imaas.app;

import io.imaas.model.identity.Actor;
import io.imaas.model.request.ReleaseRequest;
import io.imaas.model.request.Request;
import io.imaas.model.request.Request.Trigger;
import io.imaas.model.rollout.Release;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.step.observe.ReleaseObserver;
import java.util.List;

/** The release of an image that is built already. */
record ReleaseImage(TenantWorld world) {
    IntendedPlan plan(ReleaseRequest wanted, Actor actor) {
        world.known(wanted.environment());
        world.known(wanted.service());
        Release release = new Release(wanted.service(), wanted.version(), wanted.source(), null, wanted.image());
        Request request = new Request(
                world.tenant().name(), wanted.service(), Trigger.MANUAL, wanted.environment(), actor.name());
        ReleaseObserver observer = new ReleaseObserver(
                world.observer(), world.repository(), world.ports().values(), world.arrivals());
        Plan plan = new ReleasePlanner(world.platform(), world.tenant())
                .plan(
                        request,
                        release,
                        observer.observe(world.tenant(), wanted.environment(), release),
                        wanted.build());
        return new IntendedPlan(Intent.RELEASE, world.tenant(), plan, List.of(wanted.service()), plan.title());
    }
}
