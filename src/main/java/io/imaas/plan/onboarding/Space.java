package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A tenant's namespace for an environment, and how objects in it look. */
record Space(Tenant tenant, EnvironmentName environment) implements java.io.Serializable {
    String namespace() {
        return tenant.namespace(environment);
    }

    /** Whether a service of the tenant is one that stays, and comes to this environment; as a preview each may. */
    boolean runs(Service service) {
        return tenant.service(service.name())
                .filter(staying ->
                        tenant.isPreviewSpace() || staying.environments().contains(environment))
                .isPresent();
    }

    /** On every object: whose it is. A new map each time, for whoever adds to it. */
    Map<String, Object> labels() {
        return new LinkedHashMap<>(owner().labels());
    }

    private OwnLabels owner() {
        return OwnLabels.of(tenant, environment);
    }

    /** Keys and values by turns, in this order. */
    static Map<String, Object> fields(Object... keysAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return fields;
    }

    ClusterObject object(String apiVersion, String kind, String name, Map<String, Object> body) {
        return object(apiVersion, kind, name, Map.of(), body);
    }

    ClusterObject object(
            String apiVersion, String kind, String name, Map<String, Object> moreLabels, Map<String, Object> body) {
        Map<String, Object> labels = labels();
        labels.putAll(moreLabels);
        Map<String, Object> metadata = fields("name", name, "namespace", namespace(), "labels", labels);
        return whole(apiVersion, kind, namespace(), metadata, body);
    }

    ClusterObject absent(String apiVersion, String kind, String name) {
        return ClusterObject.absent(apiVersion, kind, namespace(), name, owner());
    }

    ClusterObject whole(
            String apiVersion, String kind, String namespace, Map<String, Object> metadata, Map<String, Object> body) {
        Map<String, Object> object = fields("apiVersion", apiVersion, "kind", kind, "metadata", metadata);
        object.putAll(body);
        return new ClusterObject(
                apiVersion,
                kind,
                namespace,
                String.valueOf(metadata.get("name")),
                owner(),
                object,
                tenant.adopts(environment));
    }
}
