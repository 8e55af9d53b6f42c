package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.ChartRequest;
import io.imaas.model.request.Request;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.promotion.ApprovalPlanner;
import io.imaas.plan.promotion.ChartPlanner;
import io.imaas.plan.promotion.ChartPlanner.Wave;
import io.imaas.plan.snapshot.ChartState;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.ChartStore.StoredChart;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.observe.ArrivalObserver.Arrival;
import io.imaas.step.observe.LatestChangeObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Environments get the chart that the platform names for them, all services of one at once; people say yes to exactly that. */
record PromoteChart(TenantWorld world) {
    /** @param follows whether rollouts are followed; otherwise one environment is all that may change */
    IntendedPlan plan(ChartRequest wanted, Actor actor, boolean follows) {
        GitOpsState state = world.state();
        List<ChartState> charts = charts(state, wanted.environments());
        List<Wave> waves = waves(state, charts, wanted.environments());
        if (!follows && waves.stream().filter(wave -> wave.chart().changes()).count() > 1) {
            throw FailureException.input(
                    "each environment gets the chart after the rollouts of the one before, and nothing here follows"
                            + " rollouts",
                    world.tenant().name().value(),
                    "name one environment: imaas promote --chart "
                            + waves.get(0).environment().name());
        }
        Overrides overrides = Overrides.of(world.platform(), actor, false, wanted.override());
        world.records().requireSignature(actor, world.ports().clock().now());
        Plan plan = planner().plan(request(wanted.environments(), actor), waves, charts, overrides, wanted.reason());
        return new IntendedPlan(Intent.PROMOTE, world.tenant(), plan, List.of(), plan.title());
    }

    /** A yes to what the same promotion would bring one environment now. */
    IntendedPlan approval(ApproveRequest wanted, Actor actor, String as) {
        List<EnvironmentName> to = List.of(wanted.to());
        Request request = request(to, actor);
        GitOpsState state = world.state();
        List<ChartState> charts = charts(state, to);
        Wave wave = waves(state, charts, to).get(0);
        Map<ServiceName, String> fingerprints = new LinkedHashMap<>(ChartPlanner.fingerprints(world.tenant(), wave));
        if (!wanted.services().isEmpty()) {
            fingerprints.keySet().retainAll(wanted.services());
        }
        Plan promotion =
                planner().plan(request, List.of(wave), charts, Overrides.of(world.platform(), actor, false, ""), "");
        Plan plan = new ApprovalPlanner(world.tenant(), world.platform().trust())
                .plan(
                        new ApprovalPlanner.Approvable(
                                request,
                                wanted.to(),
                                fingerprints,
                                Set.of(),
                                promotion,
                                wave.facts().state()),
                        as,
                        new ApprovalPlanner.Said(wanted.verdict(), wanted.reason(), actor.proof()));
        return new IntendedPlan(Intent.APPROVE, world.tenant(), plan, wanted.services(), plan.title());
    }

    private ChartPlanner planner() {
        return new ChartPlanner(world.platform(), world.tenant(), world.rollout());
    }

    private Request request(List<EnvironmentName> environments, Actor actor) {
        return new Request(
                world.tenant().name(), null, environments.size() == 1 ? environments.get(0) : null, actor.name());
    }

    /** Of all environments: what one gets is proven in the one before, whether that is asked for or not. */
    private List<ChartState> charts(GitOpsState state, List<EnvironmentName> wanted) {
        wanted.forEach(world::known);
        if (!world.tenant().isRendered()) {
            throw FailureException.input(
                    "the deployment server renders for tenant " + world.tenant().name() + " by itself",
                    world.tenant().platform(),
                    "set delivery: rendered, or change the chart where the server has it from");
        }
        TenantCharts charts = world.charts()
                .filter(known -> !world.tenant().platform().isEmpty())
                .orElseThrow(() ->
                        FailureException.input("the platform's files name the charts", "give --platform REPOSITORY"));
        LatestChangeObserver observer = new LatestChangeObserver(world.repository());
        return world.tenant().environments().stream()
                .map(Environment::name)
                .map(name -> {
                    String now = Optional.ofNullable(state.environment(name).rendered())
                            .flatMap(charts::kept)
                            .map(StoredChart::digest)
                            .orElse("");
                    boolean asked = wanted.isEmpty() || wanted.contains(name);
                    return new ChartState(
                            name,
                            now,
                            asked ? charts.pinned(name).digest() : now,
                            observer.observe(world.tenant().services(), name, state),
                            false);
                })
                .toList();
    }

    private List<Wave> waves(GitOpsState state, List<ChartState> charts, List<EnvironmentName> wanted) {
        return charts.stream()
                .filter(chart -> wanted.isEmpty() || wanted.contains(chart.environment()))
                .map(chart -> wave(state, chart))
                .toList();
    }

    private Wave wave(GitOpsState state, ChartState chart) {
        EnvironmentState here = state.environment(chart.environment());
        Snapshot facts = Snapshot.of(state);
        if (chart.changes()) {
            List<ServiceState> running = here.services().stream()
                    .filter(service -> service.release() != null)
                    .filter(service -> world.tenant().servicesIn(here.name()).contains(service.service()))
                    .toList();
            Arrival arrival = new Arrival(here, here.head(), here.head(), running, true);
            facts = world.arrivalsOfBuilds().add(facts, world.tenant(), arrival);
        }
        return new Wave(world.tenant().environment(here.name()).orElseThrow(), chart, facts);
    }
}
