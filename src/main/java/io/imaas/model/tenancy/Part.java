package io.imaas.model.tenancy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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
    MONITORING;

    /** As {@code platform.yaml} writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Part> of(String word) {
        return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
    }
}
