package io.imaas.model.kubernetes;

import java.io.Serializable;
import java.util.Map;

/**
 * One Kubernetes object as it is applied.
 *
 * @param namespace empty for a cluster-scoped object
 * @param yaml the whole object as one YAML document
 * @param fields the same as values: texts, numbers, booleans, lists and maps; empty where nobody has read them
 */
public record Manifest(
        String apiVersion, String kind, String namespace, String name, String yaml, Map<String, Object> fields)
        implements Serializable {
    /** One whose fields nobody looks into. */
    public Manifest(String apiVersion, String kind, String namespace, String name, String yaml) {
        this(apiVersion, kind, namespace, name, yaml, Map.of());
    }

    /** {@code kind/namespace/name}: its identity in messages and effects. */
    public String id() {
        return kind + "/" + shown();
    }

    /** {@code namespace/name}: what effects call it. */
    public String shown() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
