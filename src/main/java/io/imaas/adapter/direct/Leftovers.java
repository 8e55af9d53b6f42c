package io.imaas.adapter.direct;

import io.imaas.model.failure.Effect;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.kubernetes.Tree;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Objects of a service that its chart made once and makes no more, such as the Ingress after it was switched off. Only
 * objects with the service's label count, and only after everything wanted was applied.
 */
record Leftovers(Cluster cluster) {
    private static final String LABEL = "imaas.io/service";

    private record Kind(String apiVersion, String kind) {}

    private static final Kind AUTOSCALER = new Kind("autoscaling/v2", "HorizontalPodAutoscaler");

    /** What the chart makes. Workloads go last; a service account stays with its service: others may use it. */
    private static final List<Kind> KINDS = List.of(
            new Kind("networking.k8s.io/v1", "Ingress"),
            new Kind("v1", "Service"),
            AUTOSCALER,
            new Kind("policy/v1", "PodDisruptionBudget"),
            new Kind("networking.k8s.io/v1", "NetworkPolicy"),
            new Kind("v1", "ConfigMap"),
            new Kind("batch/v1", "CronJob"),
            new Kind("batch/v1", "Job"),
            new Kind("apps/v1", "Deployment"));

    private static final Kind ACCOUNT = new Kind("v1", "ServiceAccount");
    private static final Kind POD = new Kind("v1", "Pod");

    /** What the chart no longer makes; a Job at work may end first, and what is not ours is nobody's obstacle. */
    List<Effect> remove(TenantName tenant, ServiceName service, EnvironmentName environment, List<Manifest> wanted) {
        return removeOf(tenant, service, environment, KINDS, wanted);
    }

    /** The same among objects that were applied once, of whatever kinds they are. */
    List<Effect> remove(
            TenantName tenant,
            ServiceName service,
            EnvironmentName environment,
            List<Manifest> before,
            List<Manifest> wanted) {
        List<Kind> kinds = before.stream()
                .filter(manifest -> !manifest.namespace().isEmpty())
                .map(manifest -> new Kind(manifest.apiVersion(), manifest.kind()))
                .filter(kind -> !KINDS.contains(kind) && !kind.equals(ACCOUNT))
                .distinct()
                .toList();
        return removeOf(tenant, service, environment, kinds, wanted);
    }

    List<Effect> removeAutoscaler(
            TenantName tenant, ServiceName service, EnvironmentName environment, List<Manifest> wanted) {
        return removeOf(tenant, service, environment, List.of(AUTOSCALER), wanted);
    }

    private List<Effect> removeOf(
            TenantName tenant,
            ServiceName service,
            EnvironmentName environment,
            List<Kind> kinds,
            List<Manifest> wanted) {
        Set<String> kept = wanted.stream().map(Manifest::id).collect(Collectors.toSet());
        return remove(
                tenant,
                service,
                environment,
                kinds,
                found -> !kept.contains(found.id())
                        && Tree.of(found).at("status", "active").number() == 0
                        && isOurs(found, OwnLabels.of(tenant, service, environment)));
    }

    /** All that the chart made, when the service itself goes. */
    List<Effect> removeAll(TenantName tenant, ServiceName service, EnvironmentName environment) {
        List<Effect> effects = new ArrayList<>(remove(tenant, service, environment, KINDS, found -> true));
        effects.addAll(remove(tenant, service, environment, List.of(ACCOUNT), found -> true));
        return effects;
    }

    /** What still runs or was not deleted yet; pods are the last to go. */
    Optional<String> remaining(String namespace, ServiceName service) {
        return Stream.concat(KINDS.stream(), Stream.of(ACCOUNT, POD))
                .flatMap(kind ->
                        cluster.list(kind.apiVersion(), kind.kind(), namespace, LABEL, service.value()).stream())
                .map(Manifest::id)
                .findFirst()
                .map(first -> first + " is still there");
    }

    private List<Effect> remove(
            TenantName tenant,
            ServiceName service,
            EnvironmentName environment,
            List<Kind> kinds,
            Predicate<Manifest> mayGo) {
        String namespace = tenant + "-" + environment;
        List<Effect> effects = new ArrayList<>();
        for (Kind kind : kinds) {
            for (Manifest found : cluster.list(kind.apiVersion(), kind.kind(), namespace, LABEL, service.value())) {
                if (mayGo.test(found) && isOwnerless(found)) {
                    effects.add(cluster.delete(
                            found.apiVersion(),
                            found.kind(),
                            namespace,
                            found.name(),
                            OwnLabels.of(tenant, service, environment)));
                }
            }
        }
        return effects;
    }

    private static boolean isOurs(Manifest found, OwnLabels labels) {
        Tree there = Tree.of(found).at("metadata", "labels");
        return labels.labels().entrySet().stream()
                .allMatch(label -> there.at(label.getKey()).text().equals(label.getValue()));
    }

    /** What somebody else owns goes with its owner, as the Jobs of a CronJob do. */
    private static boolean isOwnerless(Manifest found) {
        return Tree.of(found).at("metadata", "ownerReferences").items().isEmpty();
    }
}
