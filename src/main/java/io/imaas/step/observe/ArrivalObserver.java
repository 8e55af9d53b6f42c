package io.imaas.step.observe;

import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.ImageFacts;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.GitRepository;
import io.imaas.step.chart.TenantCharts;
import java.util.List;
import java.util.Optional;

/** Finds out about releases that are to run in an environment: their images, and what Helm makes of them. */
public final class ArrivalObserver {
    private final GitRepository repository;
    private final Optional<ImageObserver> images;
    private final Optional<TenantCharts> charts;
    private final Optional<PolicyReview> policies;
    private final Optional<HttpGateObserver> external;

    /**
     * @param images empty when no registry is to be asked: then nothing is said of images
     * @param charts empty when none is at hand: then nothing is rendered
     * @param policies empty when the platform has none
     * @param external empty when no other system is to be asked
     */
    public ArrivalObserver(
            GitRepository repository,
            Optional<ImageObserver> images,
            Optional<TenantCharts> charts,
            Optional<PolicyReview> policies,
            Optional<HttpGateObserver> external) {
        this.repository = repository;
        this.images = images;
        this.charts = charts;
        this.policies = policies;
        this.external = external;
    }

    /**
     * Releases on their way.
     *
     * @param before the environment without them
     * @param ownBefore the commit with the environment's own values as they were, or null when it had none
     * @param own the same as they would be
     * @param coming the services as they would be; one without a release goes
     * @param withPinnedChart whether they come with the chart that the platform names, whichever the environment has
     */
    public record Arrival(
            EnvironmentState before,
            CommitId ownBefore,
            CommitId own,
            List<ServiceState> coming,
            boolean withPinnedChart) {
        public Arrival {
            coming = List.copyOf(coming);
        }

        /** One with the environment's own chart. */
        public Arrival(EnvironmentState before, CommitId ownBefore, CommitId own, List<ServiceState> coming) {
            this(before, ownBefore, own, coming, false);
        }

        /** One that leaves the environment's own values as they are. */
        public Arrival(EnvironmentState before, CommitId own, List<ServiceState> coming) {
            this(before, own, own, coming);
        }
    }

    /** The facts, with what was found out about the arrival. */
    public Snapshot add(Snapshot facts, Tenant tenant, Arrival arrival) {
        List<ImageFacts> found = images.map(known -> arrival.coming().stream()
                        .filter(service -> service.release() != null)
                        .map(service -> known.observe(service.release().image()))
                        .toList())
                .orElse(List.of());
        return answered(tenant, arrival, looked(facts, tenant, arrival, found));
    }

    private Snapshot looked(Snapshot facts, Tenant tenant, Arrival arrival, List<ImageFacts> found) {
        if (charts.isEmpty() || arrival.coming().isEmpty()) {
            return new Snapshot(facts.state(), found, List.of(), List.of(), facts.past());
        }
        RenderObserver observer = new RenderObserver(tenant, repository, charts.get(), policies, arrival);
        Snapshot all = new Snapshot(facts.state(), found, observer.renders(), observer.footprints(), facts.past());
        return new SpentApprovals(observer, arrival).voidedIn(all);
    }

    private Snapshot answered(Tenant tenant, Arrival arrival, Snapshot facts) {
        return external.map(
                        known -> facts.with(known.of(tenant, arrival.before().name(), arrival.coming(), facts)))
                .orElse(facts);
    }

    /** What one service that comes would run; nothing is asked of its neighbours. Empty when nothing is rendered. */
    public Optional<RenderFacts> rendered(Tenant tenant, EnvironmentState target, CommitId own, ServiceState coming) {
        EnvironmentState alone = new EnvironmentState(
                target.name(),
                target.head(),
                target.rendered(),
                target.service(coming.service()).stream().toList());
        return charts.map(known -> new RenderObserver(
                        tenant, repository, known, policies, new Arrival(alone, own, List.of(coming)))
                .renders()
                .get(0));
    }
}
