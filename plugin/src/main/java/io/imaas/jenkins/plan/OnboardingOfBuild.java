package io.imaas.jenkins.plan;

import io.imaas.app.IntendedPlan;
import io.imaas.app.Onboard;
import io.imaas.app.PlatformRepository;
import io.imaas.app.Proposal;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.source.BuildSource;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.Catalog;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.gate.Answer;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.plan.step.StepGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build of the platform repository has to do: tell a pull request what it would change, apply what holds.
 *
 * @param applied the commit that a build before has applied; empty: all tenants are looked at
 */
record OnboardingOfBuild(
        BuildSource source, io.imaas.model.identity.Actor actor, String build, Optional<CommitId> applied) {
    List<IntendedPlan> plans() {
        PlatformWorld world = PlatformWorld.get();
        BranchName main = new BranchName(ImaasConfiguration.get().getPlatformBranch());
        PlatformRepository platform = world.platformRepository();
        if (source.head() instanceof SourceHead.PullRequest pull) {
            CommitId head = source.commit()
                    .orElseThrow(() -> FailureException.input(
                            "Jenkins did not say which commit is proposed",
                            source.repository().value(),
                            "use GitHub Branch Source"));
            Proposal proposal = Onboard.between(
                    platform,
                    platform.repository().head(main),
                    head,
                    world.clock().now(),
                    actor);
            return proposal.sound()
                    ? List.of(told(pull, head, proposal))
                    : List.of(told(pull, head, proposal), refused(proposal.problems()));
        }
        if (!(source.head() instanceof SourceHead.Branch branch)
                || !branch.name().equals(main)) {
            Plan nothing = new Plan("Nothing to do", null, List.of(), List.of(), List.of());
            return List.of(new IntendedPlan(
                    Intent.NOTHING, null, nothing, List.of(), "only what is on " + main + " holds for the platform"));
        }
        Catalog now = world.refresh();
        List<IntendedPlan> plans = new ArrayList<>(
                Onboard.since(platform, applied, now, world.clock().now(), actor));
        List<Problem> errors = now.broken().stream()
                .flatMap(broken -> broken.errors().stream())
                .distinct()
                .toList();
        if (!errors.isEmpty()) {
            plans.add(refused(errors));
        }
        Plan nothing = new Plan("Nothing to onboard", null, List.of(), List.of(), List.of());
        return plans.isEmpty()
                ? List.of(new IntendedPlan(Intent.ONBOARD, null, nothing, List.of(), "no tenant changes"))
                : plans;
    }

    private IntendedPlan told(SourceHead.PullRequest pull, CommitId head, Proposal proposal) {
        ReportToPullRequest report = new ReportToPullRequest(
                "report",
                source.repository(),
                pull.number(),
                head,
                "imaas-onboarding",
                "Onboarding",
                proposal.comment(),
                Map.of(),
                build,
                proposal.sound() ? "" : summary(proposal),
                Map.of(),
                proposal.problems());
        Plan plan = new Plan(
                "Pull request #" + pull.number(),
                null,
                List.of(),
                List.of(StepGroup.of(report)),
                proposal.problems().stream().map(Problem::sentence).toList());
        return new IntendedPlan(Intent.ONBOARD, null, plan, List.of(), summary(proposal));
    }

    /** What makes the build fail once the pull request was told why, or the other tenants were onboarded. */
    private static IntendedPlan refused(List<Problem> problems) {
        List<GateAnswer> gates = problems.stream()
                .filter(Problem::isError)
                .map(error -> GateAnswer.of(
                        "metadata", error.where().toString(), List.of(), Answer.closed(error.what(), error.fix())))
                .toList();
        Plan plan = new Plan("Onboard", null, gates, List.of(), List.of());
        return new IntendedPlan(Intent.ONBOARD, null, plan, List.of(), errors(gates.size()));
    }

    private static String errors(long count) {
        return count + " errors in the platform's files";
    }

    private static String summary(Proposal proposal) {
        long errors = proposal.problems().stream().filter(Problem::isError).count();
        long deletions = proposal.plans().stream()
                .mapToLong(plan -> plan.plan().deletions().size())
                .sum();
        return errors > 0
                ? errors(errors)
                : proposal.plans().size() + " tenants would change"
                        + (deletions > 0 ? ", and " + deletions + " things be DELETED" : "");
    }
}
