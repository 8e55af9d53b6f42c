package io.imaas.cli.doctor;

import io.imaas.model.tenancy.SecretsPolicy;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the Vault that services get their secrets from is up and unsealed; it needs no login for that. */
record VaultCheck(URI server, Web web) implements Supplier<CheckResult> {
    /** Of Vault's agent or of a SecretStore; empty where the platform has no Vault. */
    static Optional<URI> server(SecretsPolicy policy) {
        return Optional.of(policy.vault().server().url())
                .filter(url -> !url.isEmpty())
                .or(() -> policy.provider().get("vault") instanceof Map<?, ?> vault
                        ? Optional.ofNullable(vault.get("server")).map(String::valueOf)
                        : Optional.empty())
                .map(url -> URI.create(url.replaceFirst("/+$", "")));
    }

    @Override
    public CheckResult get() {
        try {
            InetAddress.getByName(server.getHost());
        } catch (UnknownHostException inTheCluster) {
            return CheckResult.skipped(
                    server.getHost() + " is known only in the cluster",
                    "ask there: kubectl -n NAMESPACE exec POD-OF-VAULT -- vault status");
        }
        // https://developer.hashicorp.com/vault/api-docs/system/health
        int status = web.get(
                        server.resolve(server.getPath() + "/v1/sys/health?standbyok=true&perfstandbyok=true"), "", null)
                .statusCode();
        return switch (status) {
            case 200, 472 -> CheckResult.ok(server + " is up and unsealed");
            case 501 -> CheckResult.fail(server + " was never initialised", "vault operator init");
            case 503 -> CheckResult.fail(server + " is sealed", "vault operator unseal");
            default ->
                CheckResult.fail(
                        server + " answers " + status, "check onboarding.secrets in platform.yaml: is that Vault?");
        };
    }
}
