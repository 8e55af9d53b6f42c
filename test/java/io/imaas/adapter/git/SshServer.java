package io.imaas.adapter.git;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real OpenSSH server on loopback with keys of its own, for the account that runs the tests. */
final class SshServer implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final Process process;

    /** Skips the test where there is no OpenSSH server. */
    static SshServer start(Path folder) throws IOException, InterruptedException {
        assumeThat(SSHD).as("needs openssh-server").exists();
        return new SshServer(Files.createDirectories(folder));
    }

    private SshServer(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        newKey("host");
        newKey("user");
        Path config = folder.resolve("sshd_config");
        Files.write(
                config,
                List.of(
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + folder.resolve("host"),
                        "AuthorizedKeysFile " + folder.resolve("user.pub"),
                        "PidFile none",
                        "StrictModes no",
                        "UsePAM no",
                        "PasswordAuthentication no",
                        "KbdInteractiveAuthentication no",
                        "PermitRootLogin yes"));
        if ("root".equals(System.getProperty("user.name"))) {
            // Debian's service makes it; sshd wants it when it begins as root.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        this.process = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        awaitListening();
    }

    RepositoryUrl url(Path repository) {
        return new RepositoryUrl("ssh://git@127.0.0.1:" + port + repository);
    }

    /** A line for {@code known_hosts} that says the server has this key. */
    String knownHost(String key) throws IOException {
        return "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve(key + ".pub"));
    }

    /** Makes an ed25519 key; only {@code user} may log in. */
    void newKey(String name) {
        GitFixture.run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name);
    }

    Secret key(String name) throws IOException {
        return new Secret(Files.readString(folder.resolve(name)));
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (int round = 0; round < 200; round++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    break;
                }
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException(Files.readString(folder.resolve("sshd.log")));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
