package io.imaas.jenkins.page;

import hudson.model.ModelObject;

/** {@code imaas/inbox/}: what waits for whom, over all tenants that the visitor may see. */
public final class InboxPage implements ModelObject {
    @Override
    public String getDisplayName() {
        return "What waits for whom";
    }

    public PlatformView getView() {
        return new PlatformView();
    }
}
