package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.RemoveProject;
import io.imaas.port.Deployments;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.ArrayList;
import java.util.List;

/** Takes the tenant's fence at the deployment server away. */
public record RemoveProjectRunner(Tenant tenant, Deployments deployments) implements StepRunner<RemoveProject> {
    @Override
    public Outcome run(RemoveProject step, StepContext context) {
        List<Effect> effects = new ArrayList<>();
        for (EnvironmentName environment : step.environments()) {
            try {
                effects.addAll(deployments.removeProject(tenant, environment));
            } catch (FailureException e) {
                throw e.after(effects);
            }
        }
        return Outcome.done(null, effects);
    }
}
