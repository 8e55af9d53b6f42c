package io.imaas.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.jenkins.credentials.KnownLogins;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentRunnersTest {
    @Test
    void aPodSaysWhereItsVolumeWithMavensRepositoryIs() {
        assertThat(runners(Map.of("IMAAS_MAVEN_REPOSITORY", "/home/jenkins/.m2/repository"))
                        .localRepository())
                .isEqualTo(Path.of("/home/jenkins/.m2/repository"));
    }

    @Test
    void elsewhereEachTenantHasItsOwn() {
        assertThat(runners(Map.of()).localRepository()).endsWithRaw(Path.of(".imaas", "orders", "m2"));
    }

    private static AgentRunners runners(Map<String, String> environment) {
        return new AgentRunners(Path.of("workspace"), "orders", KnownLogins.none(), List.of(), environment);
    }
}
