package io.imaas.model.request;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;

/**
 * Say yes to exactly what a promotion would bring now.
 *
 * @param services which; empty: all that run in the environment before
 * @param from the environment before; null: the one before {@code to} on the path
 * @param as the approver that the actor counts as, such as {@code @acme/release-managers}; empty: the actor,
 *     or the first of the actor's teams that is one
 */
public record ApproveRequest(List<ServiceName> services, EnvironmentName from, EnvironmentName to, String as)
        implements PlanRequest {
    public ApproveRequest {
        services = List.copyOf(services);
    }
}
