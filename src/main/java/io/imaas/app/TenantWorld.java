package io.imaas.app;

import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Keyless;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.snapshot.ChartInputs;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.port.AdmissionPolicies;
import io.imaas.port.Expressions;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageRegistry;
import io.imaas.port.KeylessSignatures;
import io.imaas.port.SignedStatements;
import io.imaas.port.WebQuestions;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.observe.ArrivalObserver;
import io.imaas.step.observe.AuthorsObserver;
import io.imaas.step.observe.BranchLog;
import io.imaas.step.observe.FactObserver;
import io.imaas.step.observe.GitOpsObserver;
import io.imaas.step.observe.HttpGateObserver;
import io.imaas.step.observe.ImageObserver;
import io.imaas.step.observe.PolicyReview;
import io.imaas.step.observe.PromotionObserver;
import io.imaas.step.observe.PullRequestObserver;
import io.imaas.step.observe.RanScriptsObserver;
import io.imaas.step.observe.ReleaseHistory;
import io.imaas.step.observe.ReleaseObserver;
import io.imaas.step.record.Records;
import io.imaas.step.record.ScanReports;
import io.imaas.step.runner.Landings;
import io.imaas.step.runner.RenderedBranches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One tenant with what decisions about it are read from. Reads when it is asked, and remembers nothing.
 *
 * @param rollout how long each rollout is waited for
 * @param trace that changes are part of; empty: none
 */
record TenantWorld(Ports ports, Catalog catalog, Tenant tenant, Duration rollout, Optional<TraceParent> trace) {
    /** How many commits or releases of an environment are searched, whoever asks. */
    static final int LOOK_BACK = 500;

    /** The same as another part of its tenant sees it. */
    TenantWorld of(Tenant part) {
        return new TenantWorld(ports, catalog, part, rollout, trace);
    }

    /** The same with another time limit for each rollout. */
    TenantWorld waiting(Duration limit) {
        return new TenantWorld(ports, catalog, tenant, limit, trace);
    }

    Platform platform() {
        return catalog.platform();
    }

    GitRepository repository() {
        return ports.gitops(tenant).believing(platform().trust().orchestrators());
    }

    GitOpsObserver observer() {
        return new GitOpsObserver(repository(), ports.values(), ports.clock(), records());
    }

    /** What is weaker here than it could be; without a platform's files nobody said how it is to be. */
    List<String> weakerModes() {
        if (tenant.platform().isEmpty()) {
            return List.of();
        }
        List<String> weaker = new ArrayList<>();
        if (tenant.delivery() == Delivery.HELM) {
            weaker.add(
                    "delivery: helm is weaker: whatever somebody pushes to an environment's branch runs before a gate is"
                            + " asked; delivery: rendered keeps it out");
        }
        platform()
                .trust()
                .weakness(
                        ports.find(SignedStatements.class).flatMap(SignedStatements::key),
                        ports.clock().now())
                .ifPresent(weaker::add);
        return weaker;
    }

    /** What was found out and agreed to: signed, and read where the platform says that its signer counts. */
    Records records() {
        return new Records(ports.statements(), platform().trust(), tenant.name());
    }

    /** What would come to run is looked at: its image, its manifests. */
    ArrivalObserver arrivals() {
        return arrivals(Stream.concat(ports.askedRegistry().map(this::images).stream(), external()));
    }

    /** For a build's own image, which need not be asked for. */
    ArrivalObserver arrivalsOfBuilds() {
        return arrivals(external());
    }

    private ImageObserver images(ImageRegistry registry) {
        return new ImageObserver(
                registry,
                records(),
                platform().images().vulnerabilities().map(policy -> ScanReports.of(policy, records())),
                platform().images().sbom(),
                this::signersWithoutKey);
    }

    /** Who signed an image without a key, as far as the platform wants to know; each says whether it is proven. */
    List<CertifiedSigner> signersWithoutKey(ImageRef image) {
        Keyless keyless = platform().images().keyless();
        return keyless.signers().isEmpty()
                ? List.of()
                : ports.port(KeylessSignatures.class).of(image, keyless.trustedRoot());
    }

    /** The same without a word to anybody else: a rollback waits for nobody. */
    ArrivalObserver quietArrivals() {
        return arrivals(Stream.empty());
    }

    private ArrivalObserver arrivals(Stream<FactObserver> others) {
        return new ArrivalObserver(
                repository(),
                charts(),
                policies(),
                Stream.concat(Stream.of(new RanScriptsObserver(repository())), others)
                        .toList());
    }

    private Stream<FactObserver> external() {
        return platform().gates().isEmpty()
                ? Stream.empty()
                : Stream.of((of, arrival, known) ->
                        questions().of(of, arrival.before().name(), arrival.coming(), known));
    }

    /** What other systems are asked. */
    HttpGateObserver questions() {
        return new HttpGateObserver(
                ports.port(WebQuestions.class),
                ports.port(Expressions.class),
                platform().gates());
    }

    private Optional<PolicyReview> policies() {
        return catalog.policies().isEmpty()
                ? Optional.empty()
                : Optional.of(new PolicyReview(
                        ports.port(AdmissionPolicies.class),
                        catalog.policies(),
                        catalog.platform().onboarding()));
    }

    /** What people would have said yes to of a commit, where the deployment server renders. */
    String approvable(ServiceName service, EnvironmentName environment, CommitId commit) {
        Map<String, String> texts = repository()
                .readText(commit, GitOpsPaths.sources(service, environment))
                .texts();
        return Fingerprint.ofFiles(
                environment,
                ChartInputs.of(service, environment, ChartInputs.brought(service, texts), folder -> repository()
                        .entries(commit, folder)));
    }

    /** The charts of the tenant's environments; empty where none is at hand. */
    Optional<TenantCharts> charts() {
        return ports.charts()
                .map(tools -> new TenantCharts(
                        tools, tenant, repository(), platform().onboarding().secrets(), environment -> platform()
                                .chart(
                                        tenant.isPreviewSpace()
                                                ? tenant.previews().like()
                                                : environment)));
    }

    /** What promotions are decided on. */
    PromotionObserver promotions() {
        return new PromotionObserver(observer(), history(), arrivals(), authors());
    }

    /**
     * What releases are decided on.
     *
     * @param arrivals with the registry, or without for a build's own image
     */
    ReleaseObserver releases(ArrivalObserver arrivals) {
        return new ReleaseObserver(
                observer(),
                repository(),
                ports.values(),
                arrivals,
                authors(),
                platform().stopTheLine().isOn());
    }

    /** Who made what comes, from the services' own repositories and this one. */
    AuthorsObserver authors() {
        return new AuthorsObserver(repository(), service -> ports.git(service.repository()), tenant.isRendered());
    }

    /** Who agreed to pull requests on the GitOps repository. */
    PullRequestObserver pulls() {
        return new PullRequestObserver(repository(), () -> ports.pullRequests(tenant.gitops()), ports.clock());
    }

    /** How changes of what is wanted land. */
    Landings landings() {
        Landings plain = tenant.isRendered()
                ? new RenderedBranches(
                        tenant,
                        repository(),
                        charts(),
                        ports.followsRollouts()
                                ? (service, environment, autoscaled) ->
                                        ports.deployments().handOver(tenant, service, environment, autoscaled)
                                : RenderedBranches.HandOver.NONE)
                : Landings.wantedAlone(repository());
        return trace.map(place -> plain.with(Trailers.TRACE, place.value())).orElse(plain);
    }

    ReleaseHistory history() {
        return new ReleaseHistory(repository(), ports.values());
    }

    /**
     * Releases and holds of these services, however many: each branch is read once.
     *
     * @param most how many commits of each at the most
     */
    BranchLog log(Stream<ServiceName> services, int most) {
        Set<String> paths = services.flatMap(name -> Stream.concat(
                        Stream.of(GitOpsPaths.release(name), GitOpsPaths.manifests(name)),
                        environments().stream().map(environment -> GitOpsPaths.hold(name, environment))))
                .collect(Collectors.toSet());
        return BranchLog.of(repository(), paths, most);
    }

    /** The same as {@link #history()}, from a log. */
    ReleaseHistory history(BranchLog log) {
        return new ReleaseHistory(repository(), log, ports.values());
    }

    GitOpsState state() {
        return observer().observe(environments());
    }

    /** The tenant's own services alone: its repository may hold those of others. */
    GitOpsState ownState() {
        return observer()
                .observe(
                        environments(),
                        tenant.services().stream().map(Service::name).toList());
    }

    List<EnvironmentName> environments() {
        return tenant.environments().stream().map(Environment::name).toList();
    }

    /** @throws FailureException INPUT when the tenant has no such environment */
    Environment known(EnvironmentName environment) {
        return tenant.environment(environment)
                .orElseThrow(() -> unknown(
                        "environment",
                        environment.value(),
                        environments().stream().map(EnvironmentName::value).toList()));
    }

    /** @throws FailureException INPUT when the tenant has no such service */
    Service known(ServiceName service) {
        return tenant.service(service)
                .orElseThrow(() -> unknown(
                        "service",
                        service.value(),
                        tenant.services().stream().map(s -> s.name().value()).toList()));
    }

    /** The environment before another on a service's path. */
    EnvironmentName before(EnvironmentName environment) {
        known(environment);
        int at = environments().indexOf(environment);
        if (at == 0) {
            throw FailureException.input(
                    environment + " is the first environment",
                    "releases come there by a delivery: imaas deliver, or a push");
        }
        return environments().get(at - 1);
    }

    CommitId tip(EnvironmentName environment) {
        return repository()
                .head(environment.branch())
                .orElseThrow(() -> FailureException.input(
                        "there is no branch '" + environment + "'",
                        tenant.gitops().value(),
                        "imaas onboard " + tenant.name()));
    }

    private FailureException unknown(String what, String name, List<String> known) {
        return FailureException.unknown(
                "tenant " + tenant.name() + " has no " + what + " '" + name + "'", "", name, known);
    }
}
