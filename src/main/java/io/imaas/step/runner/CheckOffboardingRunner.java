package io.imaas.step.runner;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.CheckOffboarding;
import io.imaas.port.Deployments;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Refuses to begin a deletion that could not be ended.
 *
 * @param jobs what others made in a tenant's folder of the CI server
 */
public record CheckOffboardingRunner(Tenant tenant, Deployments deployments, Function<Tenant, List<String>> jobs)
        implements StepRunner<CheckOffboarding> {
    @Override
    public Outcome run(CheckOffboarding step, StepContext context) {
        boolean whole = step.environments().isEmpty();
        List<String> foreign =
                new ArrayList<>(deployments.foreign(whole ? tenant : tenant.within(Set.copyOf(step.environments()))));
        if (whole) {
            foreign.addAll(jobs.apply(tenant));
        }
        if (!foreign.isEmpty()) {
            throw FailureException.policy(
                    "nothing is deleted yet: somebody else made " + String.join(", ", foreign),
                    "tenant " + tenant.name(),
                    "move or delete that by hand, and run it again");
        }
        return Outcome.done(null, List.of());
    }
}
