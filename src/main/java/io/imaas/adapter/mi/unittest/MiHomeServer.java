package io.imaas.adapter.mi.unittest;

import io.imaas.model.failure.FailureException;
import io.imaas.port.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A unit-test server from a Micro Integrator's home folder, on a free port. */
public final class MiHomeServer implements TestServer {
    private static final int REMEMBERED_LINES = 20;
    private static final int PAUSE_MILLIS = 300;
    private static final int GRACE_SECONDS = 10;

    private final Path home;
    private final Duration patience;
    private final Consumer<String> log;
    private final Thread guard;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private volatile Process process;
    private volatile InetSocketAddress address;
    private Thread reader;

    private MiHomeServer(Path home, Duration patience, Consumer<String> log) {
        this.home = home;
        this.patience = patience;
        this.log = log;
        // The try block around a server does not end when the program is interrupted.
        this.guard = new Thread(this::kill, "end-of-unit-test-server");
        Runtime.getRuntime().addShutdownHook(guard);
    }

    /**
     * Starts {@code bin/micro-integrator.sh} and waits until it serves.
     *
     * @param patience how long it may take to start
     * @param log gets the server's own lines
     * @throws FailureException INPUT when the folder is not a Micro Integrator's, EXTERNAL when the server does not start
     */
    public static MiHomeServer start(Path home, Duration patience, Consumer<String> log) {
        if (!Files.isExecutable(script(home))) {
            throw FailureException.input(
                    "there is no bin/micro-integrator.sh that can be run",
                    home.toString(),
                    "name the folder that wso2mi-<version>.zip unpacks to");
        }
        MiHomeServer server = new MiHomeServer(home, patience, log);
        try {
            server.launch();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Path script(Path home) {
        return home.resolve("bin/micro-integrator.sh").toAbsolutePath();
    }

    private void launch() {
        try {
            int port = freePort();
            ProcessBuilder builder =
                    new ProcessBuilder(List.of(script(home).toString(), "-DsynapseTest", "-DsynapseTestPort=" + port));
            builder.directory(home.toFile()).redirectErrorStream(true);
            process = builder.start();
            process.getOutputStream().close();
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw FailureException.external(
                    "the unit-test server can't be started: " + e.getMessage(),
                    script(home).toString(),
                    "",
                    e);
        }
        follow(process);
        await();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void follow(Process started) {
        reader = new Thread(
                () -> {
                    try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
                        lines.lines().forEach(line -> {
                            remember(line);
                            log.accept(line);
                        });
                    } catch (IOException | UncheckedIOException e) {
                        remember("(its output ended: " + e.getMessage() + ")");
                    }
                },
                "unit-test-server-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void remember(String line) {
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > REMEMBERED_LINES) {
                lastLines.removeFirst();
            }
        }
    }

    private void await() {
        long end = System.nanoTime() + patience.toNanos();
        while (!ServerProbe.ready(address)) {
            if (!process.isAlive()) {
                readToTheEnd();
                throw notStarted("the unit-test server ended with code " + process.exitValue());
            }
            if (System.nanoTime() > end) {
                throw notStarted("the unit-test server does not answer after " + patience.toSeconds() + " s");
            }
            pause();
        }
    }

    /** The last words may still be on their way when the process has ended. */
    private void readToTheEnd() {
        try {
            reader.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FailureException notStarted(String what) {
        String said;
        synchronized (lastLines) {
            said = String.join("\n", lastLines);
        }
        return FailureException.external(
                what + (said.isEmpty() ? "" : "; it said:\n" + said),
                address.getHostString() + ":" + address.getPort(),
                "check JAVA_HOME and whether another Micro Integrator holds the ports 8290 and 9164",
                (Throwable) null);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("the start of the unit-test server was interrupted", "", "", e);
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public boolean restart() {
        kill();
        launch();
        return true;
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(guard);
        } catch (IllegalStateException e) {
            // The program is ending, and the guard is at work.
            return;
        }
    }

    /** The script starts Java as a child, which would outlive it. */
    private void kill() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Those that are left are not asked again.
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * Finds out whether a server that was just started is ready. The server serves even a connection that sends nothing, and
     * stops all mock services when it is done with it: so the probe waits until the server has hung up, and no suite may run
     * beside it.
     */
    private static final class ServerProbe {
        private static final int CONNECT_MILLIS = 1_000;
        /** The server itself waits up to 10 s for its HTTP port before it looks at a connection. */
        private static final Duration SERVED = Duration.ofSeconds(20);

        private ServerProbe() {}

        /** Whether the server took a connection and served it to its end. */
        static boolean ready(InetSocketAddress server) {
            try (Socket socket = new Socket()) {
                socket.connect(server, CONNECT_MILLIS);
                socket.setSoTimeout((int) SERVED.toMillis());
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                return true;
            } catch (IOException e) {
                // Refused, reset or silent: not ready, which is an answer.
                return false;
            }
        }
    }
}
