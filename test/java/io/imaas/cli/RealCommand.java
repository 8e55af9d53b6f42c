package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.testing.JavaProcess;
import io.imaas.testing.RealServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Commands in processes of their own, as a person starts them, for one tenant on the real servers. */
final class RealCommand {
    /** How a command ended and what it said. */
    record Said(int exitCode, String text) {}

    private final Path folder;
    private final String tenant;
    private final String gitops;
    private final Map<String, String> accounts;
    private Duration cpu = Duration.ZERO;

    /** @param folder with the platform's files in {@code platform} */
    RealCommand(Path folder, String tenant, String gitops) {
        this(folder, tenant, gitops, Map.of());
    }

    /** @param accounts variables that name other accounts than the administrator's; an empty one takes the variable out */
    RealCommand(Path folder, String tenant, String gitops, Map<String, String> accounts) {
        this.accounts = accounts;
        this.folder = folder;
        this.tenant = tenant;
        this.gitops = gitops;
    }

    /** Runs a command that must succeed; what it said. */
    String done(String... arguments) {
        Said said = run(arguments);
        assertThat(said.exitCode()).as(said.text()).isZero();
        return said.text();
    }

    /** The processor time of the last command. */
    Duration lastCpu() {
        return cpu;
    }

    Said run(String... arguments) {
        try {
            Process process = start(arguments);
            Thread meter = new Thread(() -> measure(process));
            meter.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            meter.join();
            return new Said(code, String.join(" ", arguments) + "\n" + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Kills a command, as {@code kill -9} does, at its first line with these words. */
    void killedAt(String words, String... arguments) {
        // By its handle: the process itself would close what it said as well.
        at(words, process -> process.toHandle().destroyForcibly(), arguments);
    }

    /** How a command ends and what it says when something happens at its first line with these words. */
    Said at(String words, Consumer<Process> happening, String... arguments) {
        Process process = start(arguments);
        StringBuilder said = new StringBuilder(String.join(" ", arguments) + "\n");
        boolean happened = false;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (!happened && line.contains(words)) {
                    happened = true;
                    happening.accept(process);
                }
            }
            assertThat(happened).as("'" + words + "' in\n" + said).isTrue();
            return new Said(process.waitFor(), said.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Kills a command, as {@code kill -9} does, as soon as Argo CD's stream tells that it applies an application. */
    void killedWhileApplying(String application, String... arguments) {
        HttpRequest stream = HttpRequest.newBuilder(URI.create(RealServer.variable("IMAAS_REAL_ARGOCD")
                        + "/api/v1/stream/applications?appNamespace=argocd&name=" + application))
                .header("Authorization", "Bearer " + RealServer.variable("IMAAS_REAL_ARGOCD_TOKEN"))
                .build();
        try (Stream<String> events = HttpClient.newHttpClient()
                .send(stream, HttpResponse.BodyHandlers.ofLines())
                .body()) {
            Process process = start(arguments);
            CompletableFuture<Void> closed = process.onExit().thenRun(events::close);
            boolean applying = events.anyMatch(event -> {
                try {
                    return new ObjectMapper()
                            .readTree(event)
                            .at("/result/application/status/operationState/phase")
                            .asText()
                            .equals("Running");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(applying && process.isAlive())
                    .as("killed while Argo CD applied " + application)
                    .isTrue();
            process.destroyForcibly().waitFor();
            closed.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process start(String... arguments) {
        ProcessBuilder builder =
                JavaProcess.of(Main.class, arguments).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().putAll(variables());
        builder.environment().putAll(accounts);
        builder.environment().values().remove("");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until it ends: afterwards nobody tells any more. */
    private void measure(Process process) {
        try {
            while (process.isAlive()) {
                process.info().totalCpuDuration().ifPresent(now -> cpu = now);
                process.waitFor(50, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, String> variables() {
        return Map.of(
                "KUBECONFIG", RealServer.variable("IMAAS_REAL_KUBECONFIG"),
                "IMAAS_KUBERNETES", "local",
                "IMAAS_ARGOCD", RealServer.variable("IMAAS_REAL_ARGOCD"),
                "IMAAS_ARGOCD_TOKEN", RealServer.variable("IMAAS_REAL_ARGOCD_TOKEN"),
                "IMAAS_PLATFORM", folder.resolve("platform").toString(),
                "IMAAS_TENANT", tenant,
                "IMAAS_GIT_HOSTS", gitops.replaceFirst("(//[^/]+)/.*", "$1"),
                "IMAAS_CACHE", folder.resolve("cache").toString(),
                "IMAAS_ACTOR", "@ann");
    }
}
