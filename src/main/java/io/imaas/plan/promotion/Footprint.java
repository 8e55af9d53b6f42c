package io.imaas.plan.promotion;

import io.imaas.model.ServiceName;
import io.imaas.model.Workload;
import java.io.Serializable;
import java.util.List;

/**
 * What a service runs in an environment as it is now.
 *
 * @param problem Helm's own words when that does not render, else empty
 */
public record Footprint(ServiceName service, List<Workload> workloads, String problem) implements Serializable {
    public Footprint {
        workloads = List.copyOf(workloads);
    }
}
