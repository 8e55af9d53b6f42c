package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.ContainerDefaults;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.ClusterServices;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tenant's space for an environment, as objects in the order in which they are applied: first the namespace, then its
 * limits, then who may talk to whom, then who may look, then how it is watched. Nothing may run before it is limited.
 */
public final class TenantManifests {
    private static final String POD_SECURITY_VERSION = "v1.32";

    private final ClusterServices services;
    private final LocalDate today;

    /** @param today in the platform's time zone: from the day of its tombstone on, a tenant is nobody's neighbour */
    public TenantManifests(ClusterServices services, LocalDate today) {
        this.services = services;
        this.today = today;
    }

    /**
     * @param catalog all tenants: calls need an open door on both sides
     * @param environment one of the tenant's
     */
    public List<ClusterObject> of(Catalog catalog, Tenant tenant, Environment environment) {
        Space space = new Space(tenant, environment.name());
        List<ClusterObject> manifests = new ArrayList<>();
        manifests.add(namespace(space));
        manifests.add(quota(space));
        manifests.add(limits(space));
        manifests.addAll(new NetworkRules(space, services, today).of(catalog));
        manifests.add(serviceAccount(space));
        manifests.add(owners(space));
        manifests.addAll(new Watching(space, services).all());
        manifests.addAll(new PolicyObjects(catalog).parametersIn(space));
        return List.copyOf(manifests);
    }

    /** The namespace itself. */
    public static ClusterObject namespace(Tenant tenant, EnvironmentName environment) {
        return namespace(new Space(tenant, environment));
    }

    private static ClusterObject namespace(Space space) {
        Map<String, Object> labels = space.labels();
        for (String mode : List.of("enforce", "audit", "warn")) {
            labels.put("pod-security.kubernetes.io/" + mode, "restricted");
            labels.put("pod-security.kubernetes.io/" + mode + "-version", POD_SECURITY_VERSION);
        }
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put("imaas.io/display-name", space.tenant().displayName());
        annotations.put("imaas.io/contact", space.tenant().contact());
        annotations.put("imaas.io/owners", String.join(", ", space.tenant().owners()));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", space.namespace());
        metadata.put("labels", labels);
        metadata.put("annotations", annotations);
        return space.whole("v1", "Namespace", "", metadata, Map.of());
    }

    /** In each environment the whole of it: environments do not take from each other. */
    private static ClusterObject quota(Space space) {
        Map<String, Object> hard = new LinkedHashMap<>();
        hard.put("requests.cpu", space.tenant().quota().cpu());
        hard.put("requests.memory", space.tenant().quota().memory());
        hard.put("limits.memory", space.tenant().quota().memory());
        hard.put("pods", String.valueOf(space.tenant().quota().pods()));
        hard.put("services.nodeports", "0");
        hard.put("services.loadbalancers", "0");
        return space.object("v1", "ResourceQuota", "tenant", Map.of("spec", Map.of("hard", hard)));
    }

    /** For what forgets to say what it needs: under a quota it would not start at all. */
    private static ClusterObject limits(Space space) {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("type", "Container");
        container.put(
                "defaultRequest",
                ordered("cpu", ContainerDefaults.USUAL.cpu(), "memory", ContainerDefaults.USUAL.memory()));
        container.put("default", ordered("memory", ContainerDefaults.USUAL.memoryLimit()));
        return space.object("v1", "LimitRange", "tenant", Map.of("spec", Map.of("limits", List.of(container))));
    }

    private ClusterObject serviceAccount(Space space) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("automountServiceAccountToken", false);
        if (!services.pullSecret().isEmpty()) {
            body.put("imagePullSecrets", List.of(Map.of("name", services.pullSecret())));
        }
        return space.object("v1", "ServiceAccount", "default", body);
    }

    /** Owners look; what changes, changes in Git. */
    private static ClusterObject owners(Space space) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("roleRef", ordered("apiGroup", "rbac.authorization.k8s.io", "kind", "ClusterRole", "name", "view"));
        body.put(
                "subjects",
                space.tenant().owners().stream().map(TenantManifests::subject).toList());
        return space.object("rbac.authorization.k8s.io/v1", "RoleBinding", "owners", body);
    }

    /** {@code @org/team} is the group {@code org:team}, the form in which Dex and others hand GitHub teams on. */
    private static Map<String, Object> subject(String owner) {
        String name = owner.startsWith("@") ? owner.substring(1) : owner;
        int slash = name.indexOf('/');
        return ordered(
                "apiGroup",
                "rbac.authorization.k8s.io",
                "kind",
                slash < 0 ? "User" : "Group",
                "name",
                slash < 0 ? name : name.substring(0, slash) + ":" + name.substring(slash + 1));
    }

    private static Map<String, Object> ordered(String... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
