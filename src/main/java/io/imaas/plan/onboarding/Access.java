package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.tenancy.OnboardingPolicy;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** Who may do what in a space. People look; what changes, changes in Git. */
record Access(Space space, OnboardingPolicy policy) implements Serializable {
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
