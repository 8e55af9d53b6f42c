package io.imaas.port;

import io.imaas.model.Manifest;
import io.imaas.model.Workload;
import java.util.List;

/** What Kubernetes would run for manifests. */
public interface Workloads {
    /**
     * The objects among them that run pods, as the API server would count them against a quota.
     *
     * @throws io.imaas.model.FailureException INPUT when a manifest is not what its kind must be
     */
    List<Workload> of(List<Manifest> manifests);
}
