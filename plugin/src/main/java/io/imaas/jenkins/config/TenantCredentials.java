package io.imaas.jenkins.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;

/**
 * The ids that hold for a tenant. Where a naming rule says how a tenant's credentials are called, the platform's never
 * stand in for those that are missing.
 *
 * @param writer who writes the tenant's GitOps repository and reads its sources; no build may see it
 * @param checkout with which Jenkins checks out the tenant's repositories; its builds may see it, so it should only read
 * @param registry the tenant's own login for its space in the registry, the only one that reaches agents
 * @param platformRegistry with which the controller itself asks the registry; it never leaves the controller
 * @param slack who tells Slack; see {@link ImaasConfiguration#getSlackCredentialsId()}
 * @param reserved ids that administrators chose, for all or for this tenant by their naming rules: such credentials may
 *     also lie in the controller's own store with system scope. What else somebody typed into a folder is none of them
 */
public record TenantCredentials(
        String writer, String checkout, String registry, String platformRegistry, String slack, Set<String> reserved) {
    public TenantCredentials {
        reserved = Set.copyOf(reserved);
    }

    /** Those with which nothing but Git is tried. */
    public static TenantCredentials onlyGit(String writer) {
        return new TenantCredentials(writer, "", "", "", "", Set.of());
    }

    /** @param folder the tenant's; null for the platform itself, or while the tenant has none */
    public static TenantCredentials of(AbstractFolder<?> folder) {
        ImaasConfiguration platform = ImaasConfiguration.get();
        if (folder == null) {
            return new TenantCredentials(
                    platform.getGitCredentialsId(),
                    platform.getCheckoutCredentialsId(),
                    "",
                    platform.getRegistryCredentialsId(),
                    platform.getSlackCredentialsId(),
                    Set.of());
        }
        TenantProperty own = folder.getProperties().get(TenantProperty.class);
        TenantProperty said = own == null ? new TenantProperty() : own;
        return new TenantCredentials(
                writer(platform, folder.getName()),
                first(said.getCheckoutCredentialsId(), platform.getCheckoutCredentialsId()),
                said.getRegistryCredentialsId(),
                platform.getRegistryCredentialsId(),
                first(said.getSlackCredentialsId(), platform.getSlackCredentialsId()),
                reserved(platform, folder.getName()));
    }

    /** Where tenants have writers of their own, one that is missing is not replaced. */
    private static String writer(ImaasConfiguration platform, String tenant) {
        String rule = platform.namingRules().git();
        if (rule.isEmpty()) {
            return platform.getGitCredentialsId();
        }
        String id = NamingRules.idFor(rule, tenant);
        return new JenkinsSecrets(Jenkins.get()).has(id) ? id : "";
    }

    private static Set<String> reserved(ImaasConfiguration platform, String tenant) {
        Set<String> ids = new HashSet<>(List.of(
                platform.getGitCredentialsId(), platform.getRegistryCredentialsId(), platform.getSlackCredentialsId()));
        ids.addAll(platform.namingRules().idsFor(tenant));
        ids.remove("");
        return ids;
    }

    private static String first(String own, String platforms) {
        return own.isEmpty() ? platforms : own;
    }
}
