package io.imaas.app;

import io.imaas.model.event.TraceParent;
import io.imaas.model.evidence.EvidenceTrust;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.request.PlanRequest.RolloutRequest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.delivery.ApiListing;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.StepGroup;
import io.imaas.port.ImageRegistry;
import io.imaas.port.LiveHealth;
import io.imaas.port.Secrets;
import io.imaas.report.EvidenceReview;
import io.imaas.report.InboxItem;
import io.imaas.run.Event.EventSink;
import io.imaas.run.Replanner;
import io.imaas.run.RetryPolicy;
import io.imaas.run.RunResult;
import io.imaas.run.Runner;
import io.imaas.run.Scheduler;
import io.imaas.run.StepResults;
import io.imaas.run.StepRunners;
import io.imaas.step.health.HealthKeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The application: every door (command line, Jenkins, server) asks here and nowhere below. The same request gives the
 * same plan at each of them. Making a plan reads the world and writes nothing.
 */
public final class Imaas {
    private final Ports ports;
    private final Catalog catalog;
    private final Duration rollout;
    private final boolean follows;
    private final Optional<RunTrace> trace;
    private final RetryPolicy retries;

    private Imaas(
            Ports ports,
            Catalog catalog,
            Duration rollout,
            boolean follows,
            Optional<RunTrace> trace,
            RetryPolicy retries) {
        this.ports = ports;
        this.catalog = catalog;
        this.rollout = rollout;
        this.follows = follows;
        this.trace = trace;
        this.retries = retries;
    }

    /** On these ports, as the platform's files say. */
    public static Imaas on(Ports ports, Catalog catalog) {
        Ports within = ports.askedRegistry()
                .map(registry -> ports.with(ImageRegistry.class, new ListedRegistries(registry, catalog.platform())))
                .orElse(ports);
        return new Imaas(
                within, catalog, BuildOptions.ROLLOUT, ports.followsRollouts(), Optional.empty(), RetryPolicy.DEFAULT);
    }

    /** The same, with another time limit for each rollout. */
    public Imaas waiting(Duration limit) {
        return new Imaas(ports, catalog, limit, follows, trace, retries);
    }

    /** The same for whoever leaves rollouts to others: plans end in Git. */
    public Imaas committing() {
        return new Imaas(ports, catalog, rollout, false, trace, retries);
    }

    /** The same for many runs that begin together: a server that is out is waited for once. */
    Imaas together() {
        return new Imaas(ports, catalog, rollout, follows, trace, retries.together());
    }

    /**
     * The same for the run of one plan, which is told as part of a trace, and whose commits name it.
     *
     * @param cause what set the run off; empty: it begins a trace, or goes on with that of the commit that it follows
     */
    public Imaas traced(IntendedPlan plan, Optional<TraceParent> cause) {
        return new Imaas(ports, catalog, rollout, follows, Optional.of(RunTrace.begin(ports, plan, cause)), retries);
    }

    /** The same with the secrets of one run, as a CI gives a token to each of its builds. */
    public Imaas with(Secrets secrets) {
        return new Imaas(ports.with(Secrets.class, secrets), catalog, rollout, follows, trace, retries);
    }

    /** Tells that the traced run is over, for whoever drives it with threads of their own. */
    public void ended(RunResult result) {
        trace.ifPresent(of -> of.end(result));
    }

    /** Tells that the traced run is over without a result. */
    public void broken(RuntimeException cause) {
        trace.ifPresent(of -> of.end(String.valueOf(cause.getMessage())));
    }

    public Catalog catalog() {
        return catalog;
    }

    public Ports ports() {
        return ports;
    }

    /** @throws FailureException INPUT when the platform has no such tenant, or its files have errors */
    public Tenant tenant(TenantName name) {
        catalog.leftOut(name).ifPresent(broken -> {
            throw broken.refused();
        });
        return catalog.tenant(name)
                .orElseThrow(() -> FailureException.unknown(
                        "the platform has no tenant '" + name + "'",
                        "",
                        name.value(),
                        catalog.tenants().stream()
                                .map(known -> known.name().value())
                                .toList()));
    }

    /**
     * What would be done, with the gates that were asked.
     *
     * @throws FailureException INPUT when the request names what is not there
     */
    public IntendedPlan plan(Tenant tenant, PlanRequest request, Actor actor) {
        TenantWorld world = world(tenant);
        IntendedPlan plan = new UseCases(world, actor, follows).plan(request);
        if (request instanceof OnboardRequest) {
            runners(tenant).require(plan.plan().steps().toList());
        }
        for (String weaker : world.weakerModes()) {
            plan = plan.noting(weaker);
        }
        for (GateAnswer answer : plan.plan().gates()) {
            ports.measures().gateAsked(answer.gate(), !answer.closed());
        }
        IntendedPlan followed = follows || request instanceof RolloutRequest
                ? listing(rolloutChecks().told(plan))
                : plan.upToGit();
        return followed.askedBy(request, actor);
    }

    private IntendedPlan listing(IntendedPlan plan) {
        return plan.with(new ApiListing(catalog.platform(), plan.tenant()).after(plan.plan()));
    }

    /** What people may ask of a tenant without changing anything. */
    public Overview overview(Tenant tenant) {
        return new Overview(world(tenant));
    }

    /** What waits for whom in these tenants. One that can't be read is told in its place, and the others are read. */
    public List<InboxItem> inbox(List<Tenant> tenants) {
        List<InboxItem> items = new ArrayList<>();
        for (Tenant tenant : tenants) {
            try {
                items.addAll(overview(tenant).inbox());
            } catch (FailureException e) {
                items.add(InboxItem.unreadable(tenant, e.failure()));
            }
        }
        return items;
    }

    /**
     * The same of the platform itself, whatever its tenants are.
     *
     * @param command that opens its file; empty where nobody knows it
     */
    public static List<InboxItem> inbox(Platform platform, Instant now, String command) {
        return platform.images().vulnerabilities().stream()
                .flatMap(policy -> policy.ending(platform.dayOf(now)).stream())
                .map(one -> InboxItem.ending(one, platform.dayOf(now), command))
                .toList();
    }

    /** Checks an evidence file with nothing but itself and the keys that count. */
    public static EvidenceReview verify(Ports ports, byte[] file, EvidenceTrust trusted) {
        return new VerifyEvidence(ports, trusted).of(file);
    }

    public StepRunners runners(Tenant tenant) {
        StepRunners own = TenantSteps.of(world(tenant));
        return tenant.environment(Previews.SPACE).isPresent()
                ? own
                : own.in(Previews.SPACE, () -> TenantSteps.of(world(tenant.previewSpace())));
    }

    /**
     * What a merge of a service's own branches asks for and nobody carried out yet, whoever heard of the merge.
     *
     * @param build who asks, for the audit log
     */
    public Optional<DeliverRequest> pendingMerge(Tenant tenant, ServiceName service, EnvironmentName to, String build) {
        return new PendingMerge(world(tenant)).into(to, service, build);
    }

    /** The release that a service's images ask for, pushed by others and in the range that it follows. */
    public Optional<ReleaseRequest> pendingRelease(Tenant tenant, ServiceName service, String build) {
        return new FollowedImage(world(tenant)).newest(service, build);
    }

    /** The run of a plan, for whoever drives it with threads of their own; it holds none. No gate may be closed. */
    public Scheduler start(IntendedPlan plan, EventSink sink) {
        return start(plan, plan.plan().groups(), new StepResults(), sink);
    }

    /**
     * The same of a part of the plan. Two runs never change the same tenant's space at once, nor two processes the platform:
     * what one makes meanwhile would be unchanged for the other, and gone when the first takes it back.
     *
     * @param results of steps that ended before
     */
    public Scheduler start(IntendedPlan plan, List<StepGroup> groups, StepResults results, EventSink sink) {
        if (!ports.hasCluster() && plan.tenant() != null) {
            rolloutChecks().requireNoJob(groups);
        }
        EventSink all = trace.map(of -> of.telling(sink)).orElse(sink);
        Scheduler scheduler = new Scheduler(groups, results, ports.clock(), all, retries, replanner(plan));
        if (ports.isPreview()) {
            return scheduler.trying();
        }
        return plan.intent() == Intent.ONBOARD
                ? scheduler.needing(
                        ports.lock().permit("tenant " + plan.tenant().name()))
                : scheduler;
    }

    /**
     * Names what a plan was made on: the request, what the platform says of the tenant, and what the environments have of
     * the plan's services. The same plan made again on the same basis has the same name, whatever else moved.
     */
    public String basis(IntendedPlan plan) {
        return PlanBasis.of(world(plan.tenant()), plan);
    }

    /** Executes a plan to its end on threads of its own; what somebody else changed meanwhile is planned again. */
    public RunResult run(IntendedPlan plan, EventSink sink) {
        RunResult whole;
        try {
            List<Failure> asked = ask(plan, sink);
            whole = new Runner(runners(plan.tenant()), ports.clock(), sink, retries)
                    .run(plan.plan(), start(plan, sink))
                    .withFailures(asked);
        } catch (RuntimeException e) {
            broken(e);
            throw e;
        }
        ended(whole);
        return whole;
    }

    /**
     * Asks for the closed gates of a plan to be opened: makes tickets. Where nothing is to be asked, nothing is done.
     *
     * @return why it could not ask
     */
    public List<Failure> ask(IntendedPlan plan, EventSink sink) {
        List<StepGroup> asking = plan.plan().asking();
        return asking.isEmpty()
                ? List.of()
                : new Runner(runners(plan.tenant()), ports.clock(), sink, retries)
                        .drive(start(plan, asking, new StepResults(), sink))
                        .failures();
    }

    /** Plans a step again on the world as it is now, by the request that its plan was made for. */
    public Replanner replanner(IntendedPlan plan) {
        return step -> plan.request() == null
                ? Optional.empty()
                : Optional.of(plan(plan.tenant(), plan.request(), plan.actor()))
                        .filter(again -> !again.blocked())
                        .flatMap(again -> again.plan()
                                .steps()
                                .filter(now -> now.id().equals(step.id()) && now.getClass() == step.getClass())
                                .findFirst());
    }

    /**
     * Keeps the tenant's health records true after the rollouts.
     *
     * @param grace how long a release must be other than its record says
     */
    public HealthWatch watch(Tenant tenant, Duration grace) {
        HealthKeeper keeper = new HealthKeeper(
                tenant,
                world(tenant).repository(),
                ports.values(),
                world(tenant).records(),
                ports.port(LiveHealth.class),
                ports.clock(),
                grace);
        return new HealthWatch(keeper, ports.clock(), grace);
    }

    private RolloutChecks rolloutChecks() {
        return new RolloutChecks(catalog.platform());
    }

    private TenantWorld world(Tenant tenant) {
        return new TenantWorld(
                ports, catalog, tenant, rollout, trace.flatMap(of -> of.span().context()));
    }
}
