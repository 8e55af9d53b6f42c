package io.imaas.jenkins.source;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/** What may be granted beyond building a job. */
public final class ImaasPermissions {
    public static final PermissionGroup GROUP = new PermissionGroup(ImaasPermissions.class, words("group"));

    /** To promote and to roll back by hand. */
    public static final Permission PROMOTE =
            new Permission(GROUP, "Promote", words("promote"), Item.CONFIGURE, PermissionScope.ITEM);

    /** To open closed gates by force; the platform must name the person too. */
    public static final Permission OVERRIDE =
            new Permission(GROUP, "Override", words("override"), Jenkins.ADMINISTER, PermissionScope.ITEM);

    /** To onboard tenants by hand. */
    public static final Permission ONBOARD =
            new Permission(GROUP, "Onboard", words("onboard"), Jenkins.ADMINISTER, PermissionScope.ITEM);

    private ImaasPermissions() {}

    private static Localizable words(String key) {
        return new Localizable(ResourceBundleHolder.get(ImaasPermissions.class), key);
    }

    /** Makes the permissions known before anything is configured. */
    @Initializer(before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void register() {
        List.of(PROMOTE, OVERRIDE, ONBOARD).forEach(one -> one.setEnabled(true));
    }
}
