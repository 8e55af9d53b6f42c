package io.imaas.cli.doctor;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.imaas.model.source.CheckResult;
import java.util.ArrayList;
import java.util.List;

/** Whether the cluster answers and lets us make what an onboarding makes. */
final class ClusterCheck implements Check {
    private static final String NAME = "Cluster";
    /** API group, resource. */
    private static final List<List<String>> MADE = List.of(
            List.of("", "namespaces"),
            List.of("", "resourcequotas"),
            List.of("", "limitranges"),
            List.of("networking.k8s.io", "networkpolicies"),
            List.of("rbac.authorization.k8s.io", "rolebindings"));

    private final Config config;

    ClusterCheck(Config config) {
        this.config = config;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CheckResult look() {
        String server = config.getMasterUrl();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            String version = client.getKubernetesVersion().getGitVersion();
            List<String> refused = new ArrayList<>();
            for (List<String> kind : MADE) {
                if (!mayPatch(client, kind.get(0), kind.get(1))) {
                    refused.add(kind.get(1));
                }
            }
            return refused.isEmpty()
                    ? CheckResult.ok(NAME, server + " is Kubernetes " + version + " and lets us onboard tenants")
                    : CheckResult.fail(
                            NAME,
                            server + " does not let us write " + String.join(", ", refused),
                            "bind a cluster role with the verbs get, create and patch for them to our account");
        } catch (KubernetesClientException e) {
            return CheckResult.fail(
                    NAME,
                    server + " can't be used: " + e.getMessage(),
                    "check the kubeconfig's context, its credentials and the network");
        }
    }

    private static boolean mayPatch(KubernetesClient client, String group, String resource) {
        SelfSubjectAccessReview review = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withGroup(group)
                        .withResource(resource)
                        .withVerb("patch")
                        .endResourceAttributes()
                        .endSpec()
                        .build());
        return Boolean.TRUE.equals(review.getStatus().getAllowed());
    }
}
