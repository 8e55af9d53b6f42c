package io.imaas.model.tenancy;

import io.imaas.model.tenancy.OnboardingPolicy.Collector;
import io.imaas.model.tenancy.Service.ServiceSecret;
import io.imaas.model.tenancy.Service.ServiceType;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * From where services get their secrets: by External Secrets, or by Vault's agent in their pods.
 *
 * @param prefix below which tenants' secrets are kept: {@code prefix/tenant/environment/...}
 * @param refresh how often they are read again, as External Secrets writes it
 * @param provider of a {@code SecretStore}, as External Secrets has it; empty: no secrets
 * @param vault its agent; of this and {@code provider} at most one is on
 * @param icp the Integration Control Plane, to which runtimes report with a secret of their tenant and environment
 */
public record SecretsPolicy(
        String prefix, String refresh, Map<String, Object> provider, VaultAgent vault, Collector icp)
        implements Serializable {
    public static final SecretsPolicy NONE =
            new SecretsPolicy("imaas", "1h", Map.of(), VaultAgent.NONE, Collector.NONE);

    private static final ServiceSecret ICP = new ServiceSecret("ICP_SECRET", "icp", "secret");

    public boolean isOn() {
        return !provider.isEmpty();
    }

    /** How the pods of a service are annotated, which is said by nobody else; empty: not at all. */
    public Map<String, String> annotations(TenantName tenant, EnvironmentName environment, Service service) {
        if (!vault.isOn() || service.secrets().isEmpty()) {
            return Map.of();
        }
        Map<ServiceSecret, String> paths = new LinkedHashMap<>();
        service.secrets().forEach(secret -> paths.put(secret, path(tenant, environment, secret)));
        return vault.annotations(tenant, environment, paths);
    }

    /** What a service gets: its own, and with a control plane the secret that its runtime reports with. */
    public List<ServiceSecret> of(Service service) {
        boolean named = service.secrets().stream().anyMatch(own -> own.name().equals(ICP.name()));
        return !isOn() || !reports(service) || named
                ? service.secrets()
                : Stream.concat(service.secrets().stream(), Stream.of(ICP)).toList();
    }

    /** A runtime that ends with its work is none to be watched. */
    public boolean reports(Service service) {
        return icp.isOn() && service.type() != ServiceType.STEP;
    }

    /** Nothing of another tenant or environment is reached with it. */
    public String path(TenantName tenant, EnvironmentName environment, ServiceSecret secret) {
        return prefix + "/" + tenant + "/" + environment + "/" + secret.key();
    }

    /** The provider of one space: {@code ${tenant}} and {@code ${environment}} are replaced in all its texts. */
    public Map<?, ?> providerOf(TenantName tenant, EnvironmentName environment) {
        return (Map<?, ?>)
                replaced(provider, Map.of("${tenant}", tenant.value(), "${environment}", environment.value()));
    }

    private static Object replaced(Object value, Map<String, String> words) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, one) -> all.put(String.valueOf(key), replaced(one, words)));
            return all;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(one -> replaced(one, words)).toList();
        }
        if (value instanceof String text) {
            String with = text;
            for (Map.Entry<String, String> word : words.entrySet()) {
                with = with.replace(word.getKey(), word.getValue());
            }
            return with;
        }
        return value;
    }
}
