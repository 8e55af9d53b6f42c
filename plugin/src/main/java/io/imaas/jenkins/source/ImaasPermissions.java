package io.imaas.jenkins.source;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.jvnet.localizer.NonLocalizable;

/** What may be granted beyond building a job. */
public final class ImaasPermissions {
    public static final PermissionGroup GROUP = new PermissionGroup(ImaasPermissions.class, new NonLocalizable("IMaaS"));

    /** To promote and to roll back by hand. */
    public static final Permission PROMOTE = new Permission(
            GROUP,
            "Promote",
            new NonLocalizable("Promote and roll back services by hand; merges need it not."),
            Item.CONFIGURE,
            PermissionScope.ITEM);

    /** To open closed gates by force; the platform must name the person too. */
    public static final Permission OVERRIDE = new Permission(
            GROUP,
            "Override",
            new NonLocalizable("Open closed gates by force, with a reason; the platform must name the person too."),
            Jenkins.ADMINISTER,
            PermissionScope.ITEM);

    /** To onboard tenants by hand. */
    public static final Permission ONBOARD = new Permission(
            GROUP,
            "Onboard",
            new NonLocalizable("Onboard tenants by hand; merges to the platform repository need it not."),
            Jenkins.ADMINISTER,
            PermissionScope.ITEM);

    private ImaasPermissions() {}

    /** Makes the permissions known before anything is configured. */
    @Initializer(before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void register() {
        GROUP.getPermissions();
    }
}
