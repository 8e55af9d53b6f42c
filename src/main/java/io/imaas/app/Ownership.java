package io.imaas.app;

import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.io.Serializable;
import java.util.List;

/** Whose a repository is, and what for. */
public sealed interface Ownership extends Serializable {
    /** It holds the sources of services of one tenant. */
    record Sources(Tenant tenant, List<Service> services) implements Ownership {
        public Sources {
            services = List.copyOf(services);
        }
    }

    /** It is the GitOps repository of a tenant. */
    record GitOps(Tenant tenant) implements Ownership {}

    /** It holds the platform's metadata. */
    record Metadata() implements Ownership {}
}
