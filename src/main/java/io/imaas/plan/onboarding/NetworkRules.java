package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nobody talks to anybody, except: names are looked up, neighbours talk, and whoever is named below. */
final class NetworkRules {
    private static final String API = "networking.k8s.io/v1";
    private static final Map<String, Object> EVERY_POD = Map.of();

    private final Space space;
    private final ClusterServices services;
    private final LocalDate today;

    NetworkRules(Space space, ClusterServices services, LocalDate today) {
        this.space = space;
        this.services = services;
        this.today = today;
    }

    List<Manifest> of(Catalog catalog) {
        List<Manifest> rules = new ArrayList<>();
        rules.add(policy("default-deny", List.of("Ingress", "Egress"), Map.of()));
        rules.add(egress("allow-dns", peer(namespace("kube-system")), ports("UDP", 53, "TCP", 53)));
        rules.add(neighbours());
        rules.add(ingress("allow-ingress-controller", services.ingressNamespace(), ports("TCP", 8290, "TCP", 8253)));
        rules.add(ingress("allow-prometheus", services.monitoringNamespace(), ports("TCP", 9201)));
        for (TenantName caller : space.tenant().allowFrom()) {
            String name = "allow-from-" + caller;
            rules.add(
                    isGone(catalog.tenant(caller))
                            ? shut(name, "Ingress")
                            : policy(
                                    name,
                                    List.of("Ingress"),
                                    Map.of("ingress", List.of(rule("from", List.of(peer(spaceOf(caller))), http())))));
        }
        for (Tenant callee : catalog.tenants()) {
            if (callee.allowFrom().contains(space.tenant().name())) {
                String name = "allow-to-" + callee.name();
                rules.add(
                        isGone(Optional.of(callee))
                                ? shut(name, "Egress")
                                : egress(name, peer(spaceOf(callee.name())), http()));
            }
        }
        return rules;
    }

    private boolean isGone(Optional<Tenant> tenant) {
        return tenant.filter(found -> found.offboarding().isDue(today)).isPresent();
    }

    /** The door is walled up instead of taken out: nothing is deleted in the space of a tenant that stays. */
    private Manifest shut(String name, String direction) {
        return policy(name, List.of(direction), Map.of());
    }

    private Manifest neighbours() {
        List<Object> anyPodHere = List.of(Map.of("podSelector", EVERY_POD));
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("ingress", List.of(Map.of("from", anyPodHere)));
        both.put("egress", List.of(Map.of("to", anyPodHere)));
        return policy("allow-same-namespace", List.of("Ingress", "Egress"), both);
    }

    private Manifest ingress(String name, String from, List<Object> ports) {
        return policy(
                name,
                List.of("Ingress"),
                Map.of("ingress", List.of(rule("from", List.of(peer(namespace(from))), ports))));
    }

    private Manifest egress(String name, Map<String, Object> to, List<Object> ports) {
        return policy(name, List.of("Egress"), Map.of("egress", List.of(rule("to", List.of(to), ports))));
    }

    private Manifest policy(String name, List<String> types, Map<String, Object> rules) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("podSelector", EVERY_POD);
        spec.put("policyTypes", types);
        spec.putAll(rules);
        return space.object(API, "NetworkPolicy", name, Map.of("spec", spec));
    }

    private static Map<String, Object> rule(String direction, List<Object> peers, List<Object> ports) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put(direction, peers);
        rule.put("ports", ports);
        return rule;
    }

    private static Map<String, Object> peer(Map<String, Object> labels) {
        return Map.of("namespaceSelector", Map.of("matchLabels", labels));
    }

    private static Map<String, Object> namespace(String name) {
        return Map.of("kubernetes.io/metadata.name", name);
    }

    /** The other tenant's space for the same environment: development never calls production. */
    private Map<String, Object> spaceOf(TenantName other) {
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("imaas.io/tenant", other.value());
        labels.put("imaas.io/environment", space.environment().value());
        return labels;
    }

    private static List<Object> http() {
        return ports("TCP", 8290, "TCP", 8253);
    }

    private static List<Object> ports(Object... protocolsAndPorts) {
        List<Object> ports = new ArrayList<>();
        for (int i = 0; i < protocolsAndPorts.length; i += 2) {
            Map<String, Object> port = new LinkedHashMap<>();
            port.put("protocol", protocolsAndPorts[i]);
            port.put("port", protocolsAndPorts[i + 1]);
            ports.add(port);
        }
        return ports;
    }
}
