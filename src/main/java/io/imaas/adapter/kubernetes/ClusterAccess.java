package io.imaas.adapter.kubernetes;

import io.imaas.model.identity.Secret;

/** How to find a cluster, and how to be let in. */
public sealed interface ClusterAccess {
    /**
     * This machine's own kubeconfig.
     *
     * @param context empty: its current one, or the pod's own service account
     */
    static ClusterAccess context(String context) {
        return new Machine(context);
    }

    /**
     * A kubeconfig that is handed over whole, with everything it needs inside.
     *
     * @param context empty: its current one
     */
    static ClusterAccess kubeconfig(Secret text, String context) {
        return new Kubeconfig(text, context);
    }

    /**
     * A service account.
     *
     * @param server URL of the API server
     * @param certificates PEM of the authorities to trust instead of the machine's own; empty for those
     */
    static ClusterAccess token(String server, Secret token, String certificates) {
        return new Token(server, token, certificates);
    }

    /** As {@link #context}. */
    record Machine(String context) implements ClusterAccess {}

    /** As {@link #kubeconfig}. */
    record Kubeconfig(Secret text, String context) implements ClusterAccess {}

    /** As {@link #token}. */
    record Token(String server, Secret token, String certificates) implements ClusterAccess {}
}
