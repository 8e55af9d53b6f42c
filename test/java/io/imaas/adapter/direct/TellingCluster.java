package io.imaas.adapter.direct;

import io.imaas.model.failure.Effect;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A cluster that says when something changed: when the test wants it to. */
final class TellingCluster implements Cluster {
    private final Cluster cluster;
    private final Map<String, BiConsumer<String, String>> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final Set<String> watched = ConcurrentHashMap.newKeySet();

    TellingCluster(Cluster cluster) {
        this.cluster = cluster;
    }

    void tell(String namespace, String service) {
        listeners.values().forEach(listener -> listener.accept(namespace, service));
    }

    int watches() {
        return opened.get();
    }

    Set<String> watchedKinds() {
        return watched;
    }

    @Override
    public AutoCloseable watch(String apiVersion, String kind, String label, BiConsumer<String, String> changed) {
        opened.incrementAndGet();
        listeners.put(kind, changed);
        watched.add(kind);
        return () -> listeners.remove(kind);
    }

    @Override
    public List<Effect> apply(List<Manifest> manifests) {
        return cluster.apply(manifests);
    }

    @Override
    public Effect restore(ClusterObject before) {
        return cluster.restore(before);
    }

    @Override
    public Applied ensure(List<ClusterObject> space) {
        return cluster.ensure(space);
    }

    @Override
    public Optional<Manifest> get(String apiVersion, String kind, String namespace, String name) {
        return cluster.get(apiVersion, kind, namespace, name);
    }

    @Override
    public List<Manifest> list(String apiVersion, String kind, String namespace, String label, String value) {
        return cluster.list(apiVersion, kind, namespace, label, value);
    }

    @Override
    public Effect delete(String apiVersion, String kind, String namespace, String name, OwnLabels labels) {
        return cluster.delete(apiVersion, kind, namespace, name, labels);
    }

    @Override
    public void check() {
        cluster.check();
    }
}
