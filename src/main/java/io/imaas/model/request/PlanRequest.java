package io.imaas.model.request;

import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest.ReleaseRequest;
import io.imaas.model.rollout.Approval;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.List;

/** What a plan can be made for. Every door makes the same values, so the same request gives the same plan everywhere. */
public sealed interface PlanRequest extends Serializable {
    /** Whether it makes or removes things in the cluster, and not in Git alone. */
    default boolean isOfCluster() {
        return this instanceof OnboardRequest || this instanceof RemovePreviewsRequest;
    }

    /**
     * Do with a change of a service's sources what its branch stands for: check, build, release, promote.
     *
     * @param options what the caller wants otherwise than the files say
     */
    record DeliverRequest(SourceChange change, BuildOptions options) implements PlanRequest {}

    /**
     * Release a known image to an environment.
     *
     * @param version for people; empty: what the image's label says, where a registry is asked
     * @param source the commit it was built from, or null
     * @param build for the audit log: which build, as the door names it
     */
    record ReleaseRequest(
            ServiceName service,
            EnvironmentName environment,
            ImageRef image,
            String version,
            CommitId source,
            String build)
            implements PlanRequest {}

    /**
     * Bring releases to the next environment.
     *
     * @param services which; empty: all that run in {@code from}
     * @param tree the sources whose image is meant, when a merge of the service's own branches asks; null: what runs now
     * @param assumeHealthy the actor vouches for health that nobody observed; recorded in the commit
     * @param override why closed gates are to be opened by force, or empty
     */
    record PromoteRequest(
            List<ServiceName> services,
            EnvironmentName from,
            EnvironmentName to,
            TreeHash tree,
            String reason,
            boolean assumeHealthy,
            String override)
            implements PlanRequest {
        public PromoteRequest {
            services = List.copyOf(services);
        }
    }

    /**
     * A release that goes on by itself: through each later environment of its service's path, as soon as it is healthy in the
     * one before and the gates are open.
     *
     * @param first what brings it to its first environment: a delivery, a release or a promotion
     * @param to the last environment
     */
    record PathRequest(PlanRequest first, EnvironmentName to) implements PlanRequest {}

    /**
     * Bring environments the chart that the platform names for them, for all services at once.
     *
     * @param environments which; empty: all that have another one
     * @param reason why, for the audit log; may be empty
     * @param override why closed gates are to be opened by force, or empty
     */
    record ChartRequest(List<EnvironmentName> environments, String reason, String override) implements PlanRequest {
        public ChartRequest {
            environments = List.copyOf(environments);
        }
    }

    /**
     * Say yes, or no, to exactly what a promotion, or in the first environment of a service a release, would bring now.
     *
     * @param services which; empty: all that run in the environment before
     * @param from the environment before; null: the one before {@code to} on the path
     * @param as the approver that the actor counts as, such as {@code @acme/release-managers}; empty: the actor,
     *     or the first of the actor's teams that is one
     * @param verdict yes, no, or neither any more
     * @param reason why not; empty otherwise
     * @param image in the first environment of a service's path: the image that is to be released; null: what people changed
     *     there of the release that it has
     * @param version of that image, as {@link ReleaseRequest} has it
     * @param chart whether the promotion of the environment's chart is meant, not that of releases
     */
    record ApproveRequest(
            List<ServiceName> services,
            EnvironmentName from,
            EnvironmentName to,
            String as,
            Approval.Verdict verdict,
            String reason,
            ImageRef image,
            String version,
            boolean chart)
            implements PlanRequest {
        /** A yes. */
        public ApproveRequest(List<ServiceName> services, EnvironmentName from, EnvironmentName to, String as) {
            this(services, from, to, as, Approval.Verdict.YES, "", null, "", false);
        }

        public ApproveRequest {
            services = List.copyOf(services);
        }
    }

    /**
     * Put an earlier release back and hold it.
     *
     * @param release digest or version; empty: the newest one that differs from what runs
     */
    record RollbackRequest(ServiceName service, EnvironmentName environment, String release, String reason)
            implements PlanRequest {}

    /** Lift the hold that a rollback set. */
    record ResumeRequest(ServiceName service, EnvironmentName environment) implements PlanRequest {}

    /**
     * Review what people pushed or merged to an environment's branch, and follow what is not live yet.
     *
     * @param before the last commit known to be reviewed; null: the orchestrator's own last commit
     * @param head what the branch must still hold; null: whatever it holds now
     * @param policy what becomes of a refused change; null: what the environment says
     */
    record ReviewRequest(EnvironmentName environment, CommitId before, CommitId head, DirectChangePolicy policy)
            implements PlanRequest {}

    /**
     * Wait until what an environment should run is live and healthy, and record it.
     *
     * @param commit the GitOps commit to wait for; null: the one that brought the current release
     * @param image the image that must be live; null: what the commit says
     */
    record RolloutRequest(ServiceName service, EnvironmentName environment, CommitId commit, ImageRef image)
            implements PlanRequest {}

    /**
     * Take previews of pull requests away.
     *
     * @param previews by the names under which they run, such as {@code order-api-pr-7}
     */
    record RemovePreviewsRequest(List<ServiceName> previews) implements PlanRequest {
        public RemovePreviewsRequest {
            previews = List.copyOf(previews);
        }
    }

    /** Make what the tenant needs, and take away what has a tombstone. */
    record OnboardRequest() implements PlanRequest {}
}
