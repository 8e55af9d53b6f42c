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

/** A Kubernetes cluster without Argo CD: rendered manifests are applied and watched by the orchestrator itself. */
public final class KubernetesServer extends ClusterServer {
    private static final long serialVersionUID = 1L;

    private String context = "";
    private String credentialsId = "";
    private String apiServer = "";
    private String certificates = "";

    @DataBoundConstructor
    public KubernetesServer() {}

    /** What an older version stored does not say all. */
    private Object readResolve() {
        credentialsId = Util.fixNull(credentialsId);
        apiServer = Util.fixNull(apiServer);
        certificates = Util.fixNull(certificates);
        return this;
    }

    /** Context of the kubeconfig; empty: its current one, or the cluster that the controller runs in. */
    public String getContext() {
        return context;
    }

    @DataBoundSetter
    public void setContext(String context) {
        this.context = Util.fixNull(context).trim();
    }

    /** Secret file: a kubeconfig; secret text: a service account's token; empty: the controller's own kubeconfig. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** URL of the API server that a token is for. */
    public String getApiServer() {
        return apiServer;
    }

    @DataBoundSetter
    public void setApiServer(String apiServer) {
        this.apiServer = Util.fixNull(apiServer).trim();
    }

    /** Certificates of that server's authority, PEM; empty: those that Java trusts. */
    public String getCertificates() {
        return certificates;
    }

    @DataBoundSetter
    public void setCertificates(String certificates) {
        this.certificates = Util.fixNull(certificates).trim();
    }

    @Override
    public ClusterLogin cluster() {
        return new ClusterLogin(context, credentialsId, apiServer, certificates);
    }

    @Extension
    @Symbol("kubernetesCluster")
    public static final class DescriptorImpl extends Kind {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Kubernetes without Argo CD";
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CredentialsChoice.forCluster(Jenkins.get(), credentialsId);
        }

        @POST
        public FormValidation doTestConnection(
                @QueryParameter String context,
                @QueryParameter String credentialsId,
                @QueryParameter String apiServer,
                @QueryParameter String certificates) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            KubernetesServer server = new KubernetesServer();
            server.setContext(context);
            server.setCredentialsId(credentialsId);
            server.setApiServer(apiServer);
            server.setCertificates(certificates);
            return ConnectionTest.get().of(server);
        }
    }
}
