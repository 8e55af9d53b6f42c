package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
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
