package io.imaas.model.kubernetes;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds of objects that the chart of MI services makes. Nothing else of a service comes into a cluster. */
public final class ChartKinds {
    /** Kind to API group; the core group is empty. */
    public static final SortedMap<String, String> GROUPS = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            "ConfigMap", "",
            "CronJob", "batch",
            "Deployment", "apps",
            "HorizontalPodAutoscaler", "autoscaling",
            "Ingress", "networking.k8s.io",
            "Job", "batch",
            "NetworkPolicy", "networking.k8s.io",
            "PodDisruptionBudget", "policy",
            "Service", "",
            "ServiceAccount", "")));

    /** What Kubernetes makes of a Deployment and a Job, kind to API group: to be looked at, never to be deployed. */
    public static final SortedMap<String, String> MADE_OF_THEM =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("Pod", "", "ReplicaSet", "apps")));

    private ChartKinds() {}

    /** Whether it is one of them: the API group counts, for others have kinds of the same name. */
    public static boolean allow(Manifest manifest) {
        int slash = manifest.apiVersion().indexOf('/');
        String group = slash < 0 ? "" : manifest.apiVersion().substring(0, slash);
        return group.equals(GROUPS.get(manifest.kind()));
    }
}
