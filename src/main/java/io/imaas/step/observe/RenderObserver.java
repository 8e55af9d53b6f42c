package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.ManifestDiff;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.Footprint;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.ChartStore.StoredChart;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import io.imaas.step.chart.ForeignFiles;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.observe.ArrivalObserver.Arrival;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What an environment's services run, and would run. What they run stands on the manifests' branch; only where the
 * deployment server renders by itself it is rendered here as well.
 */
final class RenderObserver {
    private final Tenant tenant;
    private final GitRepository repository;
    private final TenantCharts charts;
    private final Optional<PolicyReview> policies;
    private final Arrival arrival;
    private final EnvironmentName environment;
    private final StoredChart chart;
    private final Optional<CommitId> rendered;
    private final ForeignFiles foreign;
    private final TextFiles running;
    private final TextFiles ownBefore;
    private final TextFiles own;

    RenderObserver(
            Tenant tenant,
            GitRepository repository,
            TenantCharts charts,
            Optional<PolicyReview> policies,
            Arrival arrival) {
        this.tenant = tenant;
        this.repository = repository;
        this.charts = charts;
        this.policies = policies;
        this.arrival = arrival;
        this.environment = arrival.before().name();
        List<ServiceName> before =
                arrival.before().services().stream().map(ServiceState::service).toList();
        List<ServiceName> coming =
                arrival.coming().stream().map(ServiceState::service).toList();
        this.rendered =
                tenant.isRendered() ? Optional.ofNullable(arrival.before().rendered()) : Optional.empty();
        this.foreign = new ForeignFiles(repository, rendered);
        this.chart = arrival.withPinnedChart() ? charts.pinned(environment) : charts.at(environment, rendered);
        this.running = rendered.map(commit -> repository.readText(commit, manifests(before, coming)))
                .orElse(TextFiles.of(Map.of()));
        this.ownBefore = tenant.isRendered() ? TextFiles.of(Map.of()) : own(arrival.ownBefore(), before);
        this.own = own(arrival.own(), coming);
    }

    private static List<String> manifests(List<ServiceName> before, List<ServiceName> coming) {
        List<ServiceName> all = new ArrayList<>(before);
        all.addAll(coming);
        return all.stream().distinct().map(GitOpsPaths::manifests).toList();
    }

    private TextFiles own(CommitId commit, List<ServiceName> services) {
        return commit == null
                ? TextFiles.of(Map.of())
                : repository.readText(
                        commit,
                        services.stream()
                                .map(service -> GitOpsPaths.environment(service, environment))
                                .toList());
    }

    /** Of all services that run there now. */
    List<Footprint> footprints() {
        return arrival.before().services().stream()
                .filter(service -> service.release() != null)
                .map(this::footprint)
                .toList();
    }

    private Footprint footprint(ServiceState service) {
        try {
            return new Footprint(
                    service.service(),
                    charts.tools().workloads().of(running(service.service()).all()),
                    "");
        } catch (FailureException e) {
            return new Footprint(service.service(), List.of(), words(e));
        }
    }

    /** Of all services that come. */
    List<RenderFacts> renders() {
        return arrival.coming().stream().map(this::render).toList();
    }

    private RenderFacts render(ServiceState coming) {
        try {
            Manifests after = coming.release() == null ? Manifests.NONE : rendered(coming, own);
            Manifests now = objectsBefore(coming.service());
            List<String> diff = new ArrayList<>(charts.tools().diff().of(before(coming.service(), now), after.text()));
            foreign.of(coming.service())
                    .forEach(path -> diff.add("-# the file " + path + ", which no orchestrator wrote"));
            return new RenderFacts(
                    coming.service(),
                    "",
                    diff,
                    charts.tools().workloads().of(after.all()),
                    after,
                    policies.map(review -> review.of(tenant, environment, now, after))
                            .orElse(null),
                    ManifestDiff.between(now, after));
        } catch (FailureException e) {
            return RenderFacts.refused(coming.service(), words(e));
        }
    }

    /**
     * What the environment ran of a service since each commit that changed it, newest first. Where the deployment server
     * renders by itself, that is what the chart of now makes of what was wanted then.
     */
    Stream<Ran> log(ServiceName service, int limit) {
        return tenant.isRendered()
                ? repository.history(GitOpsPaths.rendered(environment), GitOpsPaths.manifests(service), limit).stream()
                        .map(commit -> new Ran(commit.at(), () -> kept(commit.id(), service)))
                : repository.history(environment.branch(), GitOpsPaths.folder(service), limit).stream()
                        .map(commit -> new Ran(commit.at(), () -> wanted(commit.id(), service)));
    }

    /** @param manifests as text; empty where nothing ran, or nothing that can be read */
    record Ran(Instant at, Supplier<String> manifests) {}

    private String kept(CommitId commit, ServiceName service) {
        String path = GitOpsPaths.manifests(service);
        return repository.readText(commit, List.of(path)).find(path).orElse("");
    }

    private String wanted(CommitId commit, ServiceName service) {
        CommitId head = arrival.before().head();
        // A push that is reviewed now is on its branch already.
        if (head == null || !repository.contains(head, commit)) {
            return "";
        }
        List<String> paths = GitOpsPaths.sources(service, environment);
        try {
            TextFiles texts = repository.readText(commit, paths);
            return charts.render(
                            chart,
                            service,
                            environment,
                            paths.stream()
                                    .map(path -> texts.find(path).orElse(null))
                                    .toList())
                    .text();
        } catch (FailureException e) {
            rethrowUnlessInput(e);
            return "";
        }
    }

    /** As text, what ran before; where it is rendered here it may not render any more. */
    private String before(ServiceName service, Manifests now) {
        return tenant.isRendered()
                ? running.find(GitOpsPaths.manifests(service)).orElse("")
                : now.all().isEmpty() ? "" : now.text();
    }

    /** What can't be read or rendered any more is no reason against what would fix it. */
    private Manifests objectsBefore(ServiceName service) {
        try {
            return running(service);
        } catch (FailureException e) {
            rethrowUnlessInput(e);
            return Manifests.NONE;
        }
    }

    private Manifests running(ServiceName service) {
        Optional<Manifests> found = tenant.isRendered()
                ? running.find(GitOpsPaths.manifests(service)).map(text -> charts.read(text, environment))
                : arrival.before()
                        .service(service)
                        .filter(now -> now.release() != null)
                        .map(now -> rendered(now, ownBefore));
        return found.orElse(Manifests.NONE);
    }

    private Manifests rendered(ServiceState service, TextFiles values) {
        ServiceName name = service.service();
        return charts.render(
                chart,
                name,
                environment,
                Arrays.asList(
                        service.valuesFile(),
                        service.releaseFile(),
                        values.find(GitOpsPaths.environment(name, environment)).orElse(null),
                        service.migration() == null ? null : service.migration().text()));
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
