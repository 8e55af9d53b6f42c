package io.imaas.adapter.argocd;

/**
 * How tenants' applications are laid out.
 *
 * @param server the cluster's API server as Argo CD knows it
 * @param chartFolder the platform's chart in the GitOps repository; empty when each service's folder has a
 *     {@code Chart.yaml} of its own
 */
public record Destination(String server, String chartFolder) {
    /** The cluster that Argo CD runs in, and charts that the services' folders bring. */
    public static Destination inCluster(String chartFolder) {
        return new Destination("https://kubernetes.default.svc", chartFolder);
    }
}
