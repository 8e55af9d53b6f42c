package io.imaas.plan.promotion;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateCalls;
import io.imaas.plan.gate.GateTable;
import io.imaas.plan.gate.Occasion;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.gate.Question;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides a promotion: which releases, through which gates, as which commit. The commit copies the release and the
 * values that all environments share, byte by byte; when nothing else differs it is a merge of the two branches.
 */
public record PromotionPlanner(Platform platform, Tenant tenant, Duration rolloutTimeout) implements Serializable {
    /**
     * @throws FailureException INPUT when an environment or a service is unknown, or a service has no such release;
     *     POLICY when somebody who may not wants to open gates by force
     */
    public Plan plan(PromotionRequest wanted, Snapshot facts) {
        List<Candidate> candidates = Candidates.of(platform, tenant, wanted, facts);
        boolean byPeople =
                !candidates.isEmpty() && candidates.get(0).environment().pullRequests();
        // What people merged is rendered by the review of their merge, and there is nothing to propose.
        Map<Boolean, List<Candidate>> there = candidates.stream()
                .collect(Collectors.partitioningBy(c -> byPeople ? c.alreadyThere() : Candidates.there(c, facts)));
        List<Candidate> moving = there.get(false);
        Overrides overrides = Overrides.of(platform, wanted.actor(), wanted.assumeHealthy(), wanted.override());
        Question question = new Question(
                Occasion.PROMOTION, platform, tenant, facts, overrides, Candidates.approvable(wanted, moving));
        List<GateAnswer> gates = GateTable.ask(question);
        OverrideRecord forced = OverrideRecord.of(tenant, wanted.to(), overrides, moving, gates, facts);
        PromotionCommit commit = new PromotionCommit(tenant, wanted, facts, moving, gates, forced.trailers());
        String what = wanted.services().size() == 1
                ? wanted.services().get(0).value()
                : tenant.name().value();
        List<StepGroup> groups = candidates.isEmpty()
                ? List.of(StepGroup.of(
                        new NotNeeded("promote", "Promote " + what, "nothing is released in " + wanted.from())))
                : byPeople ? proposal(there, commit) : merge(wanted, there, commit);
        GateCalls calls = new GateCalls(question, gates);
        return new Plan(
                "Promote " + what + " from " + wanted.from() + " to " + wanted.to(),
                wanted.request(),
                gates,
                calls.before(calls.after(forced.before(groups), service -> "rollout-" + service)),
                GateTable.migrations(question, gates),
                facts.changes());
    }

    /** What an approver says yes to: by service, the fingerprint of what would arrive. */
    public Map<ServiceName, String> fingerprints(PromotionRequest wanted, Snapshot facts) {
        Map<ServiceName, String> fingerprints = new LinkedHashMap<>();
        Candidates.of(platform, tenant, wanted, facts)
                .forEach(c -> fingerprints.put(c.service().name(), Fingerprint.of(c, facts)));
        return fingerprints;
    }

    /** Those of which nothing would arrive, neither a release nor values nor other manifests. */
    public Set<ServiceName> running(PromotionRequest wanted, Snapshot facts) {
        return Candidates.of(platform, tenant, wanted, facts).stream()
                .filter(c -> c.alreadyThere() && facts.runsAlready(c.service().name()))
                .map(c -> c.service().name())
                .collect(Collectors.toSet());
    }

    /** @param there whether nothing of it arrives */
    private List<StepGroup> merge(
            PromotionRequest wanted, Map<Boolean, List<Candidate>> there, PromotionCommit commit) {
        List<Candidate> moving = there.get(false);
        List<PlannedStep> rollouts = new ArrayList<>();
        Stream.concat(moving.stream(), there.get(true).stream().filter(c -> !Candidates.live(c, commit.facts())))
                .filter(c -> Candidates.arrives(wanted, c))
                .map(c -> rollout(wanted, c))
                .forEach(rollouts::add);
        List<PlannedStep> commits = alreadyThere(there.get(true));
        if (!moving.isEmpty() || !rollouts.isEmpty()) {
            commits.add(commit.direct());
        }
        List<StepGroup> groups = new ArrayList<>();
        groups.add(new StepGroup("Promote to " + wanted.to(), commits));
        if (!rollouts.isEmpty()) {
            groups.add(new StepGroup("Roll out to " + wanted.to(), rollouts));
        }
        return groups;
    }

    /** The environment's policy wants people to merge: their merge is what goes on, and it is reviewed like any other. */
    private static List<StepGroup> proposal(Map<Boolean, List<Candidate>> there, PromotionCommit commit) {
        List<PlannedStep> commits = alreadyThere(there.get(true));
        if (there.get(false).isEmpty()) {
            return List.of(new StepGroup("Propose", commits));
        }
        commits.add(commit.proposed());
        return List.of(new StepGroup("Propose", commits), StepGroup.of(commit.pullRequest()));
    }

    private static List<PlannedStep> alreadyThere(List<Candidate> there) {
        List<PlannedStep> steps = new ArrayList<>();
        there.forEach(candidate -> steps.add(new NotNeeded(
                "promote-" + candidate.service().name(),
                "Promote " + candidate.service().name(),
                candidate.environment().name() + " has " + candidate.release().version() + " already")));
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
