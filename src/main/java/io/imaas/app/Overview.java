package io.imaas.app;

import io.imaas.model.identity.Actor;
import io.imaas.model.request.Condition;
import io.imaas.model.request.DiffRequest;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.promotion.Outlook;
import io.imaas.plan.promotion.Outlook.Arriving;
import io.imaas.plan.snapshot.AuditEntry;
import io.imaas.plan.snapshot.Authors;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.ForcedChange;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.LatestChange;
import io.imaas.plan.snapshot.ReleaseGap;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.GitRepository;
import io.imaas.port.TextDiff;
import io.imaas.report.Deployment;
import io.imaas.report.InboxBuilder;
import io.imaas.report.InboxItem;
import io.imaas.report.Matrix;
import io.imaas.report.Matrix.Notice;
import io.imaas.report.MatrixBuilder;
import io.imaas.report.PeriodReport;
import io.imaas.report.ReleaseDiff;
import io.imaas.report.StandingPreview;
import io.imaas.step.observe.ArrivalObserver;
import io.imaas.step.observe.AuditObserver;
import io.imaas.step.observe.BranchLog;
import io.imaas.step.observe.ChangeObserver;
import io.imaas.step.observe.LagObserver;
import io.imaas.step.observe.LatestChangeObserver;
import io.imaas.step.observe.ReleaseGapObserver;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What people may ask without changing anything: status, history, differences. From Git alone. */
public final class Overview {
    private final TenantWorld world;

    Overview(TenantWorld world) {
        this.world = world;
    }

    /** What runs where, since when, and what waits for whom. */
    public Matrix status() {
        return status(Optional.empty(), false);
    }

    /** The same of one service or of all, and how many releases each environment lags behind the one before it. */
    public Matrix statusWithLag(Optional<ServiceName> service) {
        return status(service, true);
    }

    private Matrix status(Optional<ServiceName> service, boolean counting) {
        service.ifPresent(world::known);
        GitOpsState state = service.map(one -> world.observer().observe(world.environments(), List.of(one)))
                .orElseGet(world::ownState);
        Matrix matrix = new MatrixBuilder(
                        world.tenant(), state, new ChangeObserver(world.repository()).observe(state), outlook(state))
                .build()
                .flagged(forced(state).stream()
                        .filter(one ->
                                service.isEmpty() || one.override().service().equals(service.get()))
                        .toList())
                .noting(world.weakerModes().stream().map(Notice::ofTenant).toList());
        return counting ? matrix.behind(new LagObserver(world.repository()).observe(world.tenant(), state)) : matrix;
    }

    /** What waits for whom, the most urgent first. */
    public List<InboxItem> inbox() {
        GitOpsState state = world.ownState();
        return InboxBuilder.of(
                world.tenant(),
                outlook(state),
                state,
                new ChangeObserver(world.repository()).observe(state),
                forced(state),
                world.platform().overrides().by());
    }

    private List<ForcedChange> forced(GitOpsState state) {
        return ForcedChange.of(world.platform(), state.approvals(), state.at());
    }

    /** Renders what somebody said yes or no to, and nothing else: that is little, however many services there are. */
    private Outlook outlook(GitOpsState state) {
        ArrivalObserver arrivals = world.quietArrivals();
        Map<Arriving, RenderFacts> renders = new LinkedHashMap<>();
        Map<Arriving, Authors> authors = new LinkedHashMap<>();
        for (Arriving arriving : new Outlook(world.platform(), world.tenant()).answered(state)) {
            EnvironmentState from = state.environment(arriving.from());
            EnvironmentState to = state.environment(arriving.to());
            ServiceState coming = from.service(arriving.service()).orElseThrow();
            arrivals.rendered(world.tenant(), to, to.head() == null ? from.head() : to.head(), coming)
                    .ifPresent(found -> renders.put(arriving, found));
            if (world.known(to.name()).approvals().authorsMayNot()) {
                authors.put(arriving, world.authors().promoted(world.known(arriving.service()), coming.release(), to));
            }
        }
        return new Outlook(world.platform(), world.tenant(), renders, authors);
    }

    /**
     * Every change of what a service runs, and of its holds, newest first.
     *
     * @param environment null: in all of the path
     * @param since null: however long ago
     * @param limit how many at the most
     */
    public List<AuditEntry> audit(ServiceName service, EnvironmentName environment, Instant since, int limit) {
        world.known(service);
        GitOpsState records = world.observer().observe(List.of(), List.of());
        Map<String, ForcedChange> forced = ForcedChange.byPath(world.platform(), records.approvals(), records.at());
        List<EnvironmentName> wanted = environment == null
                ? world.environments()
                : List.of(world.known(environment).name());
        BranchLog log = world.log(Stream.of(service), limit + 1);
        return new AuditObserver(log, world.history(log))
                .observe(service, wanted, limit).stream()
                        .filter(entry -> since == null || !entry.at().isBefore(since))
                        .map(entry -> entry.forced(forced))
                        .toList();
    }

    /** What is missing before a condition holds; empty when it does. */
    public Optional<String> missing(ServiceName service, EnvironmentName environment, Condition condition) {
        world.known(service);
        world.known(environment);
        GitOpsState state = world.observer().observe(world.environments(), List.of(service));
        if (condition == Condition.APPROVED) {
            return outlook(state).of(service, state).getOrDefault(environment, List.of()).stream()
                    .filter(gate -> gate.gate().equals("approval"))
                    .findFirst()
                    .map(GateAnswer::found);
        }
        ServiceState there = state.environment(environment).service(service).orElse(null);
        if (there == null || there.orThrow().release() == null) {
            return Optional.of(service + " has no release in " + environment);
        }
        if (!there.healthy()) {
            return Optional.of(service + " " + there.release().version()
                    + (there.health() == null
                            ? " was not yet seen healthy"
                            : " is " + there.health().status().name().toLowerCase(Locale.ROOT) + ": "
                                    + there.health().evidence()));
        }
        boolean seen = condition == Condition.HEALTHY
                || new LatestChangeObserver(world.repository())
                        .observe(List.of(world.known(service)), environment, state).stream()
                                .allMatch(LatestChange::live);
        return seen ? Optional.empty() : Optional.of("the newest change of " + service + " was not yet seen live");
    }

    /** What lies between two environments of a service. */
    public ReleaseDiff diff(DiffRequest wanted) {
        ServiceState newer = state(wanted.service(), wanted.newer());
        ServiceState older = state(wanted.service(), wanted.older());
        RepositoryUrl url = wanted.sources() == null ? sourcesOf(wanted.service()) : wanted.sources();
        Supplier<GitRepository> sources =
                url == null ? null : () -> world.ports().git(url);
        TextDiff diff = world.ports().port(TextDiff.class);
        ReleaseGap gap = new ReleaseGapObserver(
                        wanted.labels() ? world.ports().askedRegistry().orElse(null) : null, sources, diff)
                .observe(newer.release(), older.release());
        return new ReleaseDiff(
                wanted.service(),
                wanted.newer(),
                wanted.older(),
                newer.release(),
                older.release(),
                diff.of(text(older.releaseFile()), text(newer.releaseFile())),
                diff.of(text(older.valuesFile()), text(newer.valuesFile())),
                gap);
    }

    /**
     * What the newest scans forbid in releases that run already, a sentence each; empty where no scan or no registry is asked. Asks
     * the registry for each image, unlike the status.
     */
    public List<Notice> weaknesses(Optional<ServiceName> service) {
        return new KnownWeaknesses(world).of(service);
    }

    /**
     * Which releases came to the tenant's environments, newest first.
     *
     * @param limit how many commits of an environment are looked at
     */
    public List<Deployment> deployments(int limit) {
        return new DeploymentLog(world).read(limit);
    }

    /** Whether environments run what their branches want; of a tenant that is rendered, where a chart is at hand. */
    public List<RenderedState> rendered() {
        return RenderedState.of(world);
    }

    /** The tenant's previews, and which of them are over. */
    public List<StandingPreview> previews() {
        return StandingPreviews.of(world).all();
    }

    /** All that is known of a release in an environment, as one signed file. */
    public String evidence(EvidenceRequest wanted, Actor actor) {
        return new CollectEvidence(world, wanted, actor).file();
    }

    /**
     * All changes of the tenant in a period, with who asked and who agreed.
     *
     * @param since the first moment, itself included
     * @param until the first moment after it
     */
    public PeriodReport period(Instant since, Instant until) {
        return new CollectPeriod(world, since, until).report();
    }

    /** Null where nobody knows them: an assumed tenant has its GitOps repository alone. */
    private RepositoryUrl sourcesOf(ServiceName service) {
        RepositoryUrl url = world.known(service).repository();
        return url.equals(world.tenant().gitops()) ? null : url;
    }

    private ServiceState state(ServiceName service, EnvironmentName environment) {
        world.known(service);
        world.known(environment);
        return world.observer()
                .observe(List.of(environment), List.of(service))
                .environment(environment)
                .service(service)
                .map(ServiceState::orThrow)
                .orElseGet(() -> new ServiceState(service, null, null, null, null, null));
    }

    private static String text(String file) {
        return file == null ? "" : file;
    }
}
