package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Request;
import io.imaas.model.tenancy.Request.Trigger;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.promotion.Outlook;
import io.imaas.plan.promotion.PromotionRequest;
import io.imaas.plan.review.DirectChange;
import io.imaas.plan.review.DirectChangeReview;
import io.imaas.plan.review.FollowPlanner;
import io.imaas.plan.rollback.RollbackPlanner;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.StepGroup;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixBuilder;
import io.imaas.step.observe.ChangeObserver;
import io.imaas.step.observe.DirectChangeObserver;
import io.imaas.step.observe.LatestChangeObserver;
import io.imaas.step.observe.ReleaseHistory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is done on a tenant's GitOps repository. Reads the world, writes nothing. */
public final class GitOpsPlans {
    /** How far back the orchestrator's own last commit is looked for. */
    private static final int LOOK_BACK = 500;

    /** How many releases of an environment a rollback chooses from. */
    private static final int PAST = 200;

    private final Engine engine;
    private final Catalog catalog;
    private final Duration rolloutTimeout;

    public GitOpsPlans(Engine engine, Catalog catalog, Duration rolloutTimeout) {
        this.engine = engine;
        this.catalog = catalog;
        this.rolloutTimeout = rolloutTimeout;
    }

    /**
     * Somebody pushed or merged to an environment's branch: all since the orchestrator's own last commit is judged by
     * the gates of a promotion, and what is not live yet is followed. The branch is judged as it is now, which holds
     * {@code head}.
     *
     * @throws FailureException CONFLICT when the branch no longer holds {@code head}
     */
    public IntendedPlan merged(Tenant tenant, EnvironmentName environment, CommitId head, String actor) {
        return merged(tenant, environment, ours(tenant, environment), head, actor);
    }

    /**
     * The same since a commit that the door knows to be judged.
     *
     * @param before empty: the branch is new, and nothing can be held against it
     */
    public IntendedPlan merged(
            Tenant tenant, EnvironmentName environment, Optional<CommitId> before, CommitId head, String actor) {
        Promotions promotions = promotions(tenant);
        promotions.known(environment);
        GitRepository repository = promotions.repository();
        CommitId tip = tip(repository, environment);
        if (!tip.equals(head) && !repository.contains(tip, head)) {
            throw FailureException.conflict(
                    "branch " + environment + " no longer holds commit " + head.abbreviated(),
                    tenant.gitops().value(),
                    "look at what it holds now: " + tip.abbreviated());
        }
        Request request = new Request(tenant.name(), null, Trigger.PUSH, environment, actor);
        Plan verdict = before.filter(commit -> !commit.equals(tip))
                .map(commit -> judged(promotions, request, environment, commit))
                .orElseGet(() -> unjudged(request, environment));
        // What is offboarded is not followed: in Git it is as it was, and nowhere else.
        Tenant remaining =
                tenant.remainingOn(catalog.platform().dayOf(engine.clock().now()));
        Plan plan = new FollowPlanner(tenant, rolloutTimeout)
                .plan(
                        verdict,
                        environment,
                        new LatestChangeObserver(repository).observe(remaining, environment, promotions.state()));
        List<ServiceName> followed = plan.steps()
                .filter(AwaitRollout.class::isInstance)
                .map(step -> ((AwaitRollout) step).service())
                .toList();
        String follows = followed.isEmpty() ? "everything is live" : "follows " + followed;
        return new IntendedPlan(Intent.JUDGE, tenant, plan, followed, plan.title() + "; " + follows);
    }

    /** Releases go to the next environment, if every gate is open. */
    public IntendedPlan promote(Tenant tenant, PromotionRequest wanted) {
        Plan plan = promotions(tenant).plan(wanted);
        return new IntendedPlan(Intent.PROMOTE, tenant, plan, wanted.services(), plan.title());
    }

    /** The same for whoever asks for nothing special. */
    public IntendedPlan promote(
            Tenant tenant,
            List<ServiceName> services,
            EnvironmentName from,
            EnvironmentName to,
            String reason,
            String actor) {
        Request request =
                new Request(tenant.name(), services.size() == 1 ? services.get(0) : null, Trigger.MANUAL, to, actor);
        return promote(tenant, new PromotionRequest(request, from, to, services, null, reason, false, "", List.of()));
    }

    /** @param to digest or version wanted, or empty for the newest that differs from the running one */
    public IntendedPlan rollback(
            Tenant tenant, ServiceName service, EnvironmentName environment, String to, String reason, String actor) {
        Promotions promotions = promotions(tenant);
        promotions.known(environment);
        if (tenant.service(service).isEmpty()) {
            throw FailureException.input(
                    "tenant " + tenant.name() + " has no service '" + service + "'",
                    "",
                    "known: " + tenant.services().stream().map(s -> s.name()).toList());
        }
        Request request = new Request(tenant.name(), service, Trigger.MANUAL, environment, actor);
        Plan plan = new RollbackPlanner(catalog.platform(), tenant, rolloutTimeout)
                .plan(
                        request,
                        environment,
                        new ReleaseHistory(promotions.repository(), engine.values()).of(service, environment, PAST),
                        to,
                        reason,
                        promotions.state());
        return new IntendedPlan(Intent.ROLLBACK, tenant, plan, List.of(service), plan.title());
    }

    /** What runs where, since when, and what waits for whom. */
    public Matrix status(Tenant tenant) {
        Promotions promotions = promotions(tenant);
        GitOpsState state = promotions.state();
        return new MatrixBuilder(
                        tenant,
                        state,
                        new ChangeObserver(promotions.repository()).observe(state),
                        new Outlook(catalog.platform(), tenant))
                .build();
    }

    private Promotions promotions(Tenant tenant) {
        return new Promotions(engine, catalog.platform(), tenant, rolloutTimeout);
    }

    private Plan judged(Promotions promotions, Request request, EnvironmentName environment, CommitId before) {
        DirectChange change = new DirectChangeObserver(
                        promotions.observer(), promotions.repository(), promotions.arrivals())
                .observe(promotions.tenant(), environment, before);
        DirectChangePolicy policy = promotions.known(environment).directChanges();
        return new DirectChangeReview(catalog.platform(), promotions.tenant(), policy).judge(request, change);
    }

    private static Plan unjudged(Request request, EnvironmentName environment) {
        NotNeeded step = new NotNeeded("judge", "Judge " + environment, "nobody changed it but the orchestrator");
        return new Plan("Follow " + environment, request, List.of(), List.of(StepGroup.of(step)), List.of());
    }

    /** The branch as the orchestrator last left it: the newest commit with its trailers for this very environment. */
    private Optional<CommitId> ours(Tenant tenant, EnvironmentName environment) {
        GitRepository repository = promotions(tenant).repository();
        List<Commit> history = repository.history(environment.branch(), "", LOOK_BACK);
        return history.stream()
                .filter(commit -> tenant.name().value().equals(commit.trailers().get("Imaas-Tenant"))
                        && environment.value().equals(commit.trailers().get("Imaas-Environment"))
                        && repository.own(commit.id()))
                .findFirst()
                .or(() -> history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1)))
                .map(Commit::id);
    }

    private static CommitId tip(GitRepository repository, EnvironmentName environment) {
        return repository
                .head(environment.branch())
                .orElseThrow(() -> FailureException.input(
                        "there is no branch '" + environment + "'", "", "onboard the tenant first"));
    }
}
