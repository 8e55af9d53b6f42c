package io.imaas.model.request;

import io.imaas.model.tenancy.EnvironmentName;
import java.util.List;

/**
 * Bring environments the chart that the platform names for them, for all services at once.
 *
 * @param environments which; empty: all that have another one
 * @param reason why, for the audit log; may be empty
 * @param override why closed gates are to be opened by force, or empty
 */
public record ChartRequest(List<EnvironmentName> environments, String reason, String override) implements PlanRequest {
    public ChartRequest {
        environments = List.copyOf(environments);
    }
}
