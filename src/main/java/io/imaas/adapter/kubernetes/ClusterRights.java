package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cluster roles that the documentation tells administrators to apply, asked for right by right: what is documented and
 * what is checked is the same file.
 *
 * @param namespaces where the account works; a right that it lacks in all of the cluster may be given in each of these
 */
record ClusterRights(KubernetesClient client, Set<String> namespaces) {
    private static final String ROLES = "/rbac/kubernetes.yaml";
    /** Objects of the whole cluster: no namespace gives a right to them, or to make a namespace or to list them all. */
    private static final Set<String> WHOLE =
            Set.of("clusterroles", "validatingadmissionpolicies", "validatingadmissionpolicybindings");

    private static final Set<String> WHOLE_VERBS = Set.of("create", "list");

    /** Which rights of a role our account lacks, such as {@code patch configmaps in orders-dev}; empty: none. */
    List<String> missing(String role) {
        List<String> missing = new ArrayList<>();
        for (PolicyRule rule : role(role).getRules()) {
            List<String> names = rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
            for (String resource : rule.getResources()) {
                for (String name : names) {
                    Map<String, List<String>> refused = new LinkedHashMap<>();
                    for (String verb : rule.getVerbs()) {
                        refused(rule.getApiGroups().get(0), resource, name, verb)
                                .forEach(where -> refused.computeIfAbsent(where, first -> new ArrayList<>())
                                        .add(verb));
                    }
                    refused.forEach((where, verbs) -> missing.add(
                            String.join("/", verbs) + " " + resource + (name.isEmpty() ? "" : " " + name) + where));
                }
            }
        }
        return missing;
    }

    /** Where a right is lacking, as words; the whole cluster is no word. */
    private List<String> refused(String group, String resource, String name, String verb) {
        if (may(group, resource, name, verb, "")) {
            return List.of();
        }
        Set<String> places = resource.equals("leases") ? Set.of(RunLease.NAMESPACE) : namespaces;
        boolean whole = WHOLE.contains(resource) || (resource.equals("namespaces") && WHOLE_VERBS.contains(verb));
        if (whole || places.isEmpty()) {
            return List.of("");
        }
        return places.stream()
                .filter(place -> !may(group, resource, name, verb, place))
                .map(place -> " in " + place)
                .toList();
    }

    private boolean may(String group, String resource, String name, String verb, String namespace) {
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(group)
                .withResource(resource)
                .withName(name)
                .withVerb(verb)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        // A server that gives no status has allowed nothing.
        var status = client.resource(review).create().getStatus();
        return status != null && Boolean.TRUE.equals(status.getAllowed());
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
