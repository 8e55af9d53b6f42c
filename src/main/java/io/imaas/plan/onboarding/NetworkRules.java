package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.source.MiRuntime;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.Collector;
import io.imaas.model.tenancy.Tenant;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Nobody talks to anybody, except: names are looked up, neighbours talk, and whoever is named below. */
record NetworkRules(Space space, OnboardingPolicy policy, LocalDate today) implements Serializable {
    private static final String API = "networking.k8s.io/v1";
    private static final Map<String, Object> EVERY_POD = Map.of();

    List<ClusterObject> of(Catalog catalog) {
        List<ClusterObject> rules = new ArrayList<>();
        rules.add(policy("default-deny", List.of("Ingress", "Egress"), Map.of()));
        rules.add(egress("allow-dns", peer(namespace("kube-system")), ports("UDP", 53, "TCP", 53)));
        rules.add(neighbours());
        rules.add(ingress(
                "allow-ingress-controller",
                policy.ingressNamespace(),
                ports("TCP", MiRuntime.HTTP, "TCP", MiRuntime.HTTPS)));
        rules.add(ingress("allow-prometheus", policy.monitoringNamespace(), ports("TCP", MiRuntime.INTERNAL)));
        rules.add(to("allow-traces", policy.traces()));
        rules.add(to("allow-vault", policy.secrets().vault().server()));
        rules.add(to("allow-icp", policy.secrets().icp()));
        // Whom a broken file lets in, and where that tenant is, nobody knows: then what is there stays as it is.
        if (space.tenant().allowFrom().stream()
                .allMatch(name -> catalog.leftOut(name).isEmpty())) {
            rules.add(between("allow-from-tenants", "Ingress", "from", callers(catalog)));
        }
        if (catalog.broken().stream().allMatch(BrokenTenant::kept)) {
            rules.add(between("allow-to-tenants", "Egress", "to", callees(catalog)));
        }
        return rules;
    }

    private ClusterObject to(String name, Collector collector) {
        return collector.isOn()
                ? egress(name, peer(namespace(collector.namespace())), ports("TCP", collector.port()))
                : space.absent(API, "NetworkPolicy", name);
    }

    private List<Tenant> callers(Catalog catalog) {
        return staying(space.tenant().allowFrom().stream().map(catalog::tenant).flatMap(Optional::stream));
    }

    private List<Tenant> callees(Catalog catalog) {
        return staying(catalog.calledBy(space.tenant().name()).stream());
    }

    private List<Tenant> staying(Stream<Tenant> tenants) {
        return tenants.filter(tenant -> !tenant.offboarding().isDue(today))
                .sorted(Comparator.comparing(Tenant::name))
                .toList();
    }

    /** One policy for all of them, there even when there are none: who is taken out of the list is shut out at once. */
    private ClusterObject between(String name, String type, String direction, List<Tenant> others) {
        List<Object> peers =
                others.stream().map(other -> (Object) peer(spaceOf(other))).toList();
        return policy(
                name,
                List.of(type),
                peers.isEmpty()
                        ? Map.of()
                        : Map.of(type.toLowerCase(Locale.ROOT), List.of(rule(direction, peers, http()))));
    }

    private ClusterObject neighbours() {
        List<Object> anyPodHere = List.of(Map.of("podSelector", EVERY_POD));
        Map<String, Object> both = Space.fields(
                "ingress", List.of(Map.of("from", anyPodHere)), "egress", List.of(Map.of("to", anyPodHere)));
        return policy("allow-same-namespace", List.of("Ingress", "Egress"), both);
    }

    private ClusterObject ingress(String name, String from, List<Object> ports) {
        return policy(
                name,
                List.of("Ingress"),
                Map.of("ingress", List.of(rule("from", List.of(peer(namespace(from))), ports))));
    }

    private ClusterObject egress(String name, Map<String, Object> to, List<Object> ports) {
        return policy(name, List.of("Egress"), Map.of("egress", List.of(rule("to", List.of(to), ports))));
    }

    private ClusterObject policy(String name, List<String> types, Map<String, Object> rules) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("podSelector", EVERY_POD);
        spec.put("policyTypes", types);
        // An empty list is written out: left out, a rule that somebody added there would stay.
        types.forEach(type -> spec.put(type.toLowerCase(Locale.ROOT), List.of()));
        spec.putAll(rules);
        return space.object(API, "NetworkPolicy", name, Map.of("spec", spec));
    }

    private static Map<String, Object> rule(String direction, List<Object> peers, List<Object> ports) {
        return Space.fields(direction, peers, "ports", ports);
    }

    private static Map<String, Object> peer(Map<String, Object> labels) {
        return Map.of("namespaceSelector", Map.of("matchLabels", labels));
    }

    private static Map<String, Object> namespace(String name) {
        return Map.of("kubernetes.io/metadata.name", name);
    }

    /** The other tenant's space for the same environment: development never calls production. */
    private Map<String, Object> spaceOf(Tenant other) {
        Map<String, Object> labels =
                new LinkedHashMap<>(OwnLabels.of(other, space.environment()).labels());
        labels.remove("app.kubernetes.io/managed-by");
        return labels;
    }

    private static List<Object> http() {
        return ports("TCP", MiRuntime.HTTP, "TCP", MiRuntime.HTTPS);
    }

    private static List<Object> ports(Object... protocolsAndPorts) {
        List<Object> ports = new ArrayList<>();
        for (int i = 0; i < protocolsAndPorts.length; i += 2) {
            ports.add(Space.fields("protocol", protocolsAndPorts[i], "port", protocolsAndPorts[i + 1]));
        }
        return ports;
    }
}
