package io.imaas.adapter.kubernetes;

import io.imaas.model.identity.Secret;

/** How to find a cluster, and how to be let in. */
public sealed interface ClusterAccess {
    /**
     * This machine's own kubeconfig.
     *
     * @param context empty: its current one, or the pod's own service account
     */
    record Machine(String context) implements ClusterAccess {}

    /**
     * A kubeconfig that is handed over whole, with everything it needs inside.
     *
     * @param context empty: its current one
     */
    record Kubeconfig(Secret text, String context) implements ClusterAccess {}

    /**
     * A service account.
     *
     * @param server URL of the API server
     * @param certificates PEM of the authorities to trust instead of the machine's own; empty for those
     */
    record Token(String server, Secret token, String certificates) implements ClusterAccess {}
}
