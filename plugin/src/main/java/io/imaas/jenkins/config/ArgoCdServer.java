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
    private String context = "";
    private String clusterCredentialsId = "";
    private String clusterApiServer = "";
    private String clusterCertificates = "";

    @DataBoundConstructor
    public ArgoCdServer(String url, String credentialsId) {
        this.url = Util.fixNull(url).trim();
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** What an older version stored does not say all. */
    private Object readResolve() {
        clusterCredentialsId = Util.fixNull(clusterCredentialsId);
        clusterApiServer = Util.fixNull(clusterApiServer);
        clusterCertificates = Util.fixNull(clusterCertificates);
        return this;
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

    /** Context of the kubeconfig, for what tenants need beside Argo CD: namespaces, quotas, roles. */
    public String getContext() {
        return context;
    }

    @DataBoundSetter
    public void setContext(String context) {
        this.context = Util.fixNull(context).trim();
    }

    /** Secret file: a kubeconfig; secret text: a service account's token; empty: the controller's own kubeconfig. */
    public String getClusterCredentialsId() {
        return clusterCredentialsId;
    }

    @DataBoundSetter
    public void setClusterCredentialsId(String clusterCredentialsId) {
        this.clusterCredentialsId = Util.fixNull(clusterCredentialsId).trim();
    }

    /** URL of the cluster's API server that a token is for. */
    public String getClusterApiServer() {
        return clusterApiServer;
    }

    @DataBoundSetter
    public void setClusterApiServer(String clusterApiServer) {
        this.clusterApiServer = Util.fixNull(clusterApiServer).trim();
    }

    /** Certificates of that server's authority, PEM; empty: those that Java trusts. */
    public String getClusterCertificates() {
        return clusterCertificates;
    }

    @DataBoundSetter
    public void setClusterCertificates(String clusterCertificates) {
        this.clusterCertificates = Util.fixNull(clusterCertificates).trim();
    }

    @Override
    public List<String> credentials() {
        return Stream.concat(super.credentials().stream(), Stream.of(credentialsId))
                .toList();
    }

    @Override
    public ClusterLogin cluster() {
        return new ClusterLogin(context, clusterCredentialsId, clusterApiServer, clusterCertificates);
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
        public ListBoxModel doFillClusterCredentialsIdItems(@QueryParameter String clusterCredentialsId) {
            return CredentialsChoice.forCluster(Jenkins.get(), clusterCredentialsId);
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
            server.setContext(context);
            server.setClusterCredentialsId(clusterCredentialsId);
            server.setClusterApiServer(clusterApiServer);
            server.setClusterCertificates(clusterCertificates);
            return ConnectionTest.get().of(server);
        }
    }
}
