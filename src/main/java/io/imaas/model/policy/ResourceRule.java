package io.imaas.model.policy;

import java.io.Serializable;
import java.util.List;

/**
 * Which requests to the API server a policy is about; {@code *} stands for all.
 *
 * @param resources plural names such as {@code deployments}, also with a subresource: {@code pods/exec}
 * @param operations {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code CONNECT}
 * @param names of objects; none: any
 * @param scope {@code *}, {@code Namespaced} or {@code Cluster}
 */
public record ResourceRule(
        List<String> groups,
        List<String> versions,
        List<String> resources,
        List<String> operations,
        List<String> names,
        String scope)
        implements Serializable {
    public ResourceRule {
        groups = List.copyOf(groups);
        versions = List.copyOf(versions);
        resources = List.copyOf(resources);
        operations = List.copyOf(operations);
        names = List.copyOf(names);
    }

    /** Whether it is about such a request, whatever the version of its object. */
    public boolean matches(String group, String resource, String operation, String name, boolean namespaced) {
        return any(groups, group)
                && resources.stream().anyMatch(rule -> isAbout(rule, resource))
                && any(operations, operation)
                && (names.isEmpty() || names.contains(name))
                && (scope.equals("*") || scope.equals(namespaced ? "Namespaced" : "Cluster"));
    }

    public boolean matchesVersion(String version) {
        return any(versions, version);
    }

    /** {@code pods/*} is about pods themselves too; {@code pods/exec} is not. */
    private static boolean isAbout(String rule, String resource) {
        int slash = rule.indexOf('/');
        String whole = slash < 0 ? rule : rule.substring(0, slash);
        return (whole.equals("*") || whole.equals(resource)) && (slash < 0 || rule.endsWith("/*"));
    }

    private static boolean any(List<String> allowed, String value) {
        return allowed.contains("*") || allowed.contains(value);
    }
}
