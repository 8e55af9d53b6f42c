package io.imaas.cli.doctor;

import io.imaas.adapter.kubernetes.KubernetesCluster;
import io.imaas.model.kubernetes.ClusterObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether the cluster answers and gives our account the documented rights.
 *
 * @param direct whether rollouts go to the cluster without Argo CD
 * @param space what onboarding makes for some tenant
 * @param namespaces those of tenants, where rights are asked for that are not given in all of the cluster
 */
record ClusterCheck(String context, boolean direct, List<ClusterObject> space, Set<String> namespaces)
        implements Supplier<CheckResult> {
    @Override
    public CheckResult get() {
        try (KubernetesCluster cluster = KubernetesCluster.connect(context)) {
            return check(cluster);
        }
    }

    /** All that is wrong at once: who puts one thing right and asks again waits for the next. */
    CheckResult check(KubernetesCluster cluster) {
        List<String> found = new ArrayList<>();
        List<String> fixes = new ArrayList<>();
        List<String> refused = new ArrayList<>(cluster.missingRights("imaas-onboarding", namespaces));
        if (direct) {
            refused.addAll(cluster.missingRights("imaas-rollouts", namespaces));
        }
        if (!refused.isEmpty()) {
            found.add("does not let us " + String.join(", ", refused));
            fixes.add("apply the cluster roles of docs/rights.md and bind them to our account");
        }
        List<String> needed = cluster.unknownKinds(
                space.stream().filter(object -> !object.isOptional()).toList());
        if (!needed.isEmpty()) {
            found.add("does not know " + String.join(", ", needed) + ", so onboarding will fail");
            fixes.add("install their definitions, or take their section out of 'onboarding' in platform.yaml");
        }
        boolean failed = !found.isEmpty();
        List<String> unknown = new ArrayList<>(cluster.unknownKinds(space));
        unknown.removeAll(needed);
        if (!unknown.isEmpty()) {
            found.add("does not know " + String.join(", ", unknown));
            fixes.add("install their definitions, or switch these parts off: section 'onboarding' of platform.yaml");
        }
        List<String> deletions = cluster.missingRights("imaas-offboarding", namespaces);
        if (!deletions.isEmpty()) {
            found.add("does not let us " + String.join(", ", deletions) + ", which offboarding needs");
            fixes.add("bind the cluster role imaas-offboarding to our account before the first tenant is to go");
        }
        if (!cluster.protectsSpaces().orElse(true)) {
            found.add(
                    "has no policy that protects what onboarding makes: an account with wide rights, such as Argo CD's, may"
                            + " change it");
            fixes.add("kubectl apply -f resources/rbac/space.yaml, see docs/rights.md");
        }
        String server = cluster.address() + " is Kubernetes " + cluster.version() + " and ";
        if (found.isEmpty()) {
            return CheckResult.ok(server + "lets us onboard and offboard tenants");
        }
        String all = server + String.join("; it ", found);
        String fix = String.join("; ", fixes);
        return failed ? CheckResult.fail(all, fix) : CheckResult.warn(all, fix);
    }
}
