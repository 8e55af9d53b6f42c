package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The cluster roles that the documentation tells administrators to apply, asked for right by right: what is documented and
 * what is checked is the same file.
 */
record ClusterRights(KubernetesClient client) {
    private static final String ROLES = "/rbac/kubernetes.yaml";

    /** Which rights of a role our account lacks in all namespaces, such as {@code patch namespaces}; empty: none. */
    List<String> missing(String role) {
        List<String> missing = new ArrayList<>();
        for (PolicyRule rule : role(role).getRules()) {
            List<String> names = rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
            for (String resource : rule.getResources()) {
                for (String name : names) {
                    List<String> refused = rule.getVerbs().stream()
                            .filter(Predicate.not(
                                    verb -> may(rule.getApiGroups().get(0), resource, name, verb)))
                            .toList();
                    if (!refused.isEmpty()) {
                        missing.add(String.join("/", refused) + " " + resource + (name.isEmpty() ? "" : " " + name));
                    }
                }
            }
        }
        return missing;
    }

    private boolean may(String group, String resource, String name, String verb) {
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(group)
                .withResource(resource)
                .withName(name)
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        return Boolean.TRUE.equals(client.resource(review).create().getStatus().getAllowed());
    }

    private ClusterRole role(String name) {
        try (InputStream roles = ClusterRights.class.getResourceAsStream(ROLES)) {
            return client.load(roles).items().stream()
                    .filter(found -> found.getMetadata().getName().equals(name))
                    .map(ClusterRole.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
