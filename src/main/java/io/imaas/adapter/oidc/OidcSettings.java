package io.imaas.adapter.oidc;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * How the provider knows this server, and which claims tell who somebody is.
 *
 * @param issuer exactly as its tokens name it
 * @param secret empty for a public client, which proves itself by PKCE alone
 * @param name the claim with a person's name; {@code email} counts only when the provider has verified it
 * @param groups the claim with a person's groups
 * @param commandLine how the provider knows command lines, a public client; empty: nobody logs in with one
 */
public record OidcSettings(
        String issuer,
        String client,
        Optional<Secret> secret,
        String name,
        String groups,
        Optional<String> commandLine) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** @throws FailureException INPUT when the issuer is not an address, or has no TLS */
    public OidcSettings {
        requireSafe(issuer, "--oidc-issuer");
    }

    /** Command lines are the same client, if it is a public one. */
    public OidcSettings(String issuer, String client, Optional<Secret> secret, String name, String groups) {
        this(issuer, client, secret, name, groups, secret.isPresent() ? Optional.empty() : Optional.of(client));
    }

    /** Codes, secrets and keys travel by https; plain http only within this machine. */
    public static URI requireSafe(String address, String where) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw FailureException.input("'" + address + "' is not an address", where, "write https://host/path");
        }
        boolean own = "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        if (uri.getHost() == null || (!own && !"https".equals(uri.getScheme()))) {
            throw FailureException.input(
                    "'" + address + "' is not reached by https",
                    where,
                    "write https://" + (address.contains("/") ? "host/path" : address));
        }
        return uri;
    }
}
