package io.imaas.port;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Workload;
import java.util.List;

/** What Kubernetes would run for manifests. */
public interface Workloads {
    /**
     * The objects among them that run pods, as the API server would count them against a quota.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when a manifest is not what its kind must be
     */
    List<Workload> of(List<Manifest> manifests);
}
