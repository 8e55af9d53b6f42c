package io.imaas.app;

import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import java.io.Serializable;
import java.util.List;

/**
 * A plan, and what it is for.
 *
 * @param tenant whose plan it is: see {@link Imaas#runners}
 * @param services what it is about; empty: the tenant as a whole
 * @param summary one sentence for people
 */
public record IntendedPlan(Intent intent, Tenant tenant, Plan plan, List<ServiceName> services, String summary)
        implements Serializable {
    public IntendedPlan {
        services = List.copyOf(services);
    }

    /** The same up to Git: nobody here can follow rollouts. */
    IntendedPlan upToGit() {
        return new IntendedPlan(intent, tenant, plan.withoutRollouts(), services, summary);
    }

    /** Whether a gate is closed, so that nothing of it may be executed. */
    public boolean blocked() {
        return !plan.closedGates().isEmpty();
    }

    /** What a dry run exits with: 0, or the code of the first closed gate. */
    public int exitCode() {
        return plan.closedGates().stream()
                .findFirst()
                .map(gate -> gate.kind().exitCode())
                .orElse(0);
    }
}
