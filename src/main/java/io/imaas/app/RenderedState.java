package io.imaas.app;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.ChartStore.StoredChart;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.observe.ArrivalObserver.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether what an environment runs is what its branch wants.
 *
 * @param behind services whose manifests are others than their files render to: a push that was not reviewed or was
 *     refused, or a run that was cut off between the two branches
 * @param otherChart whether the platform names another chart than the environment has
 */
public record RenderedState(EnvironmentName environment, List<ServiceName> behind, boolean otherChart) {
    /** Of all environments; empty where nothing is rendered, or no chart is at hand. */
    static List<RenderedState> of(TenantWorld world) {
        Optional<TenantCharts> charts = world.charts();
        if (charts.isEmpty() || !world.tenant().isRendered()) {
            return List.of();
        }
        GitOpsState state = world.state();
        return state.environments().stream()
                .filter(here -> here.head() != null)
                .map(here -> of(world, charts.get(), state, here))
                .toList();
    }

    private static RenderedState of(TenantWorld world, TenantCharts charts, GitOpsState state, EnvironmentState here) {
        List<ServiceState> wanted = new ArrayList<>();
        for (ServiceName service : world.tenant().servicesIn(here.name())) {
            ServiceState now = here.service(service).orElse(new ServiceState(service, null, null, null, null, null));
            if (now.unreadable() == null) {
                wanted.add(now);
            }
        }
        Snapshot facts =
                world.quietArrivals().add(Snapshot.of(state), world.tenant(), new Arrival(here, here.head(), wanted));
        List<ServiceName> behind = wanted.stream()
                .filter(service -> facts.render(service.service())
                        .filter(render -> differs(service, render))
                        .isPresent())
                .map(ServiceState::service)
                .toList();
        boolean other = Optional.ofNullable(here.rendered())
                .flatMap(charts::kept)
                .map(StoredChart::digest)
                .filter(digest -> !digest.equals(charts.pinned(here.name()).digest()))
                .isPresent();
        return new RenderedState(here.name(), behind, other);
    }

    /** A service that runs nothing, and of which nothing was rendered yet, is as it should be. */
    private static boolean differs(ServiceState service, RenderFacts render) {
        return service.release() != null
                ? !render.runsAlready()
                : render.diff().stream().anyMatch(line -> line.startsWith("-"));
    }
}
