package io.imaas.plan.promotion;

import io.imaas.model.identity.Actor;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.BuildOrigin;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Hold;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Occasion;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.gate.Question;
import io.imaas.plan.review.DirectChange;
import io.imaas.plan.review.DirectChangeReview;
import io.imaas.plan.review.PullRequestFacts;
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
import io.imaas.plan.snapshot.Snapshot.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What runs where, who asks for what, and what becomes of it. */
public final class Scene extends TenantInWords<Scene> {
    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final Map<String, ServiceState> states = new LinkedHashMap<>();
    private final List<HealthRecord> health = new ArrayList<>();
    private final List<Approval> approvals = new ArrayList<>();
    private List<ServiceName> named = List.of();
    private String actor = "@admin";
    private String override = "";
    private final List<Fact> facts = new ArrayList<>();
    private TreeHash tree;
    private boolean assume;
    /** In which each service's images are. */
    public String images = "registry.example.org/acme/orders/";

    private Actor.Proof proof = Actor.Proof.JENKINS;

    public Release release(String service, String version) {
        String digit = Integer.toHexString(Math.floorMod((service + version).hashCode(), 16));
        return new Release(
                new ServiceName(service),
                version,
                null,
                new TreeHash(digit.repeat(40)),
                new ImageRef(ImageRepository.parse(images + service), new Digest("sha256:" + digit.repeat(64))));
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
        java.util.Optional.ofNullable(record).ifPresent(health::add);
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

    /** What ran there before, with the migration that is there now. */
    public Scene once(String service, String environment, String version, HealthRecord.Status status) {
        String key = service + "@" + environment;
        ServiceState now = states.get(key);
        ServiceState then = runs(service, environment, version, status).states.put(key, now);
        facts.add(new PastRelease(
                then.release(),
                head(environment),
                NOW,
                "@dora",
                "Release",
                Trailers.NONE,
                then.releaseFile(),
                then.valuesFile(),
                now.migration()));
        return this;
    }

    public Scene sources(String version) {
        tree = release(named.get(0).value(), version).tree();
        return this;
    }

    public EnvironmentState environmentState(String environment) {
        return state().environment(new EnvironmentName(environment));
    }

    public Plan review(EnvironmentState before, String environment, DirectChangePolicy policy, String... paths) {
        EnvironmentState after = environmentState(environment);
        Request request = new Request(new TenantName("orders"), null, new EnvironmentName(environment), "@imaas");
        Map<String, String> running = new HashMap<>();
        after.services().forEach(service -> running.put(GitOpsPaths.release(service.service()), null));
        before.services().forEach(s -> running.put(GitOpsPaths.release(s.service()), s.releaseFile()));
        DirectChange change = new DirectChange(
                before,
                after,
                List.of(paths),
                after.head(),
                "harry",
                PullRequestFacts.NONE,
                running,
                java.util.Set.of(),
                java.util.Set.of(),
                facts());
        return new DirectChangeReview(platform(), tenant(), policy).review(request, change);
    }

    public Scene values(String service, String environment, String text) {
        return changed(
                service,
                environment,
                s -> new ServiceState(s.service(), s.release(), s.health(), s.hold(), s.releaseFile(), text));
    }

    public Scene migration(String service, String environment, Migration migration) {
        return changed(service, environment, s -> s.with(migration));
    }

    private Scene changed(String service, String environment, UnaryOperator<ServiceState> change) {
        states.computeIfPresent(service + "@" + environment, (key, s) -> change.apply(s));
        return this;
    }

    public Scene hold(String service, String environment, String reason) {
        Hold hold = new Hold(reason, "@rita", NOW);
        return changed(
                service,
                environment,
                s -> new ServiceState(s.service(), s.release(), s.health(), hold, s.releaseFile(), s.valuesFile()));
    }

    /** Another system is asked, and these are its answers. */
    public Scene asks(HttpGate gate, HttpGateFacts... answers) {
        gates = List.of(gate);
        facts.removeIf(HttpGateFacts.class::isInstance);
        facts.addAll(List.of(answers));
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

    public Scene rendered(RenderFacts rendered) {
        facts.add(rendered);
        return this;
    }

    public Scene assumingHealth() {
        assume = true;
        return this;
    }

    /** What is planned when whoever asks says something. */
    public Plan word(Approval.Verdict verdict, String from, String to, String as, Actor.Proof by) {
        Snapshot facts = facts();
        PromotionRequest wanted = wanted(from, to);
        return new ApprovalPlanner(tenant(), platform().trust())
                .plan(
                        new ApprovalPlanner.Approvable(
                                wanted.request(),
                                wanted.to(),
                                planner().fingerprints(wanted, facts),
                                planner().running(wanted, facts),
                                planner().plan(wanted, facts),
                                facts.state()),
                        as,
                        new ApprovalPlanner.Said(verdict, "", by));
    }

    public Scene approve(String from, String to, String as) {
        word(Approval.Verdict.YES, from, to, as, Actor.Proof.JENKINS);
        return says("@ann", Approval.Verdict.YES, from, to, as, Actor.Proof.JENKINS, NOW);
    }

    /** Somebody's word about exactly what a promotion would bring now. */
    public Scene says(String who, Approval.Verdict verdict, String from, String to, Actor.Proof proof, Instant at) {
        return says(who, verdict, from, to, "@acme/leads", proof, at);
    }

    private Scene says(
            String who, Approval.Verdict verdict, String from, String to, String as, Actor.Proof proof, Instant at) {
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
        facts.removeIf(one -> one instanceof Authors other && other.service().equals(known.service()));
        facts.add(known);
        return this;
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
                new BuildOrigin(
                        new TenantName("orders"),
                        new ServiceName(service),
                        repository,
                        new CommitId("a".repeat(40)),
                        ref,
                        "",
                        "",
                        "native",
                        "key-1",
                        "build 7"),
                image,
                version,
                tests,
                NOW);
        facts.removeIf(ImageFacts.class::isInstance);
        return image(
                new ImageFacts(image.digest(), true, List.of(said), List.of(), List.of(), List.of(), List.of(), null));
    }

    /** What the registry says of a release. */
    public Scene image(ImageFacts known) {
        facts.add(known);
        return this;
    }

    /** What a service would run. */
    public Scene wouldRun(String service, Workload... workloads) {
        facts.add(new RenderFacts(
                new ServiceName(service), "", List.of(), List.of(workloads), Manifests.NONE, null, List.of()));
        return this;
    }

    /** What a service runs in the target now. */
    public Scene runsNow(String service, Workload... workloads) {
        facts.add(new Footprint(new ServiceName(service), List.of(workloads), ""));
        return this;
    }

    public Plan release(String service, String version, String environment) {
        Request request = new Request(
                new TenantName("orders"), new ServiceName(service), new EnvironmentName(environment), actor);
        return new ReleasePlanner(platform(), tenant())
                .plan(request, Actor.unverified(actor), release(service, version), facts(), "");
    }

    private Snapshot facts() {
        return Snapshot.of(state()).with(facts);
    }

    public CommitId head(String environment) {
        return new CommitId(Integer.toHexString(PATH.indexOf(environment) + 10).repeat(40));
    }

    private PromotionPlanner planner() {
        return new PromotionPlanner(platform(), tenant(), Duration.ofMinutes(5));
    }

    private PromotionRequest wanted(String from, String to) {
        Request request = new Request(new TenantName("orders"), null, new EnvironmentName(to), actor);
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
        return new GitOpsState(environments, health, approvals, List.of(), null, NOW);
    }

    @Override
    Scene self() {
        return this;
    }
}
