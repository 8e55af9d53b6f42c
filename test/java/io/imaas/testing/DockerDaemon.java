package io.imaas.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Debian's {@code dockerd} with an empty store and no network of its own, for the time of a test class. It needs root;
 * the tests are skipped, with one line saying so, where it can't run.
 */
public final class DockerDaemon implements BeforeAllCallback, AfterAllCallback {
    private Path folder;
    private Process process;
    private Closeable turn;

    /**
     * Waits until no other process of these tests has a daemon: one that starts without a bridge takes the bridge away from
     * one that has it.
     */
    public static Closeable turn() throws IOException {
        FileChannel channel = FileChannel.open(
                Path.of(System.getProperty("java.io.tmpdir"), "imaas-test-dockerd.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock();
        return () -> {
            lock.release();
            channel.close();
        };
    }

    /** What clients need in their environment. */
    public Map<String, String> environment() {
        return Map.of("DOCKER_HOST", host());
    }

    public String host() {
        return "unix://" + socket();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Program dockerd = Program.require("dockerd", "docker.io");
        assumeTrue("root".equals(System.getProperty("user.name")), "dockerd needs root, so this did not run");
        turn = turn();
        folder = Files.createTempDirectory("dd");
        process = new ProcessBuilder(List.of(
                        dockerd.file().toString(),
                        "--host=" + host(),
                        "--iptables=false",
                        "--ip6tables=false",
                        "--bridge=none",
                        "--storage-driver=vfs",
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + folder.resolve("exec"),
                        "--pidfile=" + folder.resolve("pid")))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        awaitSocket();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (turn == null) {
            return;
        }
        try {
            end();
        } finally {
            turn.close();
        }
    }

    private void end() throws Exception {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path socket() {
        return folder.resolve("socket");
    }

    private void awaitSocket() throws Exception {
        for (int tries = 0; tries < 600 && process.isAlive(); tries++) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket()));
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        String log = Files.readString(folder.resolve("log"));
        assumeTrue(
                false,
                "dockerd does not run here: " + log.lines().reduce((a, b) -> b).orElse(""));
    }
}
