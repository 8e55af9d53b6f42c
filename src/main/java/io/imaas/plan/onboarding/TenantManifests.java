package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.ContainerDefaults;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.Part;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tenant's space for an environment, as objects in the order in which they are applied: first the namespace, then its
 * limits, then who may talk to whom, then who may look, then how it is watched. Nothing may run before it is limited.
 *
 * @param today in the platform's time zone: from the day of its tombstone on, a tenant is nobody's neighbour
 */
public record TenantManifests(OnboardingPolicy policy, LocalDate today) implements Serializable {
    private static final String POD_SECURITY_VERSION = "v1.32";

    /** Kinds of which a flood would slow the whole cluster down. */
    private static final List<String> COUNTED = List.of(
            "configmaps",
            "secrets",
            "services",
            "persistentvolumeclaims",
            "count/deployments.apps",
            "count/jobs.batch",
            "count/cronjobs.batch",
            "count/ingresses.networking.k8s.io");

    /**
     * @param catalog all tenants: calls need an open door on both sides
     * @param environment one of the tenant's
     */
    public List<ClusterObject> of(Catalog catalog, Tenant tenant, Environment environment) {
        Space space = new Space(tenant, environment.name());
        List<ClusterObject> manifests = new ArrayList<>();
        manifests.add(namespace(policy, space));
        // What would change how pods run that were there before, be it those that start next, waits.
        if (!environment.adopted()) {
            part(Part.QUOTA, List.of(quota(space)), manifests);
            part(Part.LIMITS, List.of(limits(space)), manifests);
            part(Part.NETWORK, new NetworkRules(space, policy, today).of(catalog), manifests);
            part(Part.ACCOUNT, List.of(serviceAccount(space)), manifests);
        }
        part(Part.ACCESS, new Access(space, policy).all(), manifests);
        // Those with a tombstone that is due are not the tenant's any more, and what they had goes.
        List<Service> known = catalog.tenant(tenant.name()).orElse(tenant).services();
        manifests.addAll(new ServiceSecrets(space, policy.secrets()).of(known));
        manifests.addAll(new Routes(space, policy.gateway()).of(known));
        Watching watching = new Watching(space);
        part(Part.DASHBOARDS, List.of(watching.dashboard()), manifests);
        if (!tenant.isPreviewSpace()) {
            // Nobody is woken by a trial.
            part(Part.MONITORING, watching.alerting(), manifests);
        }
        manifests.addAll(new PolicyObjects(catalog).parametersIn(space));
        return List.copyOf(manifests);
    }

    /** Of a part that is switched off, what was made before goes. */
    private void part(Part part, List<ClusterObject> objects, List<ClusterObject> into) {
        boolean made = policy.makes(part);
        objects.forEach(object -> into.add(made ? object : object.gone()));
    }

    /** The namespace itself. */
    public static ClusterObject namespace(OnboardingPolicy policy, Tenant tenant, EnvironmentName environment) {
        return namespace(policy, new Space(tenant, environment));
    }

    private static ClusterObject namespace(OnboardingPolicy policy, Space space) {
        Map<String, Object> labels = space.labels();
        // Pods that were there before may need more than that, and they must be able to start again.
        List<String> modes = space.tenant().adopts(space.environment())
                ? List.of("audit", "warn")
                : List.of("enforce", "audit", "warn");
        for (String mode : policy.makes(Part.POD_SECURITY) ? modes : List.<String>of()) {
            labels.put("pod-security.kubernetes.io/" + mode, "restricted");
            labels.put("pod-security.kubernetes.io/" + mode + "-version", POD_SECURITY_VERSION);
        }
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put("imaas.io/display-name", space.tenant().displayName());
        annotations.put("imaas.io/contact", space.tenant().contact());
        annotations.put("imaas.io/owners", String.join(", ", space.tenant().owners()));
        Map<String, Object> metadata =
                Space.fields("name", space.namespace(), "labels", labels, "annotations", annotations);
        return space.whole("v1", "Namespace", "", metadata, Map.of());
    }

    /** In each environment the whole of it: environments do not take from each other. */
    private static ClusterObject quota(Space space) {
        Quota quota = space.tenant().quota();
        Map<String, Object> hard = new LinkedHashMap<>();
        hard.put("requests.cpu", quota.cpu());
        hard.put("requests.memory", quota.memory());
        hard.put("limits.memory", quota.memory());
        hard.put("requests.storage", quota.storage());
        hard.put("pods", String.valueOf(quota.pods()));
        COUNTED.forEach(kind -> hard.put(kind, String.valueOf(quota.objects())));
        hard.put("services.nodeports", "0");
        hard.put("services.loadbalancers", "0");
        return space.object("v1", "ResourceQuota", "tenant", Map.of("spec", Map.of("hard", hard)));
    }

    /** For what forgets to say what it needs: under a quota it would not start at all. */
    private static ClusterObject limits(Space space) {
        ContainerDefaults usual = ContainerDefaults.USUAL;
        String disk = ContainerDefaults.DISK;
        Map<String, Object> requests = Space.fields("cpu", usual.cpu(), "memory", usual.memory(), disk, usual.disk());
        Map<String, Object> limits = Space.fields("memory", usual.memoryLimit(), disk, usual.diskLimit());
        Map<String, Object> container = Space.fields(
                "type",
                "Container",
                "defaultRequest",
                requests,
                "default",
                limits,
                "max",
                Map.of(disk, ContainerDefaults.MOST_DISK));
        return space.object("v1", "LimitRange", "tenant", Map.of("spec", Map.of("limits", List.of(container))));
    }

    private ClusterObject serviceAccount(Space space) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("automountServiceAccountToken", false);
        if (policy.pulls().isOn()) {
            body.put("imagePullSecrets", List.of(Map.of("name", policy.pulls().name())));
        }
        return space.object("v1", "ServiceAccount", "default", body);
    }

    /** Who may do what in a space. People look; what changes, changes in Git. */
    private record Access(Space space, OnboardingPolicy policy) implements Serializable {
        private static final String GROUP = "rbac.authorization.k8s.io";
        private static final String API = GROUP + "/v1";

        /** A role that nobody has any more is taken away. */
        List<ClusterObject> all() {
            List<Map<String, Object>> developers =
                    space.tenant().developers().stream().map(Access::person).toList();
            return List.of(
                    binding(
                            "owners",
                            "view",
                            space.tenant().owners().stream().map(Access::person).toList()),
                    binding("developers", "view", developers),
                    binding("developers-exec", "imaas-exec", mayExec() ? developers : List.of()),
                    binding("deployer", "imaas-rollouts", deployer()));
        }

        private boolean mayExec() {
            return policy.execIn().contains(space.environment());
        }

        private List<Map<String, Object>> deployer() {
            int slash = policy.deployer().indexOf('/');
            return slash < 0
                    ? List.of()
                    : List.of(Map.of(
                            "kind",
                            "ServiceAccount",
                            "namespace",
                            policy.deployer().substring(0, slash),
                            "name",
                            policy.deployer().substring(slash + 1)));
        }

        private ClusterObject binding(String name, String role, List<Map<String, Object>> subjects) {
            if (subjects.isEmpty()) {
                return space.absent(API, "RoleBinding", name);
            }
            Map<String, Object> given = Map.of("apiGroup", GROUP, "kind", "ClusterRole", "name", role);
            return space.object(API, "RoleBinding", name, Space.fields("roleRef", given, "subjects", subjects));
        }

        /** {@code @org/team} is the group {@code org:team}, the form in which Dex and others hand GitHub teams on. */
        private static Map<String, Object> person(String who) {
            String name = who.startsWith("@") ? who.substring(1) : who;
            int slash = name.indexOf('/');
            return Map.of(
                    "apiGroup",
                    GROUP,
                    "kind",
                    slash < 0 ? "User" : "Group",
                    "name",
                    slash < 0 ? name : name.substring(0, slash) + ":" + name.substring(slash + 1));
        }
    }
}
