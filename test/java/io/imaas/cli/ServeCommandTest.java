package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.server.Sender;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, killed as only an operating system kills. */
class ServeCommandTest {
    private static final String GITOPS = "https://git.example/orders-gitops.git";

    @TempDir
    Path folder;

    private Process process;
    private BufferedReader out;
    private URI address;

    @BeforeEach
    void platform() throws IOException {
        Files.createDirectories(folder.resolve("platform/tenants"));
        Files.writeString(
                folder.resolve("platform/platform.yaml"), "platform: acme\nregistries: [registry.example/imaas]\n");
    }

    private void start() throws IOException {
        process = launch();
        out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line).as(Files.readString(folder.resolve("err.txt"))).startsWith("Listening on ");
        address = URI.create(line.substring("Listening on ".length()));
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.imaas.cli.Main",
                        "serve",
                        "--platform",
                        folder.resolve("platform").toString(),
                        "--data",
                        folder.resolve("data").toString(),
                        "--cache",
                        folder.resolve("cache").toString(),
                        "--port",
                        "0")
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().put("IMAAS_WEBHOOK_SECRET", Sender.SECRET);
        return builder.start();
    }

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void killedAtAnyMomentItLosesNothingThatItAccepted() throws Exception {
        Queue<String> accepted = new ConcurrentLinkedQueue<>();
        for (int round = 0; round < 3; round++) {
            start();
            ExecutorService senders = Executors.newFixedThreadPool(8);
            for (int thread = 0; thread < 8; thread++) {
                String prefix = round + "-" + thread + "-";
                senders.execute(() -> sendUntilItDies(prefix, accepted));
            }
            while (accepted.size() < 200 * (round + 1)) {
                Thread.sleep(20);
            }
            process.destroyForcibly().waitFor();
            senders.shutdown();
            assertThat(senders.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        start();
        String kept = everything();
        assertThat(accepted).allMatch(id -> kept.contains("\"" + id + "\""));
    }

    private void sendUntilItDies(String prefix, Queue<String> accepted) {
        Sender sender = new Sender(address);
        try {
            for (int i = 0; i < 100_000; i++) {
                if (sender.gitHub(prefix + i, Sender.push(GITOPS, "dev")).statusCode() == 202) {
                    accepted.add("github-" + prefix + i);
                }
            }
        } catch (java.io.UncheckedIOException killed) {
            // What this test is about.
        }
    }

    private String everything() {
        StringBuilder all = new StringBuilder();
        Sender sender = new Sender(address);
        for (int after = 0; ; after += 1000) {
            String page = sender.get("/api/v1/events?limit=1000&after=" + after).body();
            if (!page.contains("specversion")) {
                return all.toString();
            }
            all.append(page);
        }
    }

    @Test
    void toldToStopItEndsWellAndSaysSo() throws Exception {
        start();
        new Sender(address).gitHub("1", Sender.push(GITOPS, "dev"));
        process.toHandle().destroy();
        assertThat(out.lines().reduce("", (all, line) -> line)).isEqualTo("Stopping: what was accepted is kept.");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("err.txt"))).isEmpty();
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void whatIsMissingIsNamed() {
        CommandLineRun run = CommandLineRun.of("serve", "--platform", "x", "--webhook-secret", "");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("IMAAS_WEBHOOK_SECRET", "openssl rand");
        assertThat(CommandLineRun.of("serve", "--webhook-secret", Sender.SECRET).err())
                .contains("which platform is served");
        List<String> none =
                List.of("serve", "--platform", folder.resolve("none").toString(), "--webhook-secret");
        assertThat(CommandLineRun.of(none.get(0), none.get(1), none.get(2), none.get(3), Sender.SECRET)
                        .exitCode())
                .isEqualTo(3);
    }
}
