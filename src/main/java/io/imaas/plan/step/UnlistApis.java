package io.imaas.plan.step;

import io.imaas.model.tenancy.ApiManagerPolicy;
import io.imaas.model.tenancy.EnvironmentName;
import java.util.List;

/**
 * Takes entries out of the API manager's service catalog. It stops where somebody made an API of one of them: that API would
 * lead nowhere.
 *
 * @param owner what the names of the entries begin with
 */
public record UnlistApis(String id, EnvironmentName environment, ApiManagerPolicy manager, String owner)
        implements PlannedStep {
    @Override
    public String title() {
        return "Take " + owner + "* out of the service catalog";
    }

    @Override
    public List<String> deletions() {
        return List.of("entries " + owner + "* of the service catalog at " + manager.urlOf(environment));
    }
}
