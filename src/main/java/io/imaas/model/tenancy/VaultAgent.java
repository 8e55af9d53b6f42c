package io.imaas.model.tenancy;

import io.imaas.model.tenancy.OnboardingPolicy.Collector;
import io.imaas.model.tenancy.Service.ServiceSecret;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Vault's agent, which its injector puts into pods that are annotated so: it writes the service's secrets into a file in
 * memory, which the runtime reads at its start. Nothing of it is in Kubernetes or in Git.
 *
 * @param server Vault's Service in the cluster; none: no agent
 * @param role that pods log in with; {@code ${tenant}} and {@code ${environment}} stand for theirs
 * @param mount of the key-value engine
 * @param versioned whether that is its version 2
 */
public record VaultAgent(Collector server, String role, String mount, boolean versioned) implements Serializable {
    public static final VaultAgent NONE = new VaultAgent(Collector.NONE, "", "secret", true);

    /** How all annotations begin that its injector obeys. */
    public static final String PREFIX = "vault.hashicorp.com/";

    private static final String TOKEN = "vault-token";
    private static final String FILE = "file.properties";

    public boolean isOn() {
        return server.isOn();
    }

    /** The one projected volume that a pod may have: the token that it logs in to Vault with, good for nothing else. */
    public static Map<String, Object> tokenVolume() {
        Map<String, Object> token = Map.of("audience", "vault", "expirationSeconds", 600, "path", "token");
        return Map.of("name", TOKEN, "projected", Map.of("sources", List.of(Map.of("serviceAccountToken", token))));
    }

    /**
     * What a service's pods are annotated with.
     *
     * @param paths of its secrets below the mount, by secret
     */
    SortedMap<String, String> annotations(
            TenantName tenant, EnvironmentName environment, Map<ServiceSecret, String> paths) {
        StringBuilder template = new StringBuilder();
        paths.forEach((secret, path) -> template.append("{{- with secret ")
                .append(quoted(whole(path)))
                .append(" }}\n")
                .append(secret.name())
                .append("={{ ")
                .append(value(secret))
                // One line of a file of properties, as Java reads it.
                .append(" | replaceAll \"\\\\\" \"\\\\\\\\\" | replaceAll \"\\n\" \"\\\\n\" }}\n{{- end }}\n"));
        SortedMap<String, String> all = new TreeMap<>();
        all.put(PREFIX + "agent-inject", "true");
        // The runtime reads the file at its start; an agent beside it would keep a step from ending.
        all.put(PREFIX + "agent-pre-populate-only", "true");
        all.put(PREFIX + "agent-service-account-token-volume-name", TOKEN);
        all.put(PREFIX + "service", server.url());
        all.put(
                PREFIX + "role",
                role.replace("${tenant}", tenant.value()).replace("${environment}", environment.value()));
        all.put(
                PREFIX + "agent-inject-secret-" + FILE,
                whole(paths.values().iterator().next()));
        all.put(PREFIX + "agent-inject-template-" + FILE, template.toString().stripTrailing());
        return all;
    }

    private String whole(String path) {
        return mount + (versioned ? "/data/" : "/") + path;
    }

    private String value(ServiceSecret secret) {
        String data = versioned ? ".Data.data" : ".Data";
        return secret.property().isEmpty() ? data + " | toJSON" : "index " + data + " " + quoted(secret.property());
    }

    /** A text in a template: what a tenant wrote stays a text. */
    private static String quoted(String text) {
        return '"' + HttpGate.Call.inJson(text) + '"';
    }
}
