package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.port.ChartRenderer;
import io.imaas.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A controller that is told to end must end, whatever Helm's library did to the signals. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class JavaSignalsTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void aProcessThatRenderedEndsWhenItIsToldTo() throws Exception {
        Process process = JavaProcess.of(Rendering.class, folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("rendered");
            // The process alone: its output is read to the end.
            process.toHandle().destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
            assertThat(output.readLine()).isEqualTo("hook");
        } finally {
            process.destroyForcibly();
        }
    }

    /** The process that is told to end. */
    static final class Rendering {
        private Rendering() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path folder = Path.of(arguments[0]);
            Files.writeString(folder.resolve("Chart.yaml"), "apiVersion: v2\nname: c\nversion: 1.0.0\n");
            Files.createDirectories(folder.resolve("templates"));
            Files.writeString(
                    folder.resolve("templates/a.yaml"),
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            new HelmRenderer().render(new ChartRenderer.Chart(folder.toString(), "r", "n", List.of()));
            System.out.println("rendered");
            Thread.currentThread().join();
        }
    }
}
