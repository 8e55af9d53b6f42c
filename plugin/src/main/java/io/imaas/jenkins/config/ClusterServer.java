package io.imaas.jenkins.config;

import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.imaas.jenkins.credentials.CredentialsChoice;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A server with a real cluster behind it, for namespaces, quotas, roles, and what else Argo CD does not do. */
public abstract class ClusterServer extends RolloutServer {
    private static final long serialVersionUID = 1L;

    private String context = "";
    private String clusterCredentialsId = "";
    private String clusterApiServer = "";
    private String clusterCertificates = "";
    private RuntimeProbe probe;

    /** Context of a kubeconfig; empty: its current one, or the cluster that the controller runs in. */
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

    /** How services are asked what they loaded; null: they are not. */
    public RuntimeProbe getProbe() {
        return probe;
    }

    @DataBoundSetter
    public void setProbe(RuntimeProbe probe) {
        this.probe = probe;
    }

    @Override
    public List<String> credentials() {
        return List.of(clusterCredentialsId, probe == null ? "" : probe.getCredentialsId());
    }

    /** The cluster as it was typed. */
    public ClusterLogin cluster() {
        return new ClusterLogin(context, clusterCredentialsId, clusterApiServer, clusterCertificates);
    }

    /** One kind of such servers. */
    public abstract static class ClusterKind extends Kind {
        @POST
        public ListBoxModel doFillClusterCredentialsIdItems(@QueryParameter String clusterCredentialsId) {
            return CredentialsChoice.forCluster(Jenkins.get(), clusterCredentialsId);
        }

        /** What comes of asking a server with a cluster as a form has them. */
        final FormValidation tried(ClusterServer server, ClusterLogin cluster) {
            server.setContext(cluster.context());
            server.setClusterCredentialsId(cluster.credentialsId());
            server.setClusterApiServer(cluster.apiServer());
            server.setClusterCertificates(cluster.certificates());
            return ConnectionTest.get().of(server);
        }
    }
}
