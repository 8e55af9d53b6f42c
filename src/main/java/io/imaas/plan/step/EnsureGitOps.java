package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes environments' branches with the files that are not there yet; what is there stays as it is. All of them land in one
 * push.
 *
 * @param environments in the order of the path, all with the same first content
 * @param after the branch to begin from where none of the environments before has one, so that all branches share their
 *     history and can be merged; null for the first
 * @param files path to first content
 * @param manifests of services that ran before and begin with what runs: the hash of what their files must render to. Such a
 *     step is for one environment
 */
public record EnsureGitOps(
        String id,
        TenantName tenant,
        List<EnvironmentName> environments,
        EnvironmentName after,
        Map<String, String> files,
        Map<ServiceName, String> manifests)
        implements PlannedStep {
    public EnsureGitOps {
        environments = List.copyOf(environments);
        manifests = Map.copyOf(manifests);
        files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** The id of the step that begins with an environment. */
    public static String id(EnvironmentName environment) {
        return "gitops-" + environment;
    }

    @Override
    public EnvironmentName environment() {
        return environments.size() == 1 ? environments.get(0) : null;
    }

    @Override
    public boolean isUndone() {
        return true;
    }

    /** How many files a new branch gets, for people. */
    public String content() {
        return files.size() + (files.size() == 1 ? " file" : " files");
    }

    @Override
    public String title() {
        return (environments.size() == 1 ? "GitOps branch " : "GitOps branches ")
                + environments.stream().map(EnvironmentName::value).collect(Collectors.joining(", "));
    }
}
