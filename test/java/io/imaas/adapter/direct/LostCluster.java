package io.imaas.adapter.direct;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import java.util.List;
import java.util.Optional;

/** A cluster that never answers. */
final class LostCluster implements Cluster {
    private static FailureException lost() {
        return FailureException.external("no answer", "cluster", "", (Throwable) null);
    }

    @Override
    public List<Effect> apply(List<Manifest> manifests) {
        throw lost();
    }

    @Override
    public Effect restore(ClusterObject before) {
        throw lost();
    }

    @Override
    public Applied ensure(List<ClusterObject> space) {
        throw lost();
    }

    @Override
    public Optional<Manifest> get(String apiVersion, String kind, String namespace, String name) {
        throw lost();
    }

    @Override
    public List<Manifest> list(String apiVersion, String kind, String namespace, String label, String value) {
        throw lost();
    }

    @Override
    public Effect delete(String apiVersion, String kind, String namespace, String name, OwnLabels labels) {
        throw lost();
    }

    @Override
    public void check() {
        throw lost();
    }
}
