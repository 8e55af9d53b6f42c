package io.imaas.dev.layout;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.http.config.SocketConfig;
import org.apache.http.impl.bootstrap.HttpServer;
import org.apache.http.impl.bootstrap.ServerBootstrap;

/**
 * A registry on 127.0.0.1 over an OCI image layout folder, for the demo and for tests.
 *
 * <p>It knows no users, so it listens on the loopback address and nowhere else. What it holds survives {@code kill -9}:
 * blobs, manifests and {@code index.json} appear by atomic renames.
 */
public final class LoopbackRegistry implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final HttpServer server;

    private LoopbackRegistry(HttpServer server) {
        this.server = server;
    }

    /**
     * Serves a folder; it is created when it is not there.
     *
     * @param port to listen on, or 0 for any free one
     * @throws FailureException INPUT when the port is taken or the folder is a file, EXTERNAL when the folder can't be written
     */
    public static LoopbackRegistry start(Path folder, int port) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw FailureException.input(Reason.noFolder(true), folder.toString(), "imaas registry DIR");
        }
        try {
            ImageLayout layout = new ImageLayout(folder.toAbsolutePath());
            Uploads uploads = new Uploads(layout);
            uploads.tidy(Instant.now());
            HttpServer server = ServerBootstrap.bootstrap()
                    .setLocalAddress(InetAddress.getByAddress(LOOPBACK))
                    .setListenerPort(port)
                    .setSocketConfig(SocketConfig.custom()
                            .setTcpNoDelay(true)
                            .setSoReuseAddress(true)
                            .build())
                    .setConnectionFactory(PlainConnection::new)
                    .registerHandler("*", new DistributionEndpoint(layout, new LayoutIndex(layout), uploads))
                    .create();
            server.start();
            return new LoopbackRegistry(server);
        } catch (BindException e) {
            throw FailureException.input(
                    "port " + port + " is taken", "127.0.0.1:" + port, "choose another port, or 0 for any free one");
        } catch (IOException e) {
            throw FailureException.external(
                    "the registry can't keep images here: " + Reason.of(e),
                    folder.toString(),
                    "check that the folder can be written and its disk has room",
                    e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The registry's part of an image's name, {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.shutdown(0, TimeUnit.SECONDS);
    }
}
