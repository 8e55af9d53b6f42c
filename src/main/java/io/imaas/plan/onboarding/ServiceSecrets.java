package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.tenancy.SecretsPolicy;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceSecret;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The services' secrets by External Secrets. A tenant names keys and no paths: all of them lie below its own prefix. These
 * objects are onboarding's alone, for what a tenant delivers may hold none of them.
 */
record ServiceSecrets(Space space, SecretsPolicy policy) implements Serializable {
    private static final String API = "external-secrets.io/v1";
    private static final String STORE = "tenant";

    /** The Secret with a service's variables. */
    static String secretOf(ServiceName service) {
        return service + "-secrets";
    }

    /** @param known the tenant's services with those that go: what nobody gets any more is taken away */
    List<ClusterObject> of(List<Service> known) {
        List<ClusterObject> objects = new ArrayList<>();
        boolean any = known.stream().anyMatch(this::gets);
        objects.add(any ? store() : space.absent(API, "SecretStore", STORE));
        known.forEach(service -> objects.add(
                gets(service) ? secrets(service) : space.absent(API, "ExternalSecret", secretOf(service.name()))));
        return objects;
    }

    private boolean gets(Service service) {
        return policy.isOn() && !policy.of(service).isEmpty() && space.runs(service);
    }

    private ClusterObject store() {
        return space.object(
                API,
                "SecretStore",
                STORE,
                Map.of(
                        "spec",
                        Map.of("provider", policy.providerOf(space.tenant().name(), space.environment()))));
    }

    private ClusterObject secrets(Service service) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("refreshInterval", policy.refresh());
        spec.put("secretStoreRef", Map.of("kind", "SecretStore", "name", STORE));
        spec.put("target", Map.of("name", secretOf(service.name()), "creationPolicy", "Owner"));
        spec.put("data", policy.of(service).stream().map(this::entry).toList());
        return space.object(API, "ExternalSecret", secretOf(service.name()), Map.of("spec", spec));
    }

    private Map<String, Object> entry(ServiceSecret secret) {
        Map<String, Object> remote = new LinkedHashMap<>();
        remote.put("key", policy.path(space.tenant().name(), space.environment(), secret));
        if (!secret.property().isEmpty()) {
            remote.put("property", secret.property());
        }
        return Map.of("secretKey", secret.name(), "remoteRef", remote);
    }
}
