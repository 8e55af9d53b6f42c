package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of an object that the API server has noted as ours (kubernetes.io, "Server-Side Apply", field management). */
final class OwnedFields {
    private OwnedFields() {}

    /**
     * Whether we own something there, and nothing that we no longer want: applying what is wanted, with the same values,
     * would change nothing.
     */
    static boolean match(GenericKubernetesResource found, String manager, Map<String, Object> wanted) {
        return entry(found, manager)
                .map(ours -> within(ours.getFieldsV1().getAdditionalProperties(), wanted))
                .orElse(false);
    }

    private static Optional<ManagedFieldsEntry> entry(GenericKubernetesResource found, String manager) {
        return found.getMetadata().getManagedFields().stream()
                .filter(entry -> manager.equals(entry.getManager())
                        && "Apply".equals(entry.getOperation())
                        && entry.getSubresource() == null)
                .findFirst();
    }

    /**
     * What of an object is ours: applying it again gives our fields the values that they have now, gives up what became ours
     * since, and touches nothing of others.
     *
     * @param fields of the whole object
     */
    static Map<String, Object> of(GenericKubernetesResource found, String manager, Map<String, Object> fields) {
        Map<String, Object> ours = new LinkedHashMap<>();
        entry(found, manager)
                .map(entry -> project(entry.getFieldsV1().getAdditionalProperties(), fields))
                .ifPresent(projected -> ((Map<?, ?>) projected).forEach((name, value) -> ours.put("" + name, value)));
        Map<Object, Object> metadata = new LinkedHashMap<>();
        if (ours.get("metadata") instanceof Map<?, ?> some) {
            metadata.putAll(some);
        }
        metadata.put("name", found.getMetadata().getName());
        if (found.getMetadata().getNamespace() != null) {
            metadata.put("namespace", found.getMetadata().getNamespace());
        }
        ours.put("apiVersion", found.getApiVersion());
        ours.put("kind", found.getKind());
        ours.put("metadata", metadata);
        return ours;
    }

    /** A field without parts is ours as a whole. */
    private static Object project(Map<?, ?> owned, Object value) {
        if (owned.isEmpty()) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> part = new LinkedHashMap<>();
            map.forEach((name, field) -> {
                if (owned.get("f:" + name) instanceof Map<?, ?> below) {
                    part.put(name, project(below, field));
                }
            });
            return part;
        }
        return value instanceof List<?> list ? elements(owned, list) : value;
    }

    private static List<Object> elements(Map<?, ?> owned, List<?> list) {
        List<Object> part = new ArrayList<>();
        for (Object element : list) {
            owned.forEach((name, below) -> {
                if (names(String.valueOf(name), element)) {
                    part.add(project((Map<?, ?>) below, element));
                }
            });
        }
        return part;
    }

    /** Elements are named by their keys, {@code k:{"port":80}}, or by themselves, {@code v:"finalizer"}. */
    private static boolean names(String name, Object element) {
        if (name.startsWith("k:") && element instanceof Map<?, ?> map) {
            Map<?, ?> keys = Serialization.unmarshal(name.substring(2), Map.class);
            return keys.entrySet().stream().allMatch(key -> key.getValue().equals(map.get(key.getKey())));
        }
        return name.startsWith("v:") && element.equals(Serialization.unmarshal(name.substring(2), Object.class));
    }

    private static boolean within(Map<?, ?> owned, Object wanted) {
        return owned.entrySet().stream().allMatch(field -> {
            String name = String.valueOf(field.getKey());
            if (!name.startsWith("f:")) {
                // The object itself, or an element of a list, which is compared by its values.
                return true;
            }
            Object value = wanted instanceof Map<?, ?> map ? map.get(name.substring(2)) : null;
            return value != null && within((Map<?, ?>) field.getValue(), value);
        });
    }
}
