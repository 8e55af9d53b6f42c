package io.imaas.model.tenancy;

/** A part of a tenant's space that onboarding makes unless the platform switches it off. */
public enum Part {
    /** ResourceQuota. */
    QUOTA,
    /** LimitRange. */
    LIMITS,
    /** NetworkPolicies. */
    NETWORK,
    /** RoleBindings of owners, developers and the deployer. */
    ACCESS,
    /** A ConfigMap that Grafana's sidecar takes. */
    DASHBOARDS,
    /** PodMonitor and PrometheusRule of the Prometheus operator. */
    MONITORING
}
