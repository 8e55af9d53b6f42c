package io.imaas.plan.snapshot;

import io.imaas.model.kubernetes.Workload;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.Snapshot.Fact;
import java.util.List;

/**
 * What a service runs in an environment as it is now.
 *
 * @param problem Helm's own words when that does not render, else empty
 */
public record Footprint(ServiceName service, List<Workload> workloads, String problem) implements Fact {
    public Footprint {
        workloads = List.copyOf(workloads);
    }
}
