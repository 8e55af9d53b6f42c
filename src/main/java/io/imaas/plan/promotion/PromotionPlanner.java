package io.imaas.plan.promotion;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.gate.Gate;
import io.imaas.plan.gate.Gates;
import io.imaas.plan.gate.OffboardingGate;
import io.imaas.plan.gate.QuotaGate;
import io.imaas.plan.snapshot.PromotionFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides a promotion: which releases, through which gates, as which commit. The commit copies the release and the
 * values that all environments share, byte by byte; when nothing else differs it is a merge of the two branches.
 */
public final class PromotionPlanner {
    private final Platform platform;
    private final Tenant tenant;
    private final Duration rolloutTimeout;

    public PromotionPlanner(Platform platform, Tenant tenant, Duration rolloutTimeout) {
        this.platform = platform;
        this.tenant = tenant;
        this.rolloutTimeout = rolloutTimeout;
    }

    /**
     * @throws FailureException INPUT when an environment or a service is unknown, or a service has no such release;
     *     POLICY when somebody who may not wants to open gates by force
     */
    public Plan plan(PromotionRequest wanted, PromotionFacts facts) {
        List<Candidate> candidates = new Candidates(platform, tenant).of(wanted, facts);
        List<Candidate> moving =
                candidates.stream().filter(c -> !c.alreadyThere()).toList();
        List<Gate> gates = gates(
                wanted, facts, moving.stream().filter(c -> arrives(c, wanted)).toList());
        PromotionCommit commit = new PromotionCommit(tenant, wanted, facts, moving, gates);
        boolean byPeople =
                !candidates.isEmpty() && candidates.get(0).environment().pullRequests();
        List<StepGroup> buckets =
                byPeople ? proposal(candidates, moving, commit) : merge(wanted, candidates, moving, commit);
        String what = wanted.services().size() == 1
                ? wanted.services().get(0).value()
                : tenant.name().value();
        return new Plan(
                "Promote " + what + " from " + wanted.from() + " to " + wanted.to(),
                wanted.request(),
                gates,
                buckets,
                facts.notes());
    }

    /** The releases that would come to run in the target: what the gates want to know more of. */
    public List<ServiceState> arriving(PromotionRequest wanted, PromotionFacts facts) {
        return new Candidates(platform, tenant)
                .of(wanted, facts).stream()
                        .filter(c -> !c.alreadyThere() && arrives(c, wanted))
                        .map(Candidate::source)
                        .toList();
    }

    /** What an approver says yes to: by service, the fingerprint of what would arrive. */
    public Map<ServiceName, String> fingerprints(PromotionRequest wanted, PromotionFacts facts) {
        Map<ServiceName, String> fingerprints = new LinkedHashMap<>();
        new Candidates(platform, tenant)
                .of(wanted, facts)
                .forEach(c -> fingerprints.put(c.service().name(), Fingerprint.of(c)));
        return fingerprints;
    }

    private List<StepGroup> merge(
            PromotionRequest wanted, List<Candidate> candidates, List<Candidate> moving, PromotionCommit commit) {
        List<PlannedStep> rollouts = new ArrayList<>();
        candidates.stream()
                .filter(c ->
                        arrives(c, wanted) && (!c.alreadyThere() || !c.target().healthy()))
                .map(c -> rollout(wanted, c))
                .forEach(rollouts::add);
        List<PlannedStep> commits = alreadyThere(candidates);
        if (!moving.isEmpty() || !rollouts.isEmpty()) {
            commits.add(commit.direct());
        }
        List<StepGroup> buckets = new ArrayList<>();
        buckets.add(new StepGroup("Promote to " + wanted.to(), commits));
        if (!rollouts.isEmpty()) {
            buckets.add(new StepGroup("Roll out to " + wanted.to(), rollouts));
        }
        return buckets;
    }

    /** The environment's policy wants people to merge: their merge is what goes on, and it is judged like any other. */
    private static List<StepGroup> proposal(
            List<Candidate> candidates, List<Candidate> moving, PromotionCommit commit) {
        List<PlannedStep> commits = alreadyThere(candidates);
        if (moving.isEmpty()) {
            return List.of(new StepGroup("Propose", commits));
        }
        commits.add(commit.proposed());
        return List.of(new StepGroup("Propose", commits), StepGroup.of(commit.pullRequest()));
    }

    /** Whether the release is to run there; one that only travels through is carried along by the merge. */
    private static boolean arrives(Candidate candidate, PromotionRequest wanted) {
        return !candidate.passesThrough()
                || wanted.services().contains(candidate.service().name());
    }

    private List<Gate> gates(PromotionRequest wanted, PromotionFacts facts, List<Candidate> arriving) {
        Gates gates = new Gates(platform, tenant, facts, wanted.assumeHealthy());
        List<Gate> all = new ArrayList<>(
                arriving.stream().flatMap(c -> gates.of(c).stream()).toList());
        Set<ServiceName> services =
                arriving.stream().map(c -> c.service().name()).collect(Collectors.toCollection(TreeSet::new));
        new QuotaGate(tenant, facts)
                .of(tenant.name() + " -> " + wanted.to(), services)
                .ifPresent(all::add);
        if (wanted.override().isEmpty()) {
            return all;
        }
        boolean entitled = platform.overriders().contains(wanted.request().actor())
                || wanted.roles().stream().anyMatch(platform.overriders()::contains);
        if (!entitled) {
            throw FailureException.policy(
                    wanted.request().actor() + " may not override gates",
                    "",
                    "ask one of " + String.join(", ", platform.overriders()));
        }
        return all.stream()
                .map(gate -> gate.open() || OffboardingGate.isOver(gate) ? gate : gate.forced())
                .toList();
    }

    private static List<PlannedStep> alreadyThere(List<Candidate> candidates) {
        List<PlannedStep> steps = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.alreadyThere()) {
                steps.add(new NotNeeded(
                        "promote-" + candidate.service().name(),
                        "Promote " + candidate.service().name(),
                        candidate.environment().name() + " has "
                                + candidate.release().version() + " already"));
            }
        }
        return steps;
    }

    private AwaitRollout rollout(PromotionRequest wanted, Candidate candidate) {
        return new AwaitRollout(
                "rollout-" + candidate.service().name(),
                tenant.name(),
                candidate.service().name(),
                wanted.to(),
                "promote",
                candidate.release().image(),
                rolloutTimeout);
    }
}
