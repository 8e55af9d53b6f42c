package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.image.ImageRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:5000", "127.0.0.1:5000", "127.9.9.9", "[::1]:5000", "LOCALHOST:1"})
    void plainHttpIsForThisMachine(String registry) {
        assertThat(new RegistryAddress(registry).resolve("/v2/")).hasScheme("http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"registry.example.org", "localhost.example.org", "127.0.0.1.example.org:80", "10.0.0.1:5000"})
    void everyOtherRegistryIsSpokenToOverTls(String registry) {
        assertThat(new RegistryAddress(registry).resolve("/v2/")).hasScheme("https");
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/wso2/wso2mi, https://registry-1.docker.io/v2/wso2/wso2mi/tags/list",
        "docker.io/debian, https://registry-1.docker.io/v2/library/debian/tags/list",
        "quay.io/debian, https://quay.io/v2/debian/tags/list"
    })
    void dockerHubIsKnownByItsManyNames(String repository, String uri) {
        RegistryHttp.Call call = RegistryHttp.Call.of(ImageRepository.parse(repository), "GET", "/tags/list");

        assertThat(call.uri()).hasToString(uri);
    }

    @Test
    void aLoginForDockersOldAddressIsForDockerHub() {
        assertThat(RegistryAddress.isSame("docker.io", "index.docker.io")).isTrue();
        assertThat(RegistryAddress.isSame("registry.example.org", "docker.io")).isFalse();
    }
}
