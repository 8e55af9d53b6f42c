package io.imaas.plan.promotion;

import io.imaas.model.identity.Actor;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.record.Trust;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Hold;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Freeze;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.ManifestPolicy;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.OverridePolicy;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Reach;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceType;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.model.tenancy.Windows;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Occasion;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.gate.Question;
import io.imaas.plan.review.DirectChange;
import io.imaas.plan.review.DirectChangeReview;
import io.imaas.plan.snapshot.Authors;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.Footprint;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.HttpGateFacts;
import io.imaas.plan.snapshot.ImageFacts;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tenant with services api and sync in dev, test and prod, in words. */
public final class Scene {
    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final List<String> PATH = List.of("dev", "test", "prod");

    private final Map<String, ServiceState> states = new LinkedHashMap<>();
    private final List<HealthRecord> health = new ArrayList<>();
    private final List<Approval> approvals = new ArrayList<>();
    private final Map<String, Duration> soaks = new HashMap<>();
    private final Map<String, List<Freeze>> freezes = new HashMap<>();
    private final Map<String, Windows> windows = new HashMap<>();
    private final Map<String, ApprovalPolicy> policies = new HashMap<>();
    private final Map<String, List<String>> approvers = new HashMap<>();
    private final Map<String, List<String>> paths = new HashMap<>(Map.of("api", PATH, "sync", PATH));
    private List<ServiceName> named = List.of();
    private String actor = "@admin";
    private String override = "";
    private final List<PastRelease> past = new ArrayList<>();
    private final List<String> byPullRequest = new ArrayList<>();
    private final List<String> merging = new ArrayList<>();
    private TreeHash tree;
    private boolean assume;
    private final List<Authors> authors = new ArrayList<>();
    private Trust trust = Trust.NONE;
    private Actor.Proof proof = Actor.Proof.JENKINS;
    private final List<ImageFacts> imageFacts = new ArrayList<>();
    private final List<RenderFacts> renders = new ArrayList<>();
    private final List<Footprint> footprints = new ArrayList<>();
    private List<HttpGate> gates = List.of();
    private List<HttpGateFacts> external = List.of();
    private final Map<String, Stop> stops = new HashMap<>();
    private final Map<String, Offboarding> tombstones = new HashMap<>();
    private ImagePolicy images = ImagePolicy.USUAL;
    private Platform.NoTests noTests = Platform.NoTests.WARN;

    public Release release(String service, String version) {
        String digit = Integer.toHexString(Math.floorMod((service + version).hashCode(), 16));
        return new Release(
                new ServiceName(service),
                version,
                null,
                new TreeHash(digit.repeat(40)),
                new ImageRef(
                        ImageRepository.parse("registry.example.org/acme/" + service),
                        new Digest("sha256:" + digit.repeat(64))));
    }

    public Scene runs(String service, String environment, String version, HealthRecord.Status status) {
        Release release = release(service, version);
        HealthRecord record = status == null
                ? null
                : new HealthRecord(
                        release.service(),
                        new EnvironmentName(environment),
                        release.image().digest(),
                        status,
                        head(environment),
                        NOW,
                        "seen");
        if (record != null) {
            health.add(record);
        }
        states.put(
                service + "@" + environment,
                new ServiceState(
                        release.service(),
                        release,
                        record,
                        null,
                        "release of " + service + " " + version + " # keep\n",
                        "common\n"));
        return this;
    }

    /** What ran there before. */
    public Scene once(String service, String environment, String version, HealthRecord.Status status) {
        ServiceState now = states.get(service + "@" + environment);
        runs(service, environment, version, status);
        ServiceState then = states.put(service + "@" + environment, now);
        past.add(new PastRelease(
                then.release(),
                head(environment),
                NOW,
                "@dora",
                "Release",
                Trailers.NONE,
                then.releaseFile(),
                then.valuesFile()));
        return this;
    }

    public Scene sources(String version) {
        tree = release(named.get(0).value(), version).tree();
        return this;
    }

    public Scene pullRequests(String environment) {
        byPullRequest.add(environment);
        return this;
    }

    public Scene autoMerge(String environment) {
        merging.add(environment);
        return pullRequests(environment);
    }

    public EnvironmentState environmentState(String environment) {
        return state().environment(new EnvironmentName(environment));
    }

    public Plan review(EnvironmentState before, String environment, DirectChangePolicy policy, String... paths) {
        GitOpsState now = state();
        EnvironmentState after = now.environment(new EnvironmentName(environment));
        Request request = new Request(
                new TenantName("orders"), null, Request.Trigger.PUSH, new EnvironmentName(environment), "@imaas");
        return new DirectChangeReview(platform(), tenant(), policy)
                .review(
                        request,
                        new DirectChange(
                                before,
                                after,
                                List.of(paths),
                                after.head(),
                                "harry",
                                java.util.Map.of(),
                                java.util.Set.of(),
                                facts()));
    }

    public Scene values(String service, String environment, String text) {
        states.computeIfPresent(
                service + "@" + environment,
                (key, s) -> new ServiceState(s.service(), s.release(), s.health(), s.hold(), s.releaseFile(), text));
        return this;
    }

    public Scene hold(String service, String environment, String reason) {
        states.computeIfPresent(
                service + "@" + environment,
                (key, s) -> new ServiceState(
                        s.service(),
                        s.release(),
                        s.health(),
                        new Hold(reason, "@rita", NOW),
                        s.releaseFile(),
                        s.valuesFile()));
        return this;
    }

    public Scene soak(String environment, int minutes) {
        soaks.put(environment, Duration.ofMinutes(minutes));
        return this;
    }

    public Scene windows(String environment, Windows given) {
        windows.put(environment, given);
        return this;
    }

    public Scene freeze(String environment, String from, String to, String reason) {
        freezes.computeIfAbsent(environment, e -> new ArrayList<>())
                .add(new Freeze(LocalDate.parse(from), LocalDate.parse(to), reason));
        return this;
    }

    public Scene approvers(String environment, String team) {
        approvers.put(environment, List.of(team));
        return this;
    }

    public Scene path(String service, String... environments) {
        paths.put(service, List.of(environments));
        return this;
    }

    /** Another system is asked, and these are its answers. */
    public Scene asks(HttpGate gate, HttpGateFacts... answers) {
        gates = List.of(gate);
        external = List.of(answers);
        return this;
    }

    public Scene only(String service) {
        named = List.of(new ServiceName(service));
        return this;
    }

    public Scene as(String who) {
        actor = who;
        return this;
    }

    public Scene proven(Actor.Proof how) {
        proof = how;
        return this;
    }

    public Scene overriding(String reason) {
        override = reason;
        return this;
    }

    /** @param what {@code platform}, {@code tenant} or a service's name */
    /** @param what {@code tenant}, or a service */
    public Scene goes(String what, String from, String reason) {
        tombstones.put(what, new Offboarding(LocalDate.parse(from), reason));
        return this;
    }

    public Scene stopped(String what, String reason, String by) {
        stops.put(what, new Stop(reason, by));
        return this;
    }

    public Scene noTests(Platform.NoTests policy) {
        noTests = policy;
        return this;
    }

    public Scene rendered(RenderFacts facts) {
        renders.add(facts);
        return this;
    }

    public Scene images(ImagePolicy policy) {
        images = policy;
        return this;
    }

    public Scene assumingHealth() {
        assume = true;
        return this;
    }

    public void approve(String from, String to, String as) {
        Snapshot facts = facts();
        PromotionRequest wanted = wanted(from, to);
        new ApprovalPlanner(tenant())
                .plan(
                        new ApprovalPlanner.Approvable(
                                wanted.request(),
                                wanted.to(),
                                planner().fingerprints(wanted, facts),
                                planner().plan(wanted, facts),
                                NOW),
                        as,
                        new ApprovalPlanner.Said(Approval.Verdict.YES, "", Actor.Proof.JENKINS));
        planner()
                .fingerprints(wanted, facts)
                .forEach((service, fingerprint) -> approvals.add(new Approval(
                        service,
                        new EnvironmentName(to),
                        fingerprint,
                        Approval.Verdict.YES,
                        "@ann",
                        as,
                        Actor.Proof.JENKINS,
                        "",
                        NOW,
                        "")));
    }

    /** Somebody's word about exactly what a promotion would bring now. */
    public Scene says(String who, Approval.Verdict verdict, String from, String to, Actor.Proof proof, Instant at) {
        String as = approvals(to).from().get(0);
        planner().fingerprints(wanted(from, to), facts()).forEach((service, fingerprint) -> {
            Approval word = new Approval(
                    service,
                    new EnvironmentName(to),
                    fingerprint,
                    verdict,
                    who,
                    as,
                    proof,
                    verdict == Approval.Verdict.NO ? "not before the audit" : "",
                    at,
                    "");
            approvals.removeIf(one -> one.path().equals(word.path()));
            approvals.add(word);
        });
        return this;
    }

    /** Who wrote what comes; called again, it replaces what was said of the service. */
    public Scene written(Authors known) {
        authors.removeIf(one -> one.service().equals(known.service()));
        authors.add(known);
        return this;
    }

    public Scene people(Trust known) {
        trust = known;
        return this;
    }

    public Scene approvals(String environment, ApprovalPolicy policy) {
        policies.put(environment, policy);
        return this;
    }

    private ApprovalPolicy approvals(String environment) {
        return policies.getOrDefault(environment, ApprovalPolicy.oneOf(approvers.getOrDefault(environment, List.of())));
    }

    /** Who asks. */
    public Scene askedBy(String who, Actor.Proof how) {
        actor = who;
        proof = how;
        return this;
    }

    /** A service on its way from an environment to the next. */
    public Candidate candidate(String service, String from, String to) {
        return new Candidate(
                tenant().service(new ServiceName(service)).orElseThrow(),
                new EnvironmentName(from),
                environment(to),
                states.get(service + "@" + from),
                states.get(service + "@" + to));
    }

    /** What one gate is asked about that service. */
    public Question question(Occasion occasion, String service, String from, String to) {
        return new Question(
                occasion,
                platform(),
                tenant(),
                facts(),
                new Overrides(assume, override, new Actor(actor, proof, List.of()), "@admin"),
                List.of(candidate(service, from, to)));
    }

    public Plan promote(String from, String to) {
        return planner().plan(wanted(from, to), facts());
    }

    /** What an orchestrator signed about a release's image. */
    public Scene built(String service, String version, String repository, String ref, String tests) {
        ImageRef image = release(service, version).image();
        Provenance said = new Provenance(
                new TenantName("orders"),
                new ServiceName(service),
                image,
                repository,
                new CommitId("a".repeat(40)),
                ref,
                "",
                "",
                "native",
                "key-1",
                version,
                tests,
                "build 7",
                NOW);
        imageFacts.clear();
        return image(new ImageFacts(image.digest(), true, List.of(said), List.of(), List.of(), List.of(), null));
    }

    /** What the registry says of a release. */
    public Scene image(ImageFacts facts) {
        imageFacts.add(facts);
        return this;
    }

    /** What a service would run. */
    public Scene wouldRun(String service, Workload... workloads) {
        renders.add(new RenderFacts(new ServiceName(service), "", List.of(), List.of(workloads), Manifests.NONE));
        return this;
    }

    /** What a service runs in the target now. */
    public Scene runsNow(String service, Workload... workloads) {
        footprints.add(new Footprint(new ServiceName(service), List.of(workloads), ""));
        return this;
    }

    public Plan release(String service, String version, String environment) {
        Request request = new Request(
                new TenantName("orders"),
                new ServiceName(service),
                Request.Trigger.MANUAL,
                new EnvironmentName(environment),
                actor);
        return new ReleasePlanner(platform(), tenant()).plan(request, release(service, version), facts(), "");
    }

    private Snapshot facts() {
        return new Snapshot(state(), imageFacts, renders, footprints, past)
                .by(authors)
                .with(external);
    }

    public CommitId head(String environment) {
        return new CommitId(Integer.toHexString(PATH.indexOf(environment) + 10).repeat(40));
    }

    private PromotionPlanner planner() {
        return new PromotionPlanner(platform(), tenant(), Duration.ofMinutes(5));
    }

    public Platform platform() {
        return new Platform(
                "acme",
                List.of(ImageRepository.parse("registry.example.org/acme")),
                "",
                ZoneOffset.UTC,
                noTests,
                false,
                OverridePolicy.by(List.of("@admin")),
                stop("platform"),
                images,
                ManifestPolicy.USUAL,
                trust,
                Map.of(),
                gates,
                List.of(),
                OnboardingPolicy.USUAL);
    }

    private Stop stop(String what) {
        return stops.getOrDefault(what, Stop.NONE);
    }

    private PromotionRequest wanted(String from, String to) {
        Request request =
                new Request(new TenantName("orders"), null, Request.Trigger.MERGE, new EnvironmentName(to), actor);
        return new PromotionRequest(
                request,
                new EnvironmentName(from),
                new EnvironmentName(to),
                named,
                tree,
                "",
                assume,
                override,
                new Actor(actor, proof, List.of()));
    }

    private GitOpsState state() {
        List<EnvironmentState> environments = PATH.stream()
                .map(name -> new EnvironmentState(
                        new EnvironmentName(name),
                        head(name),
                        null,
                        states.entrySet().stream()
                                .filter(e -> e.getKey().endsWith("@" + name))
                                .map(Map.Entry::getValue)
                                .toList()))
                .toList();
        return new GitOpsState(environments, health, approvals, NOW);
    }

    public Tenant tenant() {
        RepositoryUrl url = new RepositoryUrl("https://git.example.org/orders.git");
        return new Tenant(
                "acme",
                new TenantName("orders"),
                "Orders",
                List.of("@acme/leads"),
                "orders@example.org",
                url,
                PATH.stream().map(this::environment).toList(),
                new Quota("8", "16Gi", 40),
                List.of(),
                paths.entrySet().stream()
                        .map(e -> new Service(
                                new ServiceName(e.getKey()),
                                url,
                                ServiceType.WORKER,
                                e.getValue().stream().map(EnvironmentName::new).toList(),
                                stop(e.getKey()),
                                tombstones.getOrDefault(e.getKey(), Offboarding.NONE),
                                List.of(),
                                List.of(),
                                List.of(),
                                ""))
                        .toList(),
                stop("tenant"),
                tombstones.getOrDefault("tenant", Offboarding.NONE),
                Delivery.HELM,
                Reach.NONE,
                List.of());
    }

    private Environment environment(String name) {
        return new Environment(
                new EnvironmentName(name),
                approvals(name),
                1,
                freezes.getOrDefault(name, List.of()),
                soaks.getOrDefault(name, Duration.ZERO),
                byPullRequest.contains(name),
                false,
                DirectChangePolicy.FLAG,
                merging.contains(name),
                null,
                windows.getOrDefault(name, Windows.ALWAYS),
                false);
    }
}
