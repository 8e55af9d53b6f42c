package io.imaas.jenkins.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ids that hold for a tenant: those of its folder, else the platform's.
 *
 * @param slack who tells Slack; see {@link ImaasConfiguration#getSlackCredentialsId()}
 * @param reserved ids that administrators chose, for all or for this tenant by their naming rules: such credentials may
 *     also lie in the controller's own store with system scope. What else somebody typed into a folder is none of them
 */
public record TenantCredentials(String git, String registry, String slack, Set<String> reserved) {
    public TenantCredentials {
        reserved = Set.copyOf(reserved);
    }

    /** @param folder the tenant's; null for the platform itself, or while the tenant has none */
    public static TenantCredentials of(AbstractFolder<?> folder) {
        ImaasConfiguration platform = ImaasConfiguration.get();
        TenantProperty own = folder == null ? null : folder.getProperties().get(TenantProperty.class);
        TenantProperty said = own == null ? new TenantProperty() : own;
        return new TenantCredentials(
                first(said.getGitCredentialsId(), platform.getGitCredentialsId()),
                first(said.getRegistryCredentialsId(), platform.getRegistryCredentialsId()),
                first(said.getSlackCredentialsId(), platform.getSlackCredentialsId()),
                folder == null ? Set.of() : reserved(platform, folder.getName()));
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
