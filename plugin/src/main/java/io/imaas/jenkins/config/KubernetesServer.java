package io.imaas.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.FormValidation;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A Kubernetes cluster without Argo CD: rendered manifests are applied and watched by the orchestrator itself. */
public final class KubernetesServer extends ClusterServer {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public KubernetesServer() {}

    @Extension
    @Symbol("kubernetesCluster")
    public static final class DescriptorImpl extends ClusterKind {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Kubernetes without Argo CD";
        }

        @POST
        public FormValidation doTestConnection(
                @QueryParameter String context,
                @QueryParameter String clusterCredentialsId,
                @QueryParameter String clusterApiServer,
                @QueryParameter String clusterCertificates) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return tried(
                    new KubernetesServer(),
                    new ClusterLogin(context, clusterCredentialsId, clusterApiServer, clusterCertificates));
        }
    }
}
