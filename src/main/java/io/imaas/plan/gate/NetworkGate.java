package io.imaas.plan.gate;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.TenantName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Open when a service is reached and reaches no further than the platform and the tenant's reviewed file say. Network
 * policies add up: a service's own can only widen what onboarding made, so each of its peers must be known there.
 */
final class NetworkGate extends ManifestReview {
    private static final String NAMESPACE = "kubernetes.io/metadata.name";
    private static final String DNS = "kube-system";

    NetworkGate() {
        super("only reviewed connections");
    }

    @Override
    void look(Question question, Manifest manifest, Field root, List<Objection> into) {
        switch (manifest.kind()) {
            case "NetworkPolicy" -> policy(question, manifest, root.at("spec"), into);
            case "Ingress" -> ingress(question, manifest, root.at("spec"), into);
            case "Service" -> service(question, manifest, root.at("spec"), into);
            default -> {}
        }
    }

    private static void policy(Question question, Manifest manifest, Field spec, List<Objection> into) {
        Field selected = spec.at("podSelector", "matchLabels");
        Field name = selected.at("app.kubernetes.io/name");
        String migration = question.service() + "-migration";
        if (!selectsOwn(question, manifest, selected) && !(name.is(migration) && owns(question, "Pod", migration))) {
            into.add(objection(manifest, selected, "it must select only this service's pods", ownValues(question)));
        }
        for (Field rule : spec.at("ingress").items()) {
            peers(question, manifest, rule, rule.at("from"), callers(question), into);
        }
        for (Field rule : spec.at("egress").items()) {
            Set<String> callees = new TreeSet<>(question.tenant().reach().egress());
            if (asksForNames(rule)) {
                callees.add(DNS);
            }
            peers(question, manifest, rule, rule.at("to"), callees, into);
        }
    }

    private static Set<String> callers(Question question) {
        OnboardingPolicy platform = question.platform().onboarding();
        Set<String> callers = new TreeSet<>(List.of(platform.ingressNamespace(), platform.monitoringNamespace()));
        for (TenantName other : question.tenant().allowFrom()) {
            callers.add(other.namespace(question.environment().name()));
        }
        return callers;
    }

    private static boolean asksForNames(Field rule) {
        List<Field> ports = rule.at("ports").items();
        return !ports.isEmpty()
                && ports.stream()
                        .allMatch(port ->
                                port.at("port").is(53) && !port.at("endPort").isThere());
    }

    private static void peers(
            Question question, Manifest manifest, Field rule, Field peers, Set<String> known, List<Objection> into) {
        if (peers.items().isEmpty()) {
            into.add(objection(manifest, rule, "it names no peer, and that means all peers", ownValues(question)));
        }
        for (Field peer : peers.items()) {
            Field range = peer.at("ipBlock", "cidr");
            Field selector = peer.at("namespaceSelector");
            if (range.isThere() ? !known.contains(range.text()) : selector.isThere()) {
                Field named = range.isThere() ? range : namespaceOf(selector);
                if (range.isThere() || !known.contains(named.text())) {
                    into.add(objection(
                            manifest,
                            named.isThere() ? named : selector,
                            "known are this namespace, " + String.join(", ", known),
                            "let an admin review network.egress, or network.allowFrom for callers, in "
                                    + question.tenantFile()));
                }
            }
        }
    }

    /** The namespace, when it is selected by its name and by nothing else; otherwise a field without a value. */
    private static Field namespaceOf(Field selector) {
        return selector.at("matchLabels", NAMESPACE);
    }

    private static void ingress(Question question, Manifest manifest, Field spec, List<Objection> into) {
        if (spec.at("defaultBackend").isThere()) {
            into.add(objection(manifest, spec.at("defaultBackend"), "it takes every host", ownValues(question)));
        }
        for (Field rule : spec.at("rules").items()) {
            host(question, manifest, rule.at("host"), into);
            for (Field path : rule.at("http", "paths").items()) {
                Field backend = path.at("backend", "service", "name");
                if (!owns(question, "Service", backend.text())) {
                    into.add(objection(manifest, backend, "it is another service", ownValues(question)));
                }
            }
        }
        for (Field tls : spec.at("tls").items()) {
            tls.at("hosts").items().forEach(host -> host(question, manifest, host, into));
        }
    }

    private static void host(Question question, Manifest manifest, Field host, List<Objection> into) {
        if (!question.tenant().reach().serves(host.text())) {
            into.add(objection(
                    manifest,
                    host,
                    "the tenant serves "
                            + (question.tenant().reach().hosts().isEmpty()
                                    ? "no host"
                                    : String.join(
                                            ", ", question.tenant().reach().hosts())),
                    "let an admin review network.hosts in " + question.tenantFile()));
        }
    }

    private static void service(Question question, Manifest manifest, Field spec, List<Objection> into) {
        Field type = spec.at("type");
        if (type.isThere() && !type.is("ClusterIP")) {
            into.add(
                    objection(manifest, type, "only the type ClusterIP stays inside the cluster", ownValues(question)));
        }
        Stream.concat(Stream.of(spec.at("clusterIP")), spec.at("clusterIPs").items().stream())
                .filter(address -> address.isThere() && !address.is("") && !address.is("None"))
                .forEach(address -> into.add(objection(
                        manifest, address, "the cluster gives addresses, to all tenants", ownValues(question))));
        for (String way : List.of("externalIPs", "externalName", "loadBalancerIP")) {
            if (spec.at(way).isThere()) {
                into.add(objection(manifest, spec.at(way), "it leads out of the cluster", ownValues(question)));
            }
        }
    }
}
