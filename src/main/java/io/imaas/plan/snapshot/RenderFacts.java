package io.imaas.plan.snapshot;

import io.imaas.model.failure.Effect;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.policy.PolicyVerdict;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.Snapshot.Fact;
import java.util.List;

/**
 * What Helm says of a service with the values it would have.
 *
 * @param problem Helm's own words when it does not render, else empty
 * @param diff the lines that change in the rendered manifests, each begun by {@code +} or {@code -}
 * @param workloads what would run
 * @param manifests what the cluster would get; none when it does not render
 * @param policies what the platform's admission policies have against them; null when the platform has none
 * @param objects those that differ from what runs, field by field
 */
public record RenderFacts(
        ServiceName service,
        String problem,
        List<String> diff,
        List<Workload> workloads,
        Manifests manifests,
        List<PolicyVerdict> policies,
        List<Effect> objects)
        implements Fact {
    public RenderFacts {
        diff = List.copyOf(diff);
        workloads = List.copyOf(workloads);
        policies = policies == null ? null : List.copyOf(policies);
        objects = List.copyOf(objects);
    }

    /** Whether what was rendered is what runs. */
    public boolean runsAlready() {
        return problem.isEmpty() && diff.isEmpty();
    }

    public static RenderFacts refused(ServiceName service, String problem) {
        return new RenderFacts(service, problem, List.of(), List.of(), Manifests.NONE, null, List.of());
    }
}
