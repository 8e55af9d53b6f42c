package io.imaas.adapter.system;

import io.imaas.model.identity.Secret;
import io.imaas.port.Secrets;
import java.util.Map;
import java.util.Optional;

/** Secrets from environment variables, by the variable's name. */
public final class EnvironmentSecrets implements Secrets {
    private final Map<String, String> environment;

    public EnvironmentSecrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<Secret> find(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Secret::new);
    }
}
