package io.imaas.dev.sandbox;

import io.imaas.dev.world.WorldFolder;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A sandbox's registry, a process of its own: it outlives the command that began it, so that every later command finds
 * the images. Its port stays the same, since images are named by it.
 */
public record RegistryProcess(WorldFolder folder) {
    private static final int START_TRIES = 600;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long PATIENCE_SECONDS = 5;

    /** The port, chosen once. */
    public int port() {
        Path kept = folder.below("registry.port");
        try {
            if (Files.exists(kept)) {
                return Integer.parseInt(Files.readString(kept).strip());
            }
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                folder.write("registry.port", free.getLocalPort() + "\n");
                return free.getLocalPort();
            }
        } catch (IOException | NumberFormatException e) {
            throw FailureException.input(
                    "the registry's port can't be read: " + Reason.of(e),
                    kept.toString(),
                    "imaas dev down, then imaas dev up");
        }
    }

    /** Whether something listens there. */
    public boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Begins it, unless something listens there.
     *
     * @param imaas the words that begin a command of this program
     */
    public void start(List<String> imaas) {
        if (answers()) {
            return;
        }
        List<String> command = new ArrayList<>(imaas);
        command.addAll(List.of("registry", folder.below("registry").toString(), "--port", String.valueOf(port())));
        Path log = folder.below("registry.log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            folder.write("registry.pid", process.pid() + " " + startOf(process.toHandle()) + "\n");
            awaitAnswer(process, log);
        } catch (IOException e) {
            throw FailureException.external(
                    "the registry can't be started: " + Reason.of(e), log.toString(), "see the log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswer(Process process, Path log) throws InterruptedException {
        for (int i = 0; i < START_TRIES && process.isAlive(); i++) {
            if (answers()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        throw FailureException.external(
                "the registry does not answer at localhost:" + port(), log.toString(), "see the log", (Throwable) null);
    }

    /** Ends it; whoever else has got its number meanwhile stays. */
    public boolean stop() {
        Optional<ProcessHandle> running = running();
        running.ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                process.destroyForcibly();
            }
        });
        return running.isPresent();
    }

    private Optional<ProcessHandle> running() {
        Path kept = folder.below("registry.pid");
        if (!Files.exists(kept)) {
            return Optional.empty();
        }
        try {
            String[] words = Files.readString(kept).strip().split(" ");
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(process -> words.length > 1 && startOf(process).equals(words[1]));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
