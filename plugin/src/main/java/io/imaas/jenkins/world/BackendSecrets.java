package io.imaas.jenkins.world;

import io.imaas.adapter.kubernetes.ClusterAccess;
import io.imaas.jenkins.config.ArgoCdServer;
import io.imaas.jenkins.config.ClusterLogin;
import io.imaas.jenkins.config.ClusterServer;
import io.imaas.jenkins.config.RolloutServer;
import io.imaas.jenkins.config.RuntimeProbe;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * The secrets of one configured server as they are now; two looks at the same are equal. They are looked up in the
 * controller's own store alone: no tenant can put others in their place.
 *
 * @param token of Argo CD; null without
 * @param cluster null where a folder stands for it
 * @param probeUser empty when no Micro Integrator is asked
 */
record BackendSecrets(Secret token, ClusterAccess cluster, String probeUser, Secret probePassword) {
    /** @throws FailureException INPUT when a credential is not there, or is none for its purpose */
    static BackendSecrets of(RolloutServer server) {
        JenkinsSecrets secrets = new JenkinsSecrets(Jenkins.get());
        Secret token = server instanceof ArgoCdServer argo
                ? secrets.find(argo.getCredentialsId()).orElse(null)
                : null;
        if (!(server instanceof ClusterServer behind)) {
            return new BackendSecrets(token, null, "", null);
        }
        RuntimeProbe probe = behind.getProbe();
        ClusterAccess cluster = cluster(behind.cluster(), secrets);
        return probe == null
                ? new BackendSecrets(token, cluster, "", null)
                : new BackendSecrets(token, cluster, user(probe, secrets), password(probe, secrets));
    }

    private static ClusterAccess cluster(ClusterLogin login, JenkinsSecrets secrets) {
        String id = login.credentialsId();
        if (id.isEmpty()) {
            return new ClusterAccess.Machine(login.context());
        }
        Optional<Secret> kubeconfig = secrets.file(id);
        if (kubeconfig.isEmpty()) {
            return new ClusterAccess.Token(login.apiServer(), secrets.text(id), login.certificates());
        }
        if (!login.apiServer().isEmpty() || !login.certificates().isEmpty()) {
            throw FailureException.input(
                    "a kubeconfig names its own API server and certificates", id, "leave those fields empty");
        }
        return new ClusterAccess.Kubeconfig(kubeconfig.get(), login.context());
    }

    private static String user(RuntimeProbe probe, JenkinsSecrets secrets) {
        String id = probe.getCredentialsId();
        return secrets.user(id)
                .orElseThrow(() -> FailureException.input(
                        "the management API wants a user name with password",
                        id.isEmpty() ? "Integration platform, probe of a server" : id,
                        "choose such credentials, or leave the probe out"));
    }

    private static Secret password(RuntimeProbe probe, JenkinsSecrets secrets) {
        return secrets.find(probe.getCredentialsId()).orElseThrow();
    }
}
