package io.imaas.model.kubernetes;

import java.io.Serializable;

/**
 * One Kubernetes object as it is applied.
 *
 * @param namespace empty for a cluster-scoped object
 * @param yaml the whole object as one YAML document
 */
public record Manifest(String apiVersion, String kind, String namespace, String name, String yaml)
        implements Serializable {
    /** {@code kind/namespace/name}: its identity in messages and effects. */
    public String id() {
        return kind + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
