package io.imaas.jenkins.config;

import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** A server with a real cluster behind it. */
public abstract class ClusterServer extends RolloutServer {
    private static final long serialVersionUID = 1L;

    private RuntimeProbe probe;

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
        return List.of(cluster().credentialsId(), probe == null ? "" : probe.getCredentialsId());
    }

    /** The cluster, for namespaces, quotas, roles, and what else Argo CD does not do. */
    public abstract ClusterLogin cluster();
}
