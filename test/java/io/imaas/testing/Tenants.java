package io.imaas.testing;

import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Reach;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.util.List;

/** Tenants of tests. */
public final class Tenants {
    private Tenants() {}

    /** One that stays, whose promotions go on, and of which nothing else is said. */
    public static Tenant tenant(
            TenantName name,
            String displayName,
            List<String> owners,
            String contact,
            RepositoryUrl gitops,
            List<Environment> environments,
            Quota quota,
            List<TenantName> allowFrom,
            List<Service> services) {
        return new Tenant(
                "",
                name,
                displayName,
                owners,
                contact,
                gitops,
                environments,
                quota,
                allowFrom,
                services,
                Stop.NONE,
                Offboarding.NONE,
                Delivery.HELM,
                Reach.NONE,
                List.of(),
                Previews.NONE);
    }

    /** The same, of which exactly the manifests that were committed run. */
    public static Tenant rendered(Tenant tenant) {
        return new Tenant(
                tenant.platform(),
                tenant.name(),
                tenant.displayName(),
                tenant.owners(),
                tenant.contact(),
                tenant.gitops(),
                tenant.environments(),
                tenant.quota(),
                tenant.allowFrom(),
                tenant.services(),
                tenant.stopTheLine(),
                tenant.offboarding(),
                Delivery.RENDERED,
                tenant.reach(),
                tenant.developers(),
                tenant.previews());
    }
}
