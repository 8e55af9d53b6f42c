package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The hpi carries of the engine what the plugin calls, and nothing of the command line's. */
class EngineJarTest {
    private static final List<String> LEFT_OUT = List.of(
            "io/imaas/cli/",
            "io/imaas/server/",
            "io/imaas/app/hub/",
            "io/imaas/adapter/sqlite/",
            "io/imaas/adapter/rabbit/",
            "io/imaas/adapter/oidc/",
            "io/imaas/dev/demo/",
            "io/imaas/dev/layout/",
            "io/imaas/adapter/docker/",
            "io/imaas/adapter/preview/",
            "com/github/dockerjava/",
            "io/javalin/",
            "org/eclipse/jetty/",
            "org/sqlite/",
            "com/rabbitmq/",
            "com/nimbusds/",
            "picocli/");

    @Test
    void theEngineOfTheHpiHasNothingOfOtherDoors() throws IOException {
        String jar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.matches(".*imaas-orchestrator.*-plugin\\.jar"))
                .findFirst()
                .orElseThrow();
        try (JarFile entries = new JarFile(jar)) {
            List<String> names = entries.stream().map(ZipEntry::getName).toList();
            assertThat(names).contains("io/imaas/app/Imaas.class", "io/imaas/adapter/git/GitRepositories.class");
            assertThat(names).noneMatch(name -> LEFT_OUT.stream().anyMatch(name::startsWith));
        }
    }
}
