package io.imaas.plan.onboarding;

import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The first content of the environments' branches: the same on all of them, but for releases of what ran before. */
final class GitOpsSkeleton {
    private GitOpsSkeleton() {}

    static Map<String, String> files(Tenant tenant, EnvironmentName here, OnboardingPolicy policy) {
        Map<String, String> files = new TreeMap<>();
        files.put(
                "README.md",
                """
                # GitOps of tenant %s

                One branch an environment. `services/<service>/release.yaml` says what runs and is written by the
                orchestrator; `values.yaml` holds the values common to all environments; `env/<environment>.yaml` holds
                one environment's own. Merging a branch forward promotes.
                """
                        .formatted(tenant.name()));
        // In Jenkins: what people merge to a branch is reviewed by the gates, and its rollouts are followed.
        files.put("Jenkinsfile", "@Library('imaas') _\nimaasDelivery()\n");
        files.put(GitOpsPaths.OWNERS, owners(tenant));
        for (Service service : tenant.services()) {
            files.put(
                    GitOpsPaths.values(service.name()),
                    "# Values of " + service.name() + " in every environment; they move with merges.\n"
                            + "tenant: " + tenant.name() + "\n"
                            + "service: " + service.name() + "\n"
                            + "type: " + service.type().word() + "\n"
                            + observability(service, policy)
                            + (policy.secrets().isOn()
                                            && !policy.secrets().of(service).isEmpty()
                                    ? "secretsFrom: [" + ServiceSecrets.secretOf(service.name()) + "]\n"
                                    : "")
                            + (policy.pulls().isOn()
                                    ? "imagePullSecrets: [" + policy.pulls().name() + "]\n"
                                    : ""));
            for (Environment each : tenant.environments()) {
                if (service.environments().contains(each.name())) {
                    Optional<Adopted> kept = kept(service, each.name());
                    files.put(
                            GitOpsPaths.environment(service.name(), each.name()),
                            kept.map(GitOpsSkeleton::asItRan)
                                    .orElse("# Values of " + service.name() + " in " + each.name() + " alone.\n"
                                            + "environment: " + each.name() + "\n"
                                            + "replicas: " + each.replicas() + "\n"));
                }
            }
            kept(service, here)
                    .ifPresent(kept -> files.put(GitOpsPaths.release(service.name()), release(kept.release())));
        }
        return files;
    }

    /** The first content of the branch of previews. */
    static Map<String, String> previews(Tenant tenant) {
        return Map.of(
                "README.md",
                """
                # Previews of tenant %s

                What runs of open pull requests. The orchestrator alone writes here, and removes what is over. Nothing of
                this branch is merged anywhere.
                """
                        .formatted(tenant.name()));
    }

    /** Services that begin with what ran before, and the hash of these manifests. */
    static Map<ServiceName, String> kept(Tenant tenant, EnvironmentName here) {
        Map<ServiceName, String> hashes = new TreeMap<>();
        tenant.services().forEach(service -> kept(service, here)
                .ifPresent(kept ->
                        hashes.put(service.name(), Digest.of(kept.manifests()).hex())));
        return hashes;
    }

    private static Optional<Adopted> kept(Service service, EnvironmentName environment) {
        return service.environments().contains(environment)
                ? service.adopted(environment).filter(Adopted::isKept)
                : Optional.empty();
    }

    private static String asItRan(Adopted kept) {
        return "# As it ran before the platform managed it. To run it by the platform's chart, replace 'kept' by values.\n"
                + "environment: " + kept.environment() + "\n"
                + "kept:\n"
                + "  image: \"" + kept.image() + "\"\n"
                + "  release: \"" + kept.release() + "\"\n"
                + "  manifests: |\n"
                + kept.manifests()
                        .lines()
                        .map(line -> line.isEmpty() ? "\n" : "    " + line + "\n")
                        .collect(Collectors.joining());
    }

    private static String release(ImageRef image) {
        return "image:\n" + "  repository: \"" + image.repository() + "\"\n" + "  digest: \"" + image.digest() + "\"\n";
    }

    /** Whom the Git server asks for reviews: the tenant's owners, and for an environment's own values its approvers too. */
    private static String owners(Tenant tenant) {
        StringBuilder text = new StringBuilder("# Who reviews changes; the last line that fits counts.\n* ")
                .append(String.join(" ", tenant.owners()))
                .append('\n');
        for (Environment each : tenant.environments()) {
            if (!each.approvers().isEmpty()) {
                text.append("/services/*/env/" + each.name() + ".yaml " + String.join(" ", each.approvers()) + "\n");
            }
        }
        return text.toString();
    }

    private static String observability(Service service, OnboardingPolicy policy) {
        List<String> parts = new ArrayList<>();
        if (policy.traces().isOn()) {
            parts.add("tracing: {enabled: true, url: \"" + policy.traces().url() + "\"}");
        }
        if (policy.secrets().reports(service)) {
            parts.add("icp: {url: \"" + policy.secrets().icp().url() + "\"}");
        }
        return parts.isEmpty() ? "" : "observability: {" + String.join(", ", parts) + "}\n";
    }
}
