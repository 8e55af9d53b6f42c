package io.imaas.jenkins.job;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.model.tenancy.TenantName;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Which folder is a tenant's space: directly below the folder of tenants, of the tenant's name, and marked as such. */
public final class TenantFolders {
    private TenantFolders() {}

    /** The full name that a tenant's folder has or would have. */
    public static String fullName(TenantName tenant) {
        String parent = ImaasConfiguration.get().getTenantsFolder();
        return parent.isEmpty() ? tenant.value() : parent + "/" + tenant.value();
    }

    public static Optional<AbstractFolder<?>> find(TenantName tenant) {
        Item item = Jenkins.get().getItemByFullName(fullName(tenant));
        return item instanceof AbstractFolder<?> folder && marked(folder) ? Optional.of(folder) : Optional.empty();
    }

    /** The name of the tenant in whose folder an item lies. */
    public static Optional<String> tenantAbove(Item item) {
        for (ItemGroup<?> group = item.getParent(); group instanceof Item above; group = above.getParent()) {
            Optional<String> tenant = tenantOf(above);
            if (tenant.isPresent()) {
                return tenant;
            }
        }
        return Optional.empty();
    }

    /** The name of the tenant whose folder an item is. */
    public static Optional<String> tenantOf(Item item) {
        String parent = ImaasConfiguration.get().getTenantsFolder();
        return item instanceof AbstractFolder<?> folder
                        && marked(folder)
                        && folder.getParent().getFullName().equals(parent)
                ? Optional.of(folder.getName())
                : Optional.empty();
    }

    private static boolean marked(AbstractFolder<?> folder) {
        return folder.getProperties().get(TenantProperty.class) != null;
    }
}
