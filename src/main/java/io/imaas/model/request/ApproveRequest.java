package io.imaas.model.request;

import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;

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
public record ApproveRequest(
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
