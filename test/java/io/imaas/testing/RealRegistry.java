package io.imaas.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Debian's {@code docker-registry} on a free loopback port with an empty store, for the time of a test class:
 * {@code @RegisterExtension static final RealRegistry REGISTRY = new RealRegistry();}
 */
public final class RealRegistry implements BeforeAllCallback, AfterAllCallback {
    /** Who is let in {@link #withLogin()}. */
    public static final String USER = "imaas";

    public static final String PASSWORD = "open sesame";
    private static final String HTPASSWD = USER + ":$2b$04$.BoZTpNu3uUD3c83KR6aG.BqsAXBZZVdn7Qy5mHsOKiEtjP.p4eli\n";

    private final boolean login;
    private final Path certificate;
    private final Path key;
    private Path folder;
    private Process process;
    private int port;

    public RealRegistry() {
        this(false, null, null);
    }

    private RealRegistry(boolean login, Path certificate, Path key) {
        this.login = login;
        this.certificate = certificate;
        this.key = key;
    }

    public RealRegistry withLogin() {
        return new RealRegistry(true, certificate, key);
    }

    public RealRegistry withTls(Path pemCertificate, Path pemKey) {
        return new RealRegistry(login, pemCertificate, pemKey);
    }

    /** {@code 127.0.0.1:port} */
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        stop();
    }

    public void start() throws IOException, InterruptedException {
        Program program = Program.require("docker-registry", "docker-registry");
        folder = Files.createTempDirectory("docker-registry");
        port = freePort();
        Path configuration = folder.resolve("config.yml");
        Files.writeString(configuration, configuration());
        process = new ProcessBuilder(program.file().toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        awaitPort();
    }

    public void stop() throws IOException, InterruptedException {
        if (process == null) {
            return;
        }
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    private String configuration() throws IOException {
        StringBuilder yaml = new StringBuilder("version: 0.1\n")
                .append("log: {level: error, accesslog: {disabled: true}}\n")
                .append("storage: {filesystem: {rootdirectory: ")
                .append(folder.resolve("store"))
                .append("}, delete: {enabled: true}}\n")
                .append("http: {addr: '127.0.0.1:")
                .append(port)
                .append("', secret: not-secret");
        if (certificate != null) {
            yaml.append(", tls: {certificate: ").append(certificate).append(", key: ");
            yaml.append(key).append("}");
        }
        yaml.append("}\n");
        if (login) {
            Path users = folder.resolve("htpasswd");
            Files.write(users, HTPASSWD.getBytes(StandardCharsets.UTF_8));
            yaml.append("auth: {htpasswd: {realm: test, path: ").append(users).append("}}\n");
        }
        return yaml.toString();
    }

    private void awaitPort() throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("docker-registry did not start; see " + folder.resolve("log"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
