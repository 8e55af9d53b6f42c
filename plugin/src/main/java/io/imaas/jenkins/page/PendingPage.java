package io.imaas.jenkins.page;

import hudson.model.ModelObject;

/**
 * Stands for any tenant's page while nobody knows yet which tenants there are: just after the controller came up a
 * bookmark must not say that there is no such page.
 */
public final class PendingPage implements ModelObject {
    @Override
    public String getDisplayName() {
        return "Integration platform";
    }

    /** The same for what hangs below a tenant's page. */
    public PendingPage getDynamic(String part) {
        return this;
    }
}
