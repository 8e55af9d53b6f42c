package io.imaas.step.runner;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.promotion.PromotionPlanner;
import io.imaas.plan.promotion.PromotionRequest;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.OpenPullRequest;
import io.imaas.plan.step.PromoteRelease;
import io.imaas.port.GitRepository;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import io.imaas.step.observe.PromotionObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Plans the promotion that is due by now, and commits it when every gate is open.
 *
 * @param proposals for environments whose changes people merge
 */
public record PromoteReleaseRunner(
        Platform platform,
        Tenant tenant,
        GitRepository repository,
        PromotionObserver observer,
        CommitFilesRunner commits,
        OpenPullRequestRunner proposals)
        implements StepRunner<PromoteRelease> {
    @Override
    public Outcome run(PromoteRelease step, StepContext context) {
        PromotionRequest wanted = request(step);
        Snapshot facts = observer.observe(platform, tenant, wanted);
        Release release = facts.state()
                .environment(step.from())
                .service(step.service())
                .flatMap(ServiceState::running)
                .orElseThrow(() -> FailureException.input(
                        step.service() + " has no release in " + step.from(), "release it there first"));
        requireExpected(step, release, context);
        Plan plan = new PromotionPlanner(platform, tenant, Duration.ZERO).plan(wanted, facts);
        if (!plan.closedGates().isEmpty()) {
            return Outcome.failed(GateAnswer.refusal(plan.closedGates()));
        }
        Optional<CommitFiles> commit = only(plan, CommitFiles.class);
        if (commit.isEmpty()) {
            return new Outcome.Skipped(step.to() + " has it already", current(step, release), false);
        }
        Outcome landed = commits.run(commit.get(), context);
        Optional<OpenPullRequest> proposal = only(plan, OpenPullRequest.class);
        return proposal.isPresent()
                ? proposed(step, proposal.get(), landed, context)
                : Outcome.done(carrying(landed, release), landed.effects());
    }

    /** Whoever came after it has a path of their own, and gates that are theirs. */
    private static void requireExpected(PromoteRelease step, Release release, StepContext context) {
        ImageRef expected = step.image() != null || step.change().isEmpty()
                ? step.image()
                : context.output(step.change(), StepOutput.ChangeLanded.class)
                        .release()
                        .image();
        if (expected != null && !expected.digest().equals(release.image().digest())) {
            throw FailureException.conflict(
                    step.from() + " has another release of " + step.service() + " by now: " + release.version() + " "
                            + release.image().digest().abbreviated() + " instead of "
                            + expected.digest().abbreviated(),
                    tenantBranch(step),
                    "promote that one if it is wanted: imaas promote " + step.service() + " " + step.from() + " "
                            + step.to());
        }
    }

    private static String tenantBranch(PromoteRelease step) {
        return step.from().branch() + ":" + GitOpsPaths.release(step.service());
    }

    private StepOutput current(PromoteRelease step, Release release) {
        return new StepOutput.ChangeLanded(
                repository.lastSeen(step.to().branch()).orElse(null),
                release,
                repository.lastSeen(GitOpsPaths.rendered(step.to())).orElse(null));
    }

    private static StepOutput carrying(Outcome landed, Release release) {
        StepOutput.ChangeLanded change =
                (StepOutput.ChangeLanded) landed.handedOver().orElseThrow();
        return new StepOutput.ChangeLanded(change.commit(), release, change.rendered());
    }

    private Outcome proposed(PromoteRelease step, OpenPullRequest proposal, Outcome landed, StepContext context) {
        Outcome opened = proposals.run(proposal, context);
        String where = opened.effects().stream()
                .filter(effect -> effect.type().equals("pull request"))
                .map(effect -> effect.detail())
                .findFirst()
                .orElse("");
        Failure waits = new Failure(
                FailureKind.POLICY,
                step.to() + " takes changes by pull request, and this one is open",
                where,
                "merge it: what is merged is rolled out");
        return Outcome.failed(waits).after(landed.effects()).after(opened.effects());
    }

    private static <T> Optional<T> only(Plan plan, Class<T> kind) {
        return plan.steps().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private PromotionRequest request(PromoteRelease step) {
        Request request = new Request(tenant.name(), step.service(), step.to(), step.actor());
        return new PromotionRequest(
                request,
                step.from(),
                step.to(),
                List.of(step.service()),
                null,
                "",
                false,
                "",
                Actor.unverified(step.actor()));
    }
}
