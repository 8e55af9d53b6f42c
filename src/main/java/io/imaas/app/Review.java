package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.request.PlanRequest.RolloutRequest;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.ReviewRecord;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.review.DirectChange;
import io.imaas.plan.review.DirectChangeReview;
import io.imaas.plan.review.FollowPlanner;
import io.imaas.plan.snapshot.LatestChange;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.StepGroup;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.step.observe.DirectChangeObserver;
import io.imaas.step.observe.LatestChangeObserver;
import io.imaas.step.observe.PushObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people pushed or merged to an environment's branch is reviewed by the gates, and what is not live yet is followed. */
record Review(TenantWorld world) {
    /** @throws FailureException CONFLICT when the branch does not hold the wanted head */
    IntendedPlan plan(ReviewRequest wanted, Actor actor) {
        EnvironmentName environment = wanted.environment();
        world.known(environment);
        CommitId tip = world.tip(environment);
        requireHeld(wanted.head(), tip, environment);
        Request request = new Request(world.tenant().name(), null, environment, actor.name());
        Optional<Plan> reviewed = world.tenant().isRendered() || wanted.before() != null
                ? since(request, wanted, tip)
                : pushed(request, wanted.policy());
        Plan verdict = reviewed.map(found -> world.tenant().isRendered() ? found : recorded(found, tip))
                .orElseGet(() -> unchanged(request, environment));
        Plan plan = new FollowPlanner(world.tenant(), world.rollout())
                .plan(verdict, environment, latest(environment), rendered(environment));
        List<ServiceName> followed = plan.steps()
                .filter(AwaitRollout.class::isInstance)
                .map(step -> ((AwaitRollout) step).service())
                .toList();
        String follows = followed.isEmpty() ? "everything is live" : "follows " + followed;
        return new IntendedPlan(Intent.REVIEW, world.tenant(), plan, followed, plan.title() + "; " + follows);
    }

    /** Empty where nothing is to review. */
    private Optional<Plan> since(Request request, ReviewRequest wanted, CommitId tip) {
        Optional<CommitId> before = wanted.before() == null ? ours(wanted.environment()) : Optional.of(wanted.before());
        // What a run that was cut off did not render is found although nobody pushed anything.
        return before.filter(commit -> world.tenant().isRendered() || !commit.equals(tip))
                .flatMap(commit -> reviewed(request, commit, null, wanted.policy()));
    }

    /** Nothing but a record tells what was reviewed where nothing is rendered. */
    private Optional<Plan> pushed(Request request, DirectChangePolicy policy) {
        return new PushObserver(
                        world.repository(), world.records(), world.tenant().name())
                .unreviewed(request.target())
                .flatMap(pushed -> reviewed(request, pushed.before(), pushed.services(), policy));
    }

    /** @param tip as it was before anything was read: what came since is reviewed the next time */
    private Plan recorded(Plan verdict, CommitId tip) {
        if (!verdict.closedGates().isEmpty()) {
            return verdict;
        }
        EnvironmentName environment = verdict.request().target();
        ReviewRecord record =
                new ReviewRecord(environment, tip, world.ports().clock().now());
        String title = "Record the review of " + environment;
        Trailers trailers = Trailers.of(world.tenant().name(), environment)
                .with(Trailers.ACTOR, verdict.request().actor());
        List<StepGroup> groups = new ArrayList<>(verdict.groups());
        groups.add(StepGroup.of(new KeepRecords(
                "reviewed",
                title,
                Map.of(
                        ReviewRecord.path(environment),
                        record.statement(world.tenant().name())),
                title,
                trailers.lines())));
        return verdict.with(groups);
    }

    /**
     * Waits for one release without a review: what the environment should run now, or a named commit.
     *
     * @throws FailureException CONFLICT when the environment's branch does not hold the named commit
     */
    IntendedPlan rollout(RolloutRequest wanted, Actor actor) {
        world.known(wanted.environment());
        world.repository()
                .head(wanted.environment().branch())
                .ifPresent(tip -> requireHeld(wanted.commit(), tip, wanted.environment()));
        world.known(wanted.service());
        Request request = new Request(world.tenant().name(), wanted.service(), wanted.environment(), actor.name());
        LatestChange now = wanted.commit() == null || wanted.image() == null ? released(wanted) : null;
        AwaitRollout step = new AwaitRollout(
                "rollout",
                world.tenant().name(),
                wanted.service(),
                wanted.environment(),
                "",
                wanted.commit() == null ? now.commit() : wanted.commit(),
                rendered(wanted.environment()),
                wanted.image() == null ? now.release().image() : wanted.image(),
                world.rollout());
        Plan plan = new Plan(step.title(), request, List.of(), List.of(StepGroup.of(step)), List.of());
        return new IntendedPlan(Intent.ROLLOUT, world.tenant(), plan, List.of(wanted.service()), plan.title());
    }

    /** The manifests as they are now; null where the deployment server renders. */
    private CommitId rendered(EnvironmentName environment) {
        return world.tenant().isRendered()
                ? world.repository().head(GitOpsPaths.rendered(environment)).orElse(null)
                : null;
    }

    private LatestChange released(RolloutRequest wanted) {
        return latest(wanted.environment()).stream()
                .filter(change -> change.release().service().equals(wanted.service()))
                .findFirst()
                .orElseThrow(() -> FailureException.input(
                        wanted.service() + " has no release in " + wanted.environment(),
                        world.tenant().gitops().value(),
                        "imaas status " + wanted.service()));
    }

    /** What is offboarded is not followed: in Git it is as it was, and nowhere else. */
    private List<LatestChange> latest(EnvironmentName environment) {
        Tenant remaining = world.tenant()
                .remainingOn(world.platform().dayOf(world.ports().clock().now()));
        if (remaining.environment(environment).isEmpty()) {
            return List.of();
        }
        return new LatestChangeObserver(world.repository()).observe(remaining.services(), environment, world.state());
    }

    private void requireHeld(CommitId head, CommitId tip, EnvironmentName environment) {
        if (head != null && !tip.equals(head) && !world.repository().contains(tip, head)) {
            throw FailureException.conflict(
                    "branch " + environment + " does not hold commit " + head.abbreviated(),
                    world.tenant().gitops().value(),
                    "name one that it holds; its newest is " + tip.abbreviated());
        }
    }

    private Optional<Plan> reviewed(
            Request request, CommitId before, Set<ServiceName> theirs, DirectChangePolicy policy) {
        EnvironmentName environment = request.target();
        DirectChange change = new DirectChangeObserver(
                        world.observer(), world.repository(), world.arrivals(), world.authors(), world.pulls())
                .observe(world.tenant(), environment, before, theirs);
        if (before.equals(change.commit()) && change.unrendered().isEmpty()) {
            return Optional.empty();
        }
        DirectChangePolicy holds = policy == null ? world.known(environment).directChanges() : policy;
        return Optional.of(new DirectChangeReview(world.platform(), world.tenant(), holds).review(request, change));
    }

    private static Plan unchanged(Request request, EnvironmentName environment) {
        NotNeeded step =
                new NotNeeded("review", "Review " + environment, "only the orchestrator has changed the branch");
        return new Plan("Follow " + environment, request, List.of(), List.of(StepGroup.of(step)), List.of());
    }

    /** The branch as the orchestrator last left it: the newest commit with its trailers for this very environment. */
    private Optional<CommitId> ours(EnvironmentName environment) {
        GitRepository repository = world.repository();
        List<Commit> history = repository.history(environment.branch(), "", TenantWorld.LOOK_BACK);
        return history.stream()
                .filter(commit -> Trailers.areOf(world.tenant().name(), environment, commit.trailers()))
                .findFirst()
                .or(() -> history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1)))
                .map(Commit::id);
    }
}
