package io.imaas.model.tenancy;

import java.io.Serializable;
import java.util.List;

/**
 * What a tenant's services may be reached by and reach, beyond the tenant's own namespace: reviewed with the tenant's file.
 *
 * @param hosts that an Ingress may serve, such as {@code api.orders.example.org} or {@code *.orders.example.org}
 * @param egress where services may call: address ranges ({@code 10.1.0.0/16}) and names of namespaces
 */
public record Reach(List<String> hosts, List<String> egress) implements Serializable {
    public static final Reach NONE = new Reach(List.of(), List.of());

    public Reach {
        hosts = List.copyOf(hosts);
        egress = List.copyOf(egress);
    }

    /** Whether an Ingress may serve a host; an asterisk stands for one label, as Kubernetes reads it. */
    public boolean serves(String host) {
        return hosts.stream()
                .anyMatch(known -> known.equals(host)
                        || (known.startsWith("*.")
                                && host.indexOf('.') > 0
                                && host.substring(host.indexOf('.')).equals(known.substring(1))));
    }
}
