package io.imaas.port;

import io.imaas.model.Effect;
import io.imaas.model.Service;
import io.imaas.model.Tenant;
import java.util.List;

/** The CI server's side of a tenant: folder, credentials, one job a service. */
public interface JobServer {
    List<Effect> ensureFolder(Tenant tenant);

    List<Effect> ensureJob(Tenant tenant, Service service);
}
