package io.imaas.cli.doctor;

import io.imaas.adapter.kubernetes.KubernetesCluster;
import io.imaas.model.kubernetes.ClusterObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether the cluster answers and gives our account the documented rights.
 *
 * @param direct whether rollouts go to the cluster without Argo CD
 * @param space what onboarding makes for some tenant
 */
record ClusterCheck(String context, boolean direct, List<ClusterObject> space) implements Supplier<CheckResult> {
    @Override
    public CheckResult get() {
        try (KubernetesCluster cluster = KubernetesCluster.connect(context)) {
            String found = cluster.address() + " is Kubernetes " + cluster.version();
            List<String> refused = new ArrayList<>(cluster.missingRights("imaas-onboarding"));
            if (direct) {
                refused.addAll(cluster.missingRights("imaas-rollouts"));
            }
            if (!refused.isEmpty()) {
                return CheckResult.fail(
                        found + " and does not let us " + String.join(", ", refused),
                        "apply the cluster roles of docs/rights.md and bind them to our account");
            }
            List<String> needed = cluster.unknownKinds(
                    space.stream().filter(object -> !object.isOptional()).toList());
            if (!needed.isEmpty()) {
                return CheckResult.fail(
                        found + " and does not know " + String.join(", ", needed) + ", so onboarding will fail",
                        "install their definitions, or take their section out of 'onboarding' in platform.yaml");
            }
            List<String> unknown = cluster.unknownKinds(space);
            if (!unknown.isEmpty()) {
                return CheckResult.warn(
                        found + " and does not know " + String.join(", ", unknown),
                        "install their definitions, or switch these parts off: section 'onboarding' of platform.yaml");
            }
            List<String> deletions = cluster.missingRights("imaas-offboarding");
            return deletions.isEmpty()
                    ? CheckResult.ok(found + " and lets us onboard and offboard tenants")
                    : CheckResult.warn(
                            found + ", lets us onboard tenants and not " + String.join(", ", deletions),
                            "bind the cluster role imaas-offboarding to our account before the first tenant is to go");
        }
    }
}
