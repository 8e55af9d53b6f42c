package io.imaas.adapter.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.registry.credentials.DockerConfigCredentialRetriever;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.RegistryLogins;
import io.imaas.port.StoredLogins;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Who we are to a registry. Asked in this order, the first that knows the registry answers:
 *
 * <ol>
 *   <li>{@code IMAAS_REGISTRY_USER} and {@code IMAAS_REGISTRY_PASSWORD}, for the registry that {@code IMAAS_REGISTRY_HOST}
 *       names and no other: a password is never offered to a registry that it isn't for;
 *   <li>the content of a Kubernetes secret of type {@code kubernetes.io/dockerconfigjson}, in
 *       {@code IMAAS_REGISTRY_DOCKERCONFIGJSON};
 *   <li>what {@code imaas login} stored;
 *   <li>Docker's {@code config.json} ({@code DOCKER_CONFIG}, else {@code ~/.docker}) with its credential helpers.
 * </ol>
 */
public final class RegistryCredentials implements RegistryLogins {
    private static final String SECRET_VARIABLE = "IMAAS_REGISTRY_DOCKERCONFIGJSON";

    private final Map<String, String> environment;
    private final Secret dockerConfigJson;
    private final StoredLogins stored;

    private RegistryCredentials(Map<String, String> environment, Secret dockerConfigJson, StoredLogins stored) {
        this.environment = Map.copyOf(environment);
        this.dockerConfigJson = dockerConfigJson;
        this.stored = stored;
    }

    /** @param environment of the process, or a part of it */
    public static RegistryCredentials of(Map<String, String> environment) {
        return new RegistryCredentials(
                environment,
                Optional.ofNullable(environment.get(SECRET_VARIABLE))
                        .map(Secret::new)
                        .orElse(null),
                null);
    }

    /** Nobody: for registries that let everyone in. */
    public static RegistryCredentials none() {
        return new RegistryCredentials(Map.of(), null, null);
    }

    /** Adds the logins that a person keeps on this machine. */
    public RegistryCredentials with(StoredLogins logins) {
        return new RegistryCredentials(environment, dockerConfigJson, logins);
    }

    @Override
    public Optional<Login> find(String registry) {
        return fromEnvironment(registry)
                .or(() -> fromSecret(registry))
                .or(() -> stored == null ? Optional.empty() : stored.find(registry))
                .or(() -> dockerConfig().flatMap(file -> fromDockerConfig(registry, file)));
    }

    private Optional<Login> fromEnvironment(String registry) {
        String user = environment.getOrDefault("IMAAS_REGISTRY_USER", "");
        if (user.isEmpty()) {
            return Optional.empty();
        }
        String host = environment.getOrDefault("IMAAS_REGISTRY_HOST", "");
        if (host.isEmpty()) {
            throw FailureException.input(
                    "IMAAS_REGISTRY_USER is set, but not for which registry",
                    registry,
                    "set IMAAS_REGISTRY_HOST to the registry it is for, such as registry.example.org:5000");
        }
        return RegistryAddress.isSame(registry, host)
                ? Optional.of(new Login(user, new Secret(environment.getOrDefault("IMAAS_REGISTRY_PASSWORD", ""))))
                : Optional.empty();
    }

    private Optional<Login> fromSecret(String registry) {
        if (dockerConfigJson == null) {
            return Optional.empty();
        }
        try {
            JsonNode root = BoundedJson.mapper().readTree(dockerConfigJson.reveal());
            for (Map.Entry<String, JsonNode> auth : root.path("auths").properties()) {
                if (RegistryAddress.isSame(registry, host(auth.getKey()))) {
                    return Optional.of(login(auth.getValue()));
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // neither the cause nor its message goes along: both may quote the secret
            throw FailureException.input(
                    "the registry secret is not a Docker configuration",
                    "kubernetes.io/dockerconfigjson",
                    "give the decoded value of the secret's key .dockerconfigjson");
        }
    }

    private static Login login(JsonNode auth) {
        if (!auth.hasNonNull("auth")) {
            return new Login(
                    auth.path("username").asText(),
                    new Secret(auth.path("password").asText()));
        }
        String pair = new String(Base64.getDecoder().decode(auth.get("auth").asText()), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("no colon");
        }
        return new Login(pair.substring(0, colon), new Secret(pair.substring(colon + 1)));
    }

    private static Optional<Login> fromDockerConfig(String registry, Path file) {
        try {
            return DockerConfigCredentialRetriever.create(registry, file)
                    .retrieve(event -> {})
                    .map(c -> new Login(c.getUsername(), new Secret(c.getPassword())));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw FailureException.input(
                    "Docker's configuration can't be read", file.toString(), "check that it is valid JSON");
        }
    }

    private Optional<Path> dockerConfig() {
        String folder = environment.get("DOCKER_CONFIG");
        if (folder != null) {
            return Optional.of(Path.of(folder, "config.json"));
        }
        return Optional.ofNullable(environment.get("HOME")).map(home -> Path.of(home, ".docker", "config.json"));
    }

    /** The keys of {@code auths} are hosts or URLs. */
    private static String host(String key) {
        return key.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
    }
}
