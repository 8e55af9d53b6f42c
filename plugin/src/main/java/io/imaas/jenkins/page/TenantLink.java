package io.imaas.jenkins.page;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import io.imaas.jenkins.job.TenantFolders;
import java.util.Collection;
import jenkins.model.TransientActionFactory;

/** On a tenant's folder: the way to its page. */
@SuppressWarnings("rawtypes")
@Extension
public final class TenantLink extends TransientActionFactory<AbstractFolder> {
    @Override
    public Class<AbstractFolder> type() {
        return AbstractFolder.class;
    }

    @NonNull
    @Override
    public Collection<? extends Action> createFor(@NonNull AbstractFolder folder) {
        return TenantFolders.tenantOf(folder).map(Link::new).stream().toList();
    }

    private record Link(String tenant) implements Action {
        @Override
        public String getIconFileName() {
            return PlatformPage.ICON;
        }

        @Override
        public String getDisplayName() {
            return "What runs where";
        }

        /** From the top of Jenkins. */
        @Override
        public String getUrlName() {
            return "/imaas/tenant/" + tenant + "/";
        }
    }
}
