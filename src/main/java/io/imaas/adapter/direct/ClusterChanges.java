package io.imaas.adapter.direct;

import io.imaas.model.failure.FailureException;
import io.imaas.port.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hears that something of a service changed: one watch a kind, however many services are waited for. */
final class ClusterChanges implements AutoCloseable {
    private static final String LABEL = "imaas.io/service";

    /** Where a change of a service shows. */
    private static final Map<String, String> KINDS = Map.of("Deployment", "apps/v1", "Job", "batch/v1", "Pod", "v1");

    private final Cluster cluster;
    private final Map<String, Set<Runnable>> listeners = new ConcurrentHashMap<>();
    private final List<AutoCloseable> watches = new ArrayList<>();
    private boolean closed;

    ClusterChanges(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Calls from another thread whenever something of the service may have changed, until what is returned is run. */
    Runnable listen(String namespace, String service, Runnable changed) {
        String key = key(namespace, service);
        listeners.compute(key, (same, before) -> {
            Set<Runnable> all = before == null ? ConcurrentHashMap.newKeySet() : before;
            all.add(changed);
            return all;
        });
        return () -> listeners.computeIfPresent(key, (same, all) -> {
            all.remove(changed);
            return all.isEmpty() ? null : all;
        });
    }

    /** Called now and then until the cluster lets us watch; the looks themselves tell what is wrong with it. */
    synchronized void open() {
        if (closed || !watches.isEmpty()) {
            return;
        }
        try {
            KINDS.forEach((kind, version) -> watches.add(cluster.watch(version, kind, LABEL, this::changed)));
        } catch (FailureException lost) {
            forget();
        }
    }

    private void changed(String namespace, String service) {
        listeners.getOrDefault(key(namespace, service), Set.of()).forEach(Runnable::run);
    }

    private static String key(String namespace, String service) {
        return namespace + "/" + service;
    }

    private void forget() {
        List<AutoCloseable> all = List.copyOf(watches);
        watches.clear();
        for (AutoCloseable watch : all) {
            try {
                watch.close();
            } catch (Exception e) {
                throw FailureException.defect("a watch can't be closed: " + e, e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        forget();
    }
}
