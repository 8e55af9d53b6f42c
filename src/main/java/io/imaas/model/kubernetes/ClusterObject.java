package io.imaas.model.kubernetes;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * One Kubernetes object as the platform wants it, as values.
 *
 * @param namespace empty for a cluster-scoped object
 * @param owner the labels that say whose it is; they are among its fields too
 * @param fields the whole object, from {@code apiVersion} on; texts, numbers, booleans, lists and maps; empty: the object
 *     is not wanted any more
 * @param adopted whether one that is there and says nothing of its owner may be taken over
 */
public record ClusterObject(
        String apiVersion,
        String kind,
        String namespace,
        String name,
        OwnLabels owner,
        Map<String, Object> fields,
        boolean adopted)
        implements Serializable {
    /** Kinds that limit a tenant or give access: what others changed there is taken back from them. */
    public static final Set<String> PROTECTED = Set.of(
            "Namespace",
            "ResourceQuota",
            "LimitRange",
            "NetworkPolicy",
            "RoleBinding",
            "SecretStore",
            "ExternalSecret",
            "HTTPRoute",
            "SecurityPolicy",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    /** One that the platform makes itself. */
    public ClusterObject(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            OwnLabels owner,
            Map<String, Object> fields) {
        this(apiVersion, kind, namespace, name, owner, fields, false);
    }

    /** One that is not wanted any more: where it is there and ours, it goes. */
    public static ClusterObject absent(String apiVersion, String kind, String namespace, String name, OwnLabels owner) {
        return new ClusterObject(apiVersion, kind, namespace, name, owner, Map.of());
    }

    /** The same, wanted no more. */
    public ClusterObject gone() {
        return absent(apiVersion, kind, namespace, name, owner);
    }

    public boolean isAbsent() {
        return fields.isEmpty();
    }

    /** Kubernetes makes the account 'default' itself: wanted no more, it stays without what the platform wrote into it. */
    public boolean stays() {
        return kind.equals("ServiceAccount");
    }

    /** Whether a cluster without its kind is used all the same: monitoring keeps nobody out. */
    public boolean isOptional() {
        return apiVersion.startsWith("monitoring.");
    }

    /** {@code kind/namespace/name}, as {@link Manifest#id()}. */
    public String id() {
        return kind + "/" + shown();
    }

    /** Whether others lie in it. */
    public boolean isNamespace() {
        return kind.equals("Namespace");
    }

    /** The same with other fields. */
    public ClusterObject with(Map<String, Object> others) {
        return new ClusterObject(apiVersion, kind, namespace, name, owner, others, adopted);
    }

    /** Whether it only ever takes from what the tenant may do: a quota, limits, a policy that lets nothing through. */
    public boolean limits() {
        boolean shut = kind.equals("NetworkPolicy")
                && fields.get("spec") instanceof Map<?, ?> spec
                && !spec.containsKey("ingress")
                && !spec.containsKey("egress");
        return shut || kind.equals("ResourceQuota") || kind.equals("LimitRange");
    }

    /** {@code namespace/name}: what effects call it. */
    public String shown() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
