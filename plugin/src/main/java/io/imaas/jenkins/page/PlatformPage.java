package io.imaas.jenkins.page;

import hudson.Extension;
import hudson.model.ModelObject;
import hudson.model.RootAction;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.model.tenancy.Catalog;

/** {@code imaas/}: what runs where on the whole platform, and what waits for whom. */
@Extension
public final class PlatformPage implements RootAction {
    static final String ICON = "symbol-git-network-outline plugin-ionicons-api";

    @Override
    public String getIconFileName() {
        return worthALink() ? ICON : null;
    }

    private static boolean worthALink() {
        if (Visitor.administers()) {
            return true;
        }
        if (ImaasConfiguration.get().getPlatformRepository().isEmpty()) {
            return false;
        }
        Catalog catalog = PlatformStatus.get().catalogAtAGlance().value();
        return catalog != null && catalog.tenants().stream().anyMatch(tenant -> Visitor.sees(tenant.name()));
    }

    @Override
    public String getDisplayName() {
        return "Integration platform";
    }

    @Override
    public String getUrlName() {
        return "imaas";
    }

    public PlatformView getView() {
        return new PlatformView();
    }

    /** {@code imaas/api/}. */
    public StatusApi getApi() {
        return new StatusApi();
    }

    /** {@code imaas/inbox/}. */
    public InboxPage getInbox() {
        return new InboxPage();
    }

    /** {@code imaas/tenant/NAME/}; null and so 404, whether there is no such tenant or the visitor may not know of it. */
    public ModelObject getTenant(String name) {
        PlatformView view = new PlatformView();
        if (view.isPending()) {
            return new PendingPage();
        }
        return view.find(name).map(TenantPage::new).orElse(null);
    }
}
