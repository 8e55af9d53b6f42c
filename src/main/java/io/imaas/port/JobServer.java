package io.imaas.port;

import io.imaas.model.failure.Effect;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.util.List;

/** The CI server's side of a tenant: folder, credentials, one job a service. */
public interface JobServer {
    List<Effect> ensureFolder(Tenant tenant);

    List<Effect> ensureJob(Tenant tenant, Service service);

    /**
     * Removes what {@link #ensureJob} made, with its builds; what is absent is an unchanged effect.
     *
     * @throws io.imaas.model.failure.FailureException POLICY when something else has its name
     */
    List<Effect> removeJob(Tenant tenant, Service service);

    /** What others made in the tenant's folder, for people: while it is there, the folder can't go. */
    List<String> foreign(Tenant tenant);

    /**
     * Removes what {@link #ensureFolder} made, and every job of the tenant in it.
     *
     * @throws io.imaas.model.failure.FailureException POLICY when the folder, or anything in it, was made by somebody else
     */
    List<Effect> removeFolder(Tenant tenant);
}
