package io.imaas.jenkins.credentials;

import io.imaas.model.identity.Secret;
import io.imaas.port.RegistryLogins;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/** Logins that were looked up on the controller, for the registries that they are for and for no other. */
public record KnownLogins(Map<String, String> users, Map<String, Secret> passwords)
        implements RegistryLogins, Serializable {
    /** Nobody, everywhere. */
    public static KnownLogins none() {
        return new KnownLogins(Map.of(), Map.of());
    }

    /** @param registry host and port, as in an image's name */
    public static KnownLogins of(String registry, String user, Secret password) {
        return new KnownLogins(Map.of(registry, user), Map.of(registry, password));
    }

    @Override
    public Optional<Login> find(String registry) {
        return Optional.ofNullable(users.get(registry)).map(user -> new Login(user, passwords.get(registry)));
    }
}
