package io.imaas.model.tenancy;

import java.io.Serializable;
import java.util.EnumSet;
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
 */
public record OnboardingPolicy(
        Set<Part> off,
        String ingressNamespace,
        String monitoringNamespace,
        List<EnvironmentName> execIn,
        String deployer,
        RegistryPolicy registry,
        PullPolicy pulls)
        implements Serializable {
    /** Everything, with the usual names: ingress-nginx, and the Prometheus operator in monitoring. */
    public static final OnboardingPolicy USUAL =
            new OnboardingPolicy(
                    Set.of(), "ingress-nginx", "monitoring", List.of(), "", RegistryPolicy.USUAL, PullPolicy.NONE);

    public OnboardingPolicy {
        Set<Part> switched = EnumSet.noneOf(Part.class);
        switched.addAll(off);
        off = Set.copyOf(switched);
        execIn = List.copyOf(execIn);
    }

    public boolean makes(Part part) {
        return !off.contains(part);
    }
}
