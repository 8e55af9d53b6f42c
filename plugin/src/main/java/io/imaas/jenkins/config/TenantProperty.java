package io.imaas.jenkins.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.imaas.jenkins.credentials.CredentialsChoice;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Marks a folder as the space of the tenant whose name it has: jobs below it act for that tenant and for no other. It
 * holds only directly below the folder of tenants, where nobody but the platform's people can make folders.
 */
public final class TenantProperty extends AbstractFolderProperty<AbstractFolder<?>> {
    private String checkoutCredentialsId = "";
    private String registryCredentialsId = "";
    private String slackCredentialsId = "";

    /** Nobody can claim it: it is in no form and no configuration as code. */
    private boolean madeByOnboarding;

    @DataBoundConstructor
    public TenantProperty() {}

    /** That of a folder which onboarding itself makes, and offboarding may take away again. */
    public static TenantProperty ofOnboarding() {
        TenantProperty property = new TenantProperty();
        property.madeByOnboarding = true;
        return property;
    }

    /** Whether the folder was made by onboarding; one that was there before is people's. */
    public boolean isMadeByOnboarding() {
        return madeByOnboarding;
    }

    /** Whoever saves the folder's form says nothing of who made the folder. */
    @Override
    public AbstractFolderProperty<?> reconfigure(StaplerRequest2 request, JSONObject form)
            throws Descriptor.FormException {
        AbstractFolderProperty<?> changed = super.reconfigure(request, form);
        if (changed instanceof TenantProperty property) {
            property.madeByOnboarding = madeByOnboarding;
        }
        return changed;
    }

    /** Credentials of this folder with which Jenkins checks out the tenant's repositories; empty: the platform's. */
    public String getCheckoutCredentialsId() {
        return checkoutCredentialsId;
    }

    @DataBoundSetter
    public void setCheckoutCredentialsId(String checkoutCredentialsId) {
        this.checkoutCredentialsId = Util.fixNull(checkoutCredentialsId).trim();
    }

    /** Credentials of this folder for the tenant's space in the registry; empty: builds push without a login. */
    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

    @DataBoundSetter
    public void setRegistryCredentialsId(String registryCredentialsId) {
        this.registryCredentialsId = Util.fixNull(registryCredentialsId).trim();
    }

    /** Credentials of this folder with which Slack is told; empty: the platform's. */
    public String getSlackCredentialsId() {
        return slackCredentialsId;
    }

    @DataBoundSetter
    public void setSlackCredentialsId(String slackCredentialsId) {
        this.slackCredentialsId = Util.fixNull(slackCredentialsId).trim();
    }

    @Extension
    @Symbol("imaasTenant")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Tenant of the integration platform";
        }

        @POST
        public ListBoxModel doFillCheckoutCredentialsIdItems(
                @AncestorInPath Item folder, @QueryParameter String checkoutCredentialsId) {
            return CredentialsChoice.forGit(folder, checkoutCredentialsId);
        }

        @POST
        public ListBoxModel doFillRegistryCredentialsIdItems(
                @AncestorInPath Item folder, @QueryParameter String registryCredentialsId) {
            return CredentialsChoice.forRegistry(folder, registryCredentialsId);
        }

        @POST
        public ListBoxModel doFillSlackCredentialsIdItems(
                @AncestorInPath Item folder, @QueryParameter String slackCredentialsId) {
            return CredentialsChoice.forToken(folder, slackCredentialsId);
        }
    }
}
