package io.imaas.plan.promotion;

import io.imaas.model.identity.Actor;
import io.imaas.model.request.Request;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.List;

/**
 * Somebody wants releases promoted.
 *
 * @param services which; empty: all that run in {@code from}
 * @param tree the sources whose image is meant, when a merge of the service's own branches asks; null: what runs now
 * @param assumeHealthy the actor vouches for the health that nobody observed; recorded in the commit
 * @param override why closed gates are to be opened by force, or empty
 * @param actor who asks, as the door verified it
 */
public record PromotionRequest(
        Request request,
        EnvironmentName from,
        EnvironmentName to,
        List<ServiceName> services,
        TreeHash tree,
        String reason,
        boolean assumeHealthy,
        String override,
        Actor actor)
        implements Serializable {
    public PromotionRequest {
        services = List.copyOf(services);
    }
}
