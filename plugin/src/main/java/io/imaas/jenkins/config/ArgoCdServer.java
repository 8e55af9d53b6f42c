package io.imaas.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.imaas.jenkins.credentials.CredentialsChoice;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An Argo CD server: one watch of all its applications serves every rollout that is waited for. */
public final class ArgoCdServer extends RolloutServer {
    private static final long serialVersionUID = 1L;

    private final String url;
    private final String credentialsId;
    private String certificates = "";
    private String context = "";

    @DataBoundConstructor
    public ArgoCdServer(String url, String credentialsId) {
        this.url = Util.fixNull(url).trim();
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    public String getUrl() {
        return url;
    }

    /** Secret text: a token of an Argo CD account or project role. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Certificates of a private authority, PEM; empty: those that Java trusts. */
    public String getCertificates() {
        return certificates;
    }

    @DataBoundSetter
    public void setCertificates(String certificates) {
        this.certificates = Util.fixNull(certificates).trim();
    }

    /** Context of the controller's kubeconfig, for what tenants need beside Argo CD: namespaces, quotas, roles. */
    public String getContext() {
        return context;
    }

    @DataBoundSetter
    public void setContext(String context) {
        this.context = Util.fixNull(context).trim();
    }

    @Extension
    @Symbol("argoCd")
    public static final class DescriptorImpl extends Kind {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Argo CD";
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CredentialsChoice.forToken(Jenkins.get(), credentialsId);
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return value.startsWith("https://") || value.startsWith("http://")
                    ? FormValidation.ok()
                    : FormValidation.error("Give the URL of the server, such as https://argocd.example.org");
        }

        @POST
        public FormValidation doTestConnection(
                @QueryParameter String url, @QueryParameter String credentialsId, @QueryParameter String certificates) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ArgoCdServer server = new ArgoCdServer(url, credentialsId);
            server.setCertificates(certificates);
            return ConnectionTest.get().of(server);
        }
    }
}
