package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.identity.Secret;
import io.imaas.port.RegistryLogins.Login;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCredentialsTest {
    private static final String REGISTRY = "registry.example.org:5000";
    private static final Optional<Login> ALICE = Optional.of(new Login("alice", new Secret("s:cret")));

    @TempDir
    Path home;

    @Test
    void theEnvironmentsPasswordIsForTheRegistryItNamesAndNoOther() {
        RegistryCredentials credentials = RegistryCredentials.of(environment(
                "IMAAS_REGISTRY_HOST", REGISTRY, "IMAAS_REGISTRY_USER", "alice", "IMAAS_REGISTRY_PASSWORD", "s:cret"));

        assertThat(credentials.find(REGISTRY)).isEqualTo(ALICE);
        assertThat(credentials.find("docker.io")).isEmpty();
    }

    @Test
    void aUserWithoutARegistryIsRefusedSinceThePasswordCouldGoAnywhere() {
        assertThatThrownBy(() -> RegistryCredentials.of(environment("IMAAS_REGISTRY_USER", "alice"))
                        .find(REGISTRY))
                .hasMessageContaining("IMAAS_REGISTRY_HOST");
    }

    @Test
    void aKubernetesSecretIsReadInAllItsForms() {
        String auth = Base64.getEncoder().encodeToString("alice:s:cret".getBytes(StandardCharsets.UTF_8));
        for (String key : new String[] {REGISTRY, "https://" + REGISTRY, "https://" + REGISTRY + "/v2/"}) {
            for (String value :
                    new String[] {"{\"auth\":\"" + auth + "\"}", "{\"username\":\"alice\",\"password\":\"s:cret\"}"}) {
                String json = "{\"auths\":{\"other\":{},\"" + key + "\":" + value + "}}";
                assertThat(RegistryCredentials.of(environment("IMAAS_REGISTRY_DOCKERCONFIGJSON", json))
                                .find(REGISTRY))
                        .as(json)
                        .isEqualTo(ALICE);
            }
        }
    }

    @Test
    void aSecretThatCannotBeReadIsNeverQuoted() {
        for (String junk :
                new String[] {"top-secret", "{\"auths\":{\"" + REGISTRY + "\":{\"auth\":\"top-secret!\"}}}"}) {
            assertThatThrownBy(() -> RegistryCredentials.of(environment("IMAAS_REGISTRY_DOCKERCONFIGJSON", junk))
                            .find(REGISTRY))
                    .hasNoCause()
                    .hasMessageContaining("not a Docker configuration")
                    .hasMessageNotContaining("top-secret");
        }
    }

    @Test
    void dockersConfigurationIsReadAndABrokenOneIsNamed() throws Exception {
        Path docker = Files.createDirectories(home.resolve(".docker"));
        String auth = Base64.getEncoder().encodeToString("alice:s:cret".getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                docker.resolve("config.json"), "{\"auths\":{\"" + REGISTRY + "\":{\"auth\":\"" + auth + "\"}}}");

        assertThat(RegistryCredentials.of(Map.of("HOME", home.toString())).find(REGISTRY))
                .isEqualTo(ALICE);
        assertThat(RegistryCredentials.of(Map.of("DOCKER_CONFIG", docker.toString()))
                        .find(REGISTRY))
                .isEqualTo(ALICE);
        Files.writeString(docker.resolve("config.json"), "not JSON");
        assertThatThrownBy(() ->
                        RegistryCredentials.of(Map.of("HOME", home.toString())).find(REGISTRY))
                .hasMessageContaining("config.json");
    }

    @Test
    void printingALoginDoesNotGiveThePasswordAway() {
        assertThat(ALICE.toString()).doesNotContain("s:cret");
    }

    private Map<String, String> environment(String... pairs) {
        Map<String, String> environment = new HashMap<>(Map.of("HOME", home.toString()));
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return environment;
    }
}
