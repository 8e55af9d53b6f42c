package io.imaas.step.observe;

import io.imaas.model.rollout.Approval;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.snapshot.ChartInputs;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.GitRepository;
import io.imaas.step.chart.TenantCharts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out about releases that are to run in an environment: what Helm makes of them, and whatever else gates ask for.
 *
 * @param charts empty when none is at hand: then nothing is rendered
 * @param policies empty when the platform has none
 * @param others asked one after the other; a new kind of fact is one more of them
 */
public record ArrivalObserver(
        GitRepository repository,
        Optional<TenantCharts> charts,
        Optional<PolicyReview> policies,
        List<FactObserver> others) {
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
        Snapshot all = tenant.isRendered() ? facts : facts.with(inputs(arrival));
        if (charts.isPresent() && !arrival.coming().isEmpty()) {
            RenderObserver observer = new RenderObserver(tenant, repository, charts.get(), policies, arrival);
            all = new SpentApprovals(observer, arrival)
                    .voidedIn(all.with(observer.renders()).with(observer.footprints()));
        }
        for (FactObserver other : others) {
            all = all.with(other.observe(tenant, arrival, all));
        }
        return all;
    }

    private List<ChartInputs> inputs(Arrival arrival) {
        EnvironmentName environment = arrival.before().name();
        ChartInputs.Entries entries =
                folder -> arrival.own() == null ? Map.of() : repository.entries(arrival.own(), folder);
        return arrival.coming().stream()
                .map(coming -> ChartInputs.of(coming.service(), environment, ChartInputs.brought(coming), entries)
                        .reaching(
                                arrival.own() == null
                                        ? List.of()
                                        : new ChartReach(repository, arrival.own()).of(coming.service())))
                .toList();
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

    /**
     * A yes is to one arrival. What has run since it was said and was replaced needs another one to come back: nobody agreed to
     * take the newer away.
     */
    private record SpentApprovals(RenderObserver observer, ArrivalObserver.Arrival arrival) {
        private static final int LOOK_BACK = 500;

        /** The facts, in which a spent yes is void. */
        Snapshot voidedIn(Snapshot facts) {
            List<Approval> approvals = facts.state().approvals().stream()
                    .map(approval -> landed(approval, facts)
                            .map(when ->
                                    approval.voided("it was for what landed at " + when + " and was replaced", when))
                            .orElse(approval))
                    .toList();
            return facts.saying(approvals);
        }

        /** When what a yes is for landed after it was said; empty when it did not, or is no matter of this arrival. */
        private Optional<Instant> landed(Approval approval, Snapshot facts) {
            return arrival.coming().stream()
                    .filter(coming -> approval.verdict() == Approval.Verdict.YES
                            && approval.environment().equals(arrival.before().name())
                            && approval.service().equals(coming.service())
                            && approval.fingerprint()
                                    .equals(Fingerprint.of(arrival.before().name(), coming, facts)))
                    .map(ServiceState::service)
                    .findFirst()
                    .flatMap(facts::render)
                    .filter(render -> render.problem().isEmpty())
                    .flatMap(render -> landed(render, approval.at().truncatedTo(ChronoUnit.SECONDS)));
        }

        private Optional<Instant> landed(RenderFacts render, Instant since) {
            String coming = render.manifests().text();
            return observer.log(render.service(), LOOK_BACK)
                    // Whoever pushes says when: an older time on top hides nothing below.
                    .filter(ran -> !ran.at().isBefore(since))
                    .filter(ran -> ran.manifests().get().equals(coming))
                    .map(RenderObserver.Ran::at)
                    .findFirst();
        }
    }
}
