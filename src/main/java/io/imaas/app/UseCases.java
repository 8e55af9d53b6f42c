package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.ChartRequest;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.request.PlanRequest.PathRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.request.PlanRequest.RemovePreviewsRequest;
import io.imaas.model.request.PlanRequest.ResumeRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.request.PlanRequest.RolloutRequest;

/**
 * The use case that each kind of request is for.
 *
 * @param follows whether rollouts are followed; otherwise plans end in Git
 */
record UseCases(TenantWorld world, Actor actor, boolean follows) {
    /** @throws FailureException INPUT when the request names what is not there */
    IntendedPlan plan(PlanRequest request) {
        if (request instanceof DeliverRequest deliver) {
            return new Deliver(world.waiting(deliver.options().timeout()), deliver, actor).plan();
        }
        if (request instanceof ReleaseRequest release) {
            return new ReleaseImage(world).plan(release, actor);
        }
        if (request instanceof PromoteRequest promote) {
            return new Promote(world).plan(promote, actor);
        }
        if (request instanceof PathRequest path) {
            if (!follows) {
                throw FailureException.input(
                        "a release goes on when it is healthy, and nothing here follows rollouts",
                        "--to " + path.to(),
                        "give --argocd URL or --kubernetes CONTEXT");
            }
            return new WholePath(world, path, actor).after(plan(path.first()));
        }
        if (request instanceof ChartRequest chart) {
            return new PromoteChart(world).plan(chart, actor, follows);
        }
        if (request instanceof ApproveRequest approve) {
            return new Promote(world).approval(approve, actor);
        }
        if (request instanceof RollbackRequest rollback) {
            return new Rollback(world).plan(rollback, actor);
        }
        if (request instanceof ResumeRequest resume) {
            return new Rollback(world).resume(resume, actor);
        }
        if (request instanceof ReviewRequest review) {
            return new Review(world).plan(review, actor);
        }
        if (request instanceof RolloutRequest wanted) {
            return new Review(world).rollout(wanted, actor);
        }
        if (request.isOfCluster()) {
            // What files ask for that can't be read now, nobody knows; a tombstone may be gone from them.
            world.catalog().broken(world.tenant().name().value()).ifPresent(broken -> {
                throw broken.refused();
            });
        }
        if (request instanceof RemovePreviewsRequest remove) {
            return new RemovePreviews(world).plan(remove, actor);
        }
        if (request instanceof OnboardRequest) {
            return Onboard.plan(world, actor);
        }
        throw FailureException.defect("nobody plans " + request, null);
    }
}
