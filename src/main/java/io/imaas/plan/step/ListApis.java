package io.imaas.plan.step;

import io.imaas.model.tenancy.ApiManagerPolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service.Route;

/**
 * Lists the APIs of what was rolled out in the API manager's service catalog.
 *
 * @param rollout the step that rolls it out; what does not come live is not listed
 * @param owner what the names of its entries begin with
 * @param server where the service is reached in the cluster
 * @param route by which it is reached from outside, or null
 */
public record ListApis(
        String id, AwaitRollout rollout, ApiManagerPolicy manager, String owner, String server, Route route)
        implements PlannedStep {
    @Override
    public String title() {
        return "List the APIs of " + rollout.service() + " in " + environment();
    }

    @Override
    public EnvironmentName environment() {
        return rollout.environment();
    }

    /** The service runs all the same. */
    @Override
    public boolean hardStop() {
        return false;
    }
}
