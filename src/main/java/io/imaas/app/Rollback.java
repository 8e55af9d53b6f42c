package io.imaas.app;

import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.ResumeRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.request.Request;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.rollback.ResumePlanner;
import io.imaas.plan.rollback.RollbackPlanner;
import io.imaas.step.observe.RollbackObserver;
import java.util.List;

/** An earlier release is put back and held; later the hold is lifted. */
record Rollback(TenantWorld world) {
    IntendedPlan plan(RollbackRequest wanted, Actor actor) {
        Request request = request(wanted.service(), wanted.environment(), actor);
        RollbackPlanner planner = new RollbackPlanner(world.platform(), world.tenant(), world.rollout());
        RollbackObserver.Return back = new RollbackObserver(world.observer(), world.history(), world.quietArrivals())
                .observe(world.tenant(), planner, wanted.service(), wanted.environment(), wanted.release());
        Plan plan = planner.plan(
                request, wanted.environment(), back.past(), back.to(), wanted.reason(), back.takenBack(), back.facts());
        return new IntendedPlan(Intent.ROLLBACK, world.tenant(), plan, List.of(wanted.service()), plan.title());
    }

    IntendedPlan resume(ResumeRequest wanted, Actor actor) {
        Request request = request(wanted.service(), wanted.environment(), actor);
        Plan plan =
                new ResumePlanner(world.platform(), world.tenant()).plan(request, wanted.environment(), world.state());
        return new IntendedPlan(Intent.RESUME, world.tenant(), plan, List.of(wanted.service()), plan.title());
    }

    private Request request(ServiceName service, EnvironmentName environment, Actor actor) {
        world.known(environment);
        world.known(service);
        return new Request(world.tenant().name(), service, environment, actor.name());
    }
}
