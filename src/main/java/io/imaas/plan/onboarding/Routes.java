package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.source.MiRuntime;
import io.imaas.model.tenancy.OnboardingPolicy.GatewayPolicy;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.Route;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services' ways from outside, by Gateway API, and what the gateway asks of callers. */
record Routes(Space space, GatewayPolicy policy) implements Serializable {
    private static final String GROUP = "gateway.networking.k8s.io";
    private static final String API = GROUP + "/v1";
    private static final String ENVOY = "gateway.envoyproxy.io/v1alpha1";
    private static final String ROUTE = "HTTPRoute";
    private static final String POLICY = "SecurityPolicy";

    /** @param known the tenant's services with those that go: a way that is not in the list any more is closed */
    List<ClusterObject> of(List<Service> known) {
        List<ClusterObject> objects = new ArrayList<>();
        for (Service service : known) {
            Optional<Route> route = routeOf(service);
            String name = service.name().value();
            if (route.isEmpty()) {
                objects.add(space.absent(API, ROUTE, name));
            }
            // Asked for before the way is open, and closed before it is asked for no more.
            boolean asks = route.isPresent() && policy.kind() == GatewayPolicy.Kind.ENVOY && policy.asksForTokens();
            objects.add(asks ? tokens(name) : space.absent(ENVOY, POLICY, name));
            route.map(open -> route(name, open)).ifPresent(objects::add);
        }
        return objects;
    }

    private Optional<Route> routeOf(Service service) {
        return service.routes().stream()
                .filter(route ->
                        policy.isOn() && route.environment().equals(space.environment()) && space.runs(service))
                .findFirst();
    }

    private ClusterObject route(String service, Route route) {
        Map<String, Object> parent = new LinkedHashMap<>();
        parent.put("name", policy.name());
        parent.put("namespace", policy.namespace());
        if (!policy.listener().isEmpty()) {
            parent.put("sectionName", policy.listener());
        }
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("matches", List.of(Map.of("path", Map.of("type", "PathPrefix", "value", route.path()))));
        rule.put("backendRefs", List.of(Map.of("name", service, "port", MiRuntime.HTTP)));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("parentRefs", List.of(parent));
        spec.put("hostnames", route.hosts());
        spec.put("rules", List.of(rule));
        return space.object(API, ROUTE, service, Map.of("spec", spec));
    }

    private ClusterObject tokens(String service) {
        Map<String, Object> provider = new LinkedHashMap<>();
        provider.put("name", "platform");
        provider.put("issuer", policy.issuer());
        if (!policy.audiences().isEmpty()) {
            provider.put("audiences", policy.audiences());
        }
        provider.put("remoteJWKS", Map.of("uri", policy.jwks()));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("targetRefs", List.of(Map.of("group", GROUP, "kind", ROUTE, "name", service)));
        spec.put("jwt", Map.of("providers", List.of(provider)));
        return space.object(ENVOY, POLICY, service, Map.of("spec", spec));
    }
}
