package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes an environment's branch with the files that are not there yet; what is there stays as it is.
 *
 * @param after the branch to begin from, so that all branches share their history and can be merged; null for the first
 * @param files path to first content
 * @param manifests of services that ran before and begin with what runs: the hash of what their files must render to
 */
public record EnsureGitOps(
        String id,
        TenantName tenant,
        EnvironmentName environment,
        EnvironmentName after,
        Map<String, String> files,
        Map<ServiceName, String> manifests)
        implements PlannedStep {
    public EnsureGitOps {
        manifests = manifests == null ? Map.of() : Map.copyOf(manifests);
        files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
    }

    public static String id(EnvironmentName environment) {
        return "gitops-" + environment;
    }

    @Override
    public boolean isUndone() {
        return true;
    }

    @Override
    public String title() {
        return "GitOps branch " + environment;
    }
}
