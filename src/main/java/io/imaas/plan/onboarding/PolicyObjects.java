package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.policy.PolicySet;
import io.imaas.model.policy.PolicySet.PolicyParameters;
import io.imaas.model.tenancy.Catalog;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The platform's admission policies as objects of the cluster: a second fence, for whatever the gate did not see. */
record PolicyObjects(Catalog catalog) implements Serializable {
    /** Parameters of no tenant first, then the policies, then what puts them into force. */
    List<ClusterObject> all() {
        PolicySet policies = catalog.policies();
        if (policies.isEmpty()) {
            return List.of();
        }
        Set<String> spaces = catalog.tenants().stream()
                .flatMap(tenant -> tenant.environments().stream().map(one -> tenant.namespace(one.name())))
                .collect(Collectors.toSet());
        OwnLabels owner = OwnLabels.ofPlatform(catalog.platform().name());
        List<ClusterObject> objects = new ArrayList<>();
        policies.parameters().stream()
                .filter(one -> !spaces.contains(one.namespace()) && !catalog.mayBeOfBroken(one.namespace()))
                .forEach(one -> objects.add(object(owner, one.namespace(), one.name(), one.fields())));
        policies.policies().forEach(one -> objects.add(object(owner, "", one.name(), one.fields())));
        policies.bindings().forEach(one -> objects.add(object(owner, "", one.name(), one.fields())));
        return objects;
    }

    /** What an earlier state of the platform's files put there and this one does not: what is in force goes first. */
    List<ClusterObject> goneSince(Catalog before) {
        Set<String> wanted = all().stream().map(ClusterObject::id).collect(Collectors.toSet());
        List<ClusterObject> gone = new ArrayList<>();
        for (ClusterObject old : new PolicyObjects(before).all()) {
            if (!wanted.contains(old.id()) && !catalog.mayBeOfBroken(old.namespace())) {
                gone.add(
                        0,
                        ClusterObject.absent(old.apiVersion(), old.kind(), old.namespace(), old.name(), old.owner()));
            }
        }
        return gone;
    }

    /** Parameters that policies look for in a tenant's own namespace. */
    List<ClusterObject> parametersIn(Space space) {
        return catalog.policies().parameters().stream()
                .filter(one -> one.namespace().equals(space.namespace()))
                .map(one -> parameters(space, one))
                .toList();
    }

    private static ClusterObject parameters(Space space, PolicyParameters one) {
        Map<String, Object> body = new LinkedHashMap<>(one.fields());
        body.keySet().removeAll(Set.of("apiVersion", "kind", "metadata"));
        return space.object("v1", "ConfigMap", one.name(), one.labels(), body);
    }

    private static ClusterObject object(OwnLabels owner, String namespace, String name, Map<String, Object> fields) {
        Map<String, Object> metadata = map(fields.get("metadata"));
        Map<String, Object> labels = map(metadata.get("labels"));
        labels.putAll(owner.labels());
        metadata.put("labels", labels);
        Map<String, Object> whole = new LinkedHashMap<>(fields);
        whole.put("metadata", metadata);
        return new ClusterObject(
                String.valueOf(fields.get("apiVersion")),
                String.valueOf(fields.get("kind")),
                namespace,
                name,
                owner,
                whole);
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, one) -> copy.put(String.valueOf(key), one));
        }
        return copy;
    }
}
