package io.imaas.jenkins.page;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.imaas.jenkins.job.TenantFolders;
import io.imaas.jenkins.source.ImaasPermissions;
import io.imaas.model.tenancy.TenantName;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What the one who asks may see: the tenants whose folders are open to them, and administrators all. */
final class Visitor {
    private Visitor() {}

    static boolean administers() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    static boolean sees(TenantName tenant) {
        return administers()
                || folder(tenant)
                        .filter(folder -> folder.hasPermission(Item.READ))
                        .isPresent();
    }

    static boolean mayPromote(TenantName tenant) {
        return sees(tenant)
                && folder(tenant)
                        .filter(folder -> folder.hasPermission(ImaasPermissions.PROMOTE))
                        .isPresent();
    }

    /** A tenant's folder, whoever asks: a look-up as the visitor would tell those who may only know of it to log in. */
    static Optional<AbstractFolder<?>> folder(TenantName tenant) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return TenantFolders.find(tenant);
        }
    }
}
