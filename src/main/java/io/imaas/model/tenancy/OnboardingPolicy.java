package io.imaas.model.tenancy;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * Which parts of a tenant's space onboarding makes, and what of the cluster they are made for.
 *
 * @param off the parts that somebody else makes, or nobody
 * @param ingressNamespace where the ingress controllers or gateways run
 * @param monitoringNamespace where Prometheus and Grafana run
 * @param execIn environments in which developers may run commands in pods
 * @param deployer the service account that deploys into tenants' namespaces, as {@code namespace/name}; empty: one that
 *     has its rights from elsewhere
 * @param registry how tenants' spaces on the image registry come to be
 * @param pulls how tenants' namespaces come to a login for their images
 * @param secrets from where services get their secrets
 * @param gateway by which services are reached from outside
 * @param traces where services send their traces
 * @param apiManager where the APIs of gateways are listed
 */
public record OnboardingPolicy(
        Set<Part> off,
        String ingressNamespace,
        String monitoringNamespace,
        List<EnvironmentName> execIn,
        String deployer,
        RegistryPolicy registry,
        PullPolicy pulls,
        SecretsPolicy secrets,
        GatewayPolicy gateway,
        Collector traces,
        ApiManagerPolicy apiManager)
        implements Serializable {
    /** Everything, with the usual names: ingress-nginx, and the Prometheus operator in monitoring. */
    public static final OnboardingPolicy USUAL = new OnboardingPolicy(
            Set.of(),
            "ingress-nginx",
            "monitoring",
            List.of(),
            "",
            RegistryPolicy.USUAL,
            PullPolicy.NONE,
            SecretsPolicy.NONE,
            GatewayPolicy.NONE,
            Collector.NONE,
            ApiManagerPolicy.NONE);

    public OnboardingPolicy {
        off = Set.copyOf(off);
        execIn = List.copyOf(execIn);
        // What was kept before there was one knows none.
        apiManager = apiManager == null ? ApiManagerPolicy.NONE : apiManager;
    }

    public boolean makes(Part part) {
        return !off.contains(part);
    }
}
