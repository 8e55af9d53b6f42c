package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.JavaProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows the tutorial gets what it says. */
class TutorialTest {
    private static final Path DOCUMENT = Path.of("docs/tutorial.md");

    @TempDir
    Path folder;

    @Test
    void everyCommandOfTheTutorialEndsAsItSays() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> lines = new ArrayList<>();
        boolean shell = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh");
            } else if (shell) {
                boolean goesOn = !lines.isEmpty() && lines.get(lines.size() - 1).endsWith("\\");
                String begun = goesOn ? lines.remove(lines.size() - 1).replaceFirst("\\\\$", "") : "";
                lines.add(begun + line.replace("5055", String.valueOf(port)));
            }
        }
        assertThat(lines).hasSizeGreaterThan(20);
        Path work = Files.createDirectories(folder.resolve("work"));
        Files.write(folder.resolve("lines"), lines);
        ProcessBuilder builder =
                JavaProcess.of(TutorialRunner.class, folder.resolve("lines").toString());
        builder.directory(work.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("IMAAS_"));
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        Process process = builder.start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told)
                .contains("hello -> test: ready to be promoted", "removed hello/.imaas-dev")
                .contains("1 project: 0 errors, 0 warnings", "acme is sound: 1 tenant, 1 service")
                .contains("refused approval: none of @ann approved this content")
                .contains("1 thing waits in 1 tenant", "held: greets the wrong person")
                // Nobody said these versions: they are the images' own.
                .contains("0.1.0 -> 0.2.0");
    }
}
