package io.imaas.adapter.helm;

import java.util.Set;

/**
 * Kubernetes' own kinds that live in no namespace (kubernetes.io, "API concepts"). A chart that leaves the namespace
 * out means the release's, except for these.
 */
final class ClusterScoped {
    private static final Set<String> KINDS = Set.of(
            "Namespace",
            "Node",
            "PersistentVolume",
            "StorageClass",
            "IngressClass",
            "PriorityClass",
            "RuntimeClass",
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "APIService",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    private ClusterScoped() {}

    static boolean is(String kind) {
        return KINDS.contains(kind);
    }
}
