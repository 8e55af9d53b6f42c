package io.imaas.step.observe;

import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.snapshot.Snapshot.Fact;
import java.util.List;

/** Finds facts of one kind about what is to arrive. Writes nothing. */
public interface FactObserver {
    /**
     * What is found out. That somebody does not answer is a fact as well, which the gates tell.
     *
     * @param known what was found out before, the manifests among it
     */
    List<? extends Fact> observe(Tenant tenant, ArrivalObserver.Arrival arrival, Snapshot known);
}
