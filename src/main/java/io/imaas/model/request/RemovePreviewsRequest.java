package io.imaas.model.request;

import io.imaas.model.tenancy.ServiceName;
import java.util.List;

/**
 * Take previews of pull requests away.
 *
 * @param previews by the names under which they run, such as {@code order-api-pr-7}
 */
public record RemovePreviewsRequest(List<ServiceName> previews) implements PlanRequest {
    public RemovePreviewsRequest {
        previews = List.copyOf(previews);
    }
}
