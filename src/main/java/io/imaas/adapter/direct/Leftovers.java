package io.imaas.adapter.direct;

import io.imaas.model.Effect;
import io.imaas.model.Manifest;
import io.imaas.port.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Objects of a service that its chart made once and makes no more, such as the Ingress after it was switched off. Only
 * objects with the service's label count, and only after everything wanted was applied.
 */
final class Leftovers {
    private static final String LABEL = "imaas.io/service";

    private record Kind(String apiVersion, String kind) {}

    /** What the chart makes. Workloads go last; a service account stays: it costs nothing and others may use it. */
    private static final List<Kind> KINDS = List.of(
            new Kind("networking.k8s.io/v1", "Ingress"),
            new Kind("v1", "Service"),
            new Kind("autoscaling/v2", "HorizontalPodAutoscaler"),
            new Kind("policy/v1", "PodDisruptionBudget"),
            new Kind("networking.k8s.io/v1", "NetworkPolicy"),
            new Kind("v1", "ConfigMap"),
            new Kind("batch/v1", "CronJob"),
            new Kind("batch/v1", "Job"),
            new Kind("apps/v1", "Deployment"));

    private final Cluster cluster;

    Leftovers(Cluster cluster) {
        this.cluster = cluster;
    }

    List<Effect> remove(String namespace, String service, List<Manifest> wanted) {
        Set<String> kept = wanted.stream().map(Manifest::id).collect(Collectors.toSet());
        List<Effect> effects = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (Manifest found : cluster.list(kind.apiVersion(), kind.kind(), namespace, LABEL, service)) {
                if (!kept.contains(found.id()) && mayGo(found)) {
                    effects.add(cluster.delete(found.apiVersion(), found.kind(), namespace, found.name()));
                }
            }
        }
        return effects;
    }

    /** Not what somebody else owns (a CronJob its Jobs), nor a Job at work. */
    private static boolean mayGo(Manifest found) {
        Tree object = Tree.of(found);
        return object.at("metadata", "ownerReferences").items().isEmpty()
                && object.at("status", "active").number() == 0;
    }
}
