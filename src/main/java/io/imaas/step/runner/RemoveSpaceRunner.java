package io.imaas.step.runner;

import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.RemoveSpace;
import io.imaas.port.Cluster;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.List;

/** Begins to take a namespace away; {@link AwaitRemovalRunner} sees it through. */
public record RemoveSpaceRunner(Tenant tenant, Cluster cluster) implements StepRunner<RemoveSpace> {
    @Override
    public Outcome run(RemoveSpace step, StepContext context) {
        return Outcome.done(
                null,
                List.of(cluster.delete(
                        "v1",
                        "Namespace",
                        "",
                        tenant.namespace(step.environment()),
                        OwnLabels.of(tenant, step.environment()))));
    }
}
