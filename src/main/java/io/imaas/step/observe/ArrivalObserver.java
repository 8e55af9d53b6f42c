package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.Footprint;
import io.imaas.plan.snapshot.ImageFacts;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.ChartRenderer;
import io.imaas.port.ChartRenderer.Chart;
import io.imaas.port.GitRepository;
import io.imaas.port.TextDiff;
import io.imaas.port.Workloads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out about releases that are to run in an environment: their images, and what Helm makes of them. */
public final class ArrivalObserver {
    private final GitRepository repository;
    private final Optional<ImageObserver> images;
    private final Optional<ChartSource> charts;

    /**
     * @param images empty when no registry is to be asked: then nothing is said of images
     * @param charts empty when none is at hand: then nothing is rendered
     */
    public ArrivalObserver(GitRepository repository, Optional<ImageObserver> images, Optional<ChartSource> charts) {
        this.repository = repository;
        this.images = images;
        this.charts = charts;
    }

    /** @param folder of the chart of MI services */
    public record ChartSource(ChartRenderer renderer, String folder, Workloads workloads, TextDiff diff) {
        /**
         * What a service would run.
         *
         * @param files the texts of {@code values.yaml}, {@code release.yaml} and {@code env/<env>.yaml}; null where there
         *     is none
         */
        public Manifests render(Tenant tenant, ServiceName service, EnvironmentName environment, List<String> files) {
            return new Manifests(renderer.render(Chart.of(folder, tenant.name(), service, environment, files)));
        }
    }

    /**
     * Releases on their way.
     *
     * @param before the environment without them
     * @param ownBefore the commit with the environment's own values as they were, or null when it had none
     * @param own the same as they would be
     * @param coming the services as they would be; one without a release goes
     */
    public record Arrival(EnvironmentState before, CommitId ownBefore, CommitId own, List<ServiceState> coming) {
        public Arrival {
            coming = List.copyOf(coming);
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
        boolean rendering = charts.isPresent() && !arrival.coming().isEmpty();
        List<Footprint> footprints = new ArrayList<>();
        List<RenderFacts> renders = new ArrayList<>();
        if (rendering) {
            arrival.before().services().stream()
                    .filter(service -> service.release() != null)
                    .map(service -> footprint(charts.get(), tenant, arrival, service))
                    .forEach(footprints::add);
            arrival.coming().stream()
                    .map(service -> render(charts.get(), tenant, arrival, service))
                    .forEach(renders::add);
        }
        return new Snapshot(facts.state(), found, renders, footprints, facts.past());
    }

    private Footprint footprint(ChartSource chart, Tenant tenant, Arrival arrival, ServiceState service) {
        try {
            Manifests manifests = manifests(chart, tenant, arrival, arrival.ownBefore(), service);
            return new Footprint(service.service(), chart.workloads().of(manifests.all()), "");
        } catch (FailureException e) {
            return new Footprint(service.service(), List.of(), words(e));
        }
    }

    private RenderFacts render(ChartSource chart, Tenant tenant, Arrival arrival, ServiceState coming) {
        try {
            Manifests after = coming.release() == null
                    ? Manifests.NONE
                    : manifests(chart, tenant, arrival, arrival.own(), coming);
            List<Workload> workloads = chart.workloads().of(after.all());
            String before = arrival.before()
                    .service(coming.service())
                    .filter(now -> now.release() != null)
                    .map(now -> textOrNothing(chart, tenant, arrival, now))
                    .orElse("");
            return new RenderFacts(coming.service(), "", chart.diff().of(before, after.text()), workloads, after);
        } catch (FailureException e) {
            return RenderFacts.refused(coming.service(), words(e));
        }
    }

    /** What ran before may not render any more, and that is no reason against what would fix it. */
    private String textOrNothing(ChartSource chart, Tenant tenant, Arrival arrival, ServiceState service) {
        try {
            return manifests(chart, tenant, arrival, arrival.ownBefore(), service)
                    .text();
        } catch (FailureException e) {
            rethrowUnlessInput(e);
            return "";
        }
    }

    private Manifests manifests(
            ChartSource chart, Tenant tenant, Arrival arrival, CommitId values, ServiceState service) {
        ServiceName name = service.service();
        String own = values == null
                ? null
                : repository
                        .read(
                                values,
                                GitOpsPaths.environment(name, arrival.before().name()))
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse(null);
        return chart.render(
                tenant, name, arrival.before().name(), Arrays.asList(service.valuesFile(), service.releaseFile(), own));
    }

    private static String words(FailureException e) {
        rethrowUnlessInput(e);
        return e.failure().what();
    }

    private static void rethrowUnlessInput(FailureException e) {
        if (e.failure().kind() != FailureKind.INPUT) {
            throw e;
        }
    }
}
