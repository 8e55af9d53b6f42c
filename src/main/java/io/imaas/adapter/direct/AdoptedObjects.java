package io.imaas.adapter.direct;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.ChartRenderer;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects that ran before the platform managed them. They get its labels, and nothing else of them changes: an object that does
 * not say that it is the service's keeps what others set in it, and no release could change that.
 */
record AdoptedObjects(ChartRenderer renderer, Cluster cluster) {
    /** Those that are there and say nothing of their service yet. */
    List<Effect> label(Tenant tenant, Service service, EnvironmentName environment) {
        List<Effect> effects = new ArrayList<>();
        String namespace = tenant.namespace(environment);
        OwnLabels owner = OwnLabels.of(tenant.name(), service.name(), environment);
        String kept = service.adopted(environment).map(Adopted::manifests).orElse("");
        for (Manifest object : kept.isEmpty() ? List.<Manifest>of() : renderer.read(kept, namespace)) {
            boolean labelled = cluster
                    .list(
                            object.apiVersion(),
                            object.kind(),
                            namespace,
                            OwnLabels.TENANT,
                            tenant.name().value())
                    .stream()
                    .anyMatch(one -> one.name().equals(object.name()));
            if (!labelled
                    && cluster.get(object.apiVersion(), object.kind(), namespace, object.name())
                            .isPresent()) {
                Applied applied = cluster.ensure(List.of(labels(tenant, object, owner)));
                effects.addAll(applied.effects());
                if (!applied.failures().isEmpty()) {
                    throw new FailureException(applied.failures().get(0)).after(effects);
                }
            }
        }
        return effects;
    }

    private static ClusterObject labels(Tenant tenant, Manifest object, OwnLabels owner) {
        // The platform's name goes into the name under which the API server notes the labels: releases have another
        // one, and
        // what they do not name does not take the labels away.
        Map<String, String> all = new LinkedHashMap<>(owner.labels());
        all.put(OwnLabels.PLATFORM, tenant.platform());
        Map<String, Object> metadata = Map.of("name", object.name(), "namespace", object.namespace(), "labels", all);
        Map<String, Object> fields =
                Map.of("apiVersion", object.apiVersion(), "kind", object.kind(), "metadata", metadata);
        return new ClusterObject(
                object.apiVersion(),
                object.kind(),
                object.namespace(),
                object.name(),
                new OwnLabels(all),
                fields,
                true);
    }

    /** Takes the labels away again from what {@link #label} gave them. */
    List<Effect> restore(Tenant tenant, EnvironmentName environment, List<Effect> made) {
        List<Effect> effects = new ArrayList<>();
        for (Effect effect : made) {
            if (effect.kind() == Effect.Kind.UPDATED && !effect.replaced().isEmpty()) {
                OwnLabels owner = new OwnLabels(Map.of(OwnLabels.PLATFORM, tenant.platform()));
                effects.add(cluster.restore(new ClusterObject(
                        String.valueOf(effect.replaced().get("apiVersion")),
                        effect.type(),
                        tenant.namespace(environment),
                        effect.name().substring(effect.name().indexOf('/') + 1),
                        owner,
                        effect.replaced())));
            }
        }
        return effects;
    }
}
