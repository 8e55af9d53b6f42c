package io.imaas.app.assembly;

import io.imaas.adapter.keyring.KeptLogins;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.adapter.oci.RegistryLoginCheck;
import io.imaas.adapter.oidc.OidcLogin;
import io.imaas.model.failure.FailureException;
import io.imaas.port.Clock;
import io.imaas.port.CommandLineLogin;
import io.imaas.port.RegistryLogins;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.port.StoredLogins;
import java.util.Map;
import java.util.Optional;

/** Who a process, or the person who started it, is to others. */
public final class Logins {
    private Logins() {}

    /** To registries, as these variables and what the person keeps say. */
    public static RegistryLogins toRegistries(Map<String, String> environment) {
        RegistryCredentials given = RegistryCredentials.of(environment);
        return stored(environment).map(given::with).orElse(given);
    }

    /** What the person of this environment keeps; empty for a process that is not a person's. */
    public static Optional<StoredLogins> stored(Map<String, String> environment) {
        return KeptLogins.of(environment).map(StoredLogins.class::cast);
    }

    /**
     * Logs in to a registry, for its answer alone.
     *
     * @throws FailureException INPUT when the registry refuses it, or asks nobody to log in
     */
    public static void check(String registry, Login login) {
        RegistryLoginCheck.of(registry, login);
    }

    /** How a person logs in at an identity provider. */
    public static CommandLineLogin at(String issuer, String client, Clock clock) {
        return new OidcLogin(issuer, client, clock);
    }
}
