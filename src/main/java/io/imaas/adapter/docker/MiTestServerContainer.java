package io.imaas.adapter.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.imaas.model.failure.FailureException;
import io.imaas.port.TestServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A unit-test server in a container of a Micro Integrator image, on a free port of the daemon's machine. Only loopback
 * can reach it, unless the daemon is on another machine.
 */
public final class MiTestServerContainer implements TestServer {
    private static final int PORT = 9008;
    /** What the server says when it listens; a published port takes connections before that. */
    private static final String READY = "unit testing agent has been established";

    private static final String LOOPBACK = "127.0.0.1";

    private final DockerClient docker;
    private final String daemonHost;
    private final String image;
    private final Duration patience;
    private final Consumer<String> log;
    private final Thread guard;
    private volatile String id = "";
    private volatile InetSocketAddress address;

    private MiTestServerContainer(
            DockerClient docker, String daemonHost, String image, Duration patience, Consumer<String> log) {
        this.docker = docker;
        this.daemonHost = daemonHost;
        this.image = image;
        this.patience = patience;
        this.log = log;
        // The try block around a server does not end when the program is interrupted.
        this.guard = new Thread(this::remove, "end-of-unit-test-container");
        Runtime.getRuntime().addShutdownHook(guard);
    }

    /**
     * Starts a container and waits until its server listens; the image is pulled when the daemon lacks it.
     *
     * @param daemonHost the daemon's machine when it is not this one, else empty
     * @param patience how long the server may take to start, the pull not counted
     * @param log gets the container's own lines
     * @throws FailureException INPUT when there is no such image, EXTERNAL when the server does not start
     */
    public static MiTestServerContainer start(
            DockerClient docker, String daemonHost, String image, Duration patience, Consumer<String> log) {
        MiTestServerContainer container = new MiTestServerContainer(docker, daemonHost, image, patience, log);
        try {
            container.pull();
            container.run();
            return container;
        } catch (RuntimeException | InterruptedException e) {
            container.close();
            throw failure(e, image);
        }
    }

    private void pull() throws InterruptedException {
        try {
            docker.inspectImageCmd(image).exec();
        } catch (NotFoundException absent) {
            docker.pullImageCmd(image).start().awaitCompletion();
        }
    }

    private void create() {
        Ports.Binding binding = daemonHost.isEmpty() ? Ports.Binding.bindIp(LOOPBACK) : Ports.Binding.empty();
        HostConfig host = HostConfig.newHostConfig()
                .withPortBindings(new PortBinding(binding, ExposedPort.tcp(PORT)))
                .withInit(true);
        id = docker.createContainerCmd(image)
                .withCmd("-DsynapseTest", "-DsynapseTestPort=" + PORT)
                .withExposedPorts(ExposedPort.tcp(PORT))
                .withHostConfig(host)
                .withLabels(Map.of("io.imaas.purpose", "unit-tests"))
                .exec()
                .getId();
    }

    private void run() throws InterruptedException {
        create();
        docker.startContainerCmd(id).exec();
        Output output = new Output(log);
        docker.logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(output);
        if (!output.ready(patience)) {
            throw FailureException.external(
                    "the container's unit-test server did not start within " + patience.toSeconds() + " s"
                            + output.lastLines(),
                    image,
                    "is it an image of the Micro Integrator? its command must hand -DsynapseTest on",
                    (Throwable) null);
        }
        InspectContainerResponse inspected = docker.inspectContainerCmd(id).exec();
        Ports.Binding[] bindings =
                inspected.getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(PORT));
        if (bindings == null || bindings.length == 0) {
            throw FailureException.external(
                    "the container ended as soon as it had started" + output.lastLines(),
                    image,
                    "run it by hand",
                    (Throwable) null);
        }
        int port = Integer.parseInt(bindings[0].getHostPortSpec());
        address = new InetSocketAddress(daemonHost.isEmpty() ? LOOPBACK : daemonHost, port);
    }

    private static FailureException failure(Exception e, String image) {
        if (e instanceof FailureException known) {
            return known;
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return FailureException.external("the start of the unit-test container was interrupted", image, "", e);
        }
        if (e instanceof NotFoundException) {
            return FailureException.input("there is no such image: " + e.getMessage(), image, "check its name");
        }
        if (e instanceof DockerException || e instanceof DockerClientException) {
            return FailureException.external(
                    "Docker can't run the unit-test server: " + e.getMessage(),
                    image,
                    "check the daemon and the image",
                    e);
        }
        return FailureException.defect("the start of the unit-test container broke", e);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    /** A container of its own again: files that suites wrote are gone too. */
    @Override
    public boolean restart() {
        remove();
        try {
            run();
            return true;
        } catch (RuntimeException | InterruptedException e) {
            throw failure(e, image);
        }
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(guard);
        } catch (IllegalStateException e) {
            // The program is ending, and the guard is at work.
            return;
        }
    }

    private void remove() {
        if (id.isEmpty()) {
            return;
        }
        try {
            docker.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            // Somebody else removed it: gone is what it should be.
            return;
        }
    }

    /** The container's lines: when the server listens, and what it said last. */
    private static final class Output extends ResultCallback.Adapter<Frame> {
        private static final int REMEMBERED = 20;

        private final Consumer<String> log;
        private final Deque<String> last = new ArrayDeque<>();
        private final CountDownLatch decided = new CountDownLatch(1);
        private volatile boolean listening;

        Output(Consumer<String> log) {
            this.log = log;
        }

        @Override
        public void onNext(Frame frame) {
            new String(frame.getPayload(), StandardCharsets.UTF_8).lines().forEach(this::line);
        }

        private void line(String line) {
            synchronized (last) {
                last.addLast(line);
                if (last.size() > REMEMBERED) {
                    last.removeFirst();
                }
            }
            log.accept(line);
            if (line.contains(READY)) {
                listening = true;
                decided.countDown();
            }
        }

        /** The stream ends when the container does. */
        @Override
        public void onComplete() {
            decided.countDown();
            super.onComplete();
        }

        boolean ready(Duration patience) throws InterruptedException {
            return decided.await(patience.toMillis(), TimeUnit.MILLISECONDS) && listening;
        }

        String lastLines() {
            synchronized (last) {
                return last.isEmpty() ? "" : "; it said:\n" + String.join("\n", last);
            }
        }
    }
}
