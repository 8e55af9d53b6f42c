package io.imaas.port;

import io.imaas.model.failure.Effect;
import io.imaas.model.source.ApiDescription;
import io.imaas.port.Cluster.Applied;
import java.util.List;

/** The service catalog of an API manager. In a dry run it only looks, and tells what it would do. */
public interface ServiceCatalog {
    /** Of effects: one listed API. */
    String TYPE = "catalog entry";

    /**
     * Lists exactly these APIs as the owner's. What is listed as it should be is not written again; what the owner has no
     * longer is removed, unless somebody made an API of it: that is a warning.
     */
    Applied keep(Place place, List<ApiDescription> apis);

    /**
     * Removes all that is the owner's.
     *
     * @throws io.imaas.model.failure.FailureException POLICY when somebody made an API of one of them; then nothing is removed
     */
    List<Effect> remove(Place place);

    /**
     * @param url of the API manager
     * @param credential the name of the secret with our login
     * @param owner what the names of its entries begin with, such as {@code acme.orders.prod.order-api.}
     */
    record Place(String url, String credential, String owner) {}
}
