package io.imaas.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A Kubernetes cluster without Argo CD: rendered manifests are applied and watched by the orchestrator itself. */
public final class KubernetesServer extends RolloutServer {
    private static final long serialVersionUID = 1L;

    private String context = "";

    @DataBoundConstructor
    public KubernetesServer() {
        // all is optional
    }

    /** Context of the controller's kubeconfig; empty: its current one, or the cluster that the controller runs in. */
    public String getContext() {
        return context;
    }

    @DataBoundSetter
    public void setContext(String context) {
        this.context = Util.fixNull(context).trim();
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
        public FormValidation doTestConnection(@QueryParameter String context) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            KubernetesServer server = new KubernetesServer();
            server.setContext(context);
            return ConnectionTest.get().of(server);
        }
    }
}
