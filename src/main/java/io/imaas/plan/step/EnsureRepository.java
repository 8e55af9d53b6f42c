package io.imaas.plan.step;

import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;

/**
 * Sees that the tenant's GitOps repository is there, that it is this tenant's, and that our token may do what comes after.
 *
 * @param environments by whose branches it is known
 */
public record EnsureRepository(String id, TenantName tenant, RepositoryUrl url, List<EnvironmentName> environments)
        implements PlannedStep {
    /** The same in every plan: a tenant has one. */
    public static final String ID = "repository";

    public EnsureRepository {
        environments = List.copyOf(environments);
    }

    @Override
    public boolean isUndone() {
        return true;
    }

    @Override
    public String title() {
        return "GitOps repository";
    }
}
