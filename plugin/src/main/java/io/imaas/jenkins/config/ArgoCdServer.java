package io.imaas.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.imaas.jenkins.credentials.CredentialsChoice;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An Argo CD server: one watch of all its applications serves every rollout that is waited for. */
public final class ArgoCdServer extends ClusterServer {
    private static final long serialVersionUID = 1L;

    private final String url;
    private final String credentialsId;
    private String certificates = "";

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

    @Override
    public List<String> credentials() {
        return Stream.concat(super.credentials().stream(), Stream.of(credentialsId))
                .toList();
    }

    @Extension
    @Symbol("argoCd")
    public static final class DescriptorImpl extends ClusterKind {
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
                @QueryParameter String url,
                @QueryParameter String credentialsId,
                @QueryParameter String certificates,
                @QueryParameter String context,
                @QueryParameter String clusterCredentialsId,
                @QueryParameter String clusterApiServer,
                @QueryParameter String clusterCertificates) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ArgoCdServer server = new ArgoCdServer(url, credentialsId);
            server.setCertificates(certificates);
            return tried(
                    server, new ClusterLogin(context, clusterCredentialsId, clusterApiServer, clusterCertificates));
        }
    }
}
