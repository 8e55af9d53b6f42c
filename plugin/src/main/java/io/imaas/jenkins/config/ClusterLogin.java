package io.imaas.jenkins.config;

import java.io.Serializable;

/**
 * How a server's cluster is found and logged in to, as it was typed.
 *
 * @param context of a kubeconfig
 * @param credentialsId a kubeconfig as a secret file, or a service account's token as secret text; empty: the
 *     controller's own kubeconfig
 * @param apiServer where a token is for
 * @param certificates PEM, for a token's server
 */
public record ClusterLogin(String context, String credentialsId, String apiServer, String certificates)
        implements Serializable {
    /** Whether anything was said of a cluster. */
    public boolean named() {
        return !context.isEmpty() || !credentialsId.isEmpty();
    }
}
