package io.imaas.adapter.mi.unittest;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Finds out whether a server that was just started is ready. The server serves even a connection that sends nothing, and
 * stops all mock services when it is done with it: so the probe waits until the server has hung up, and no suite may run
 * beside it.
 */
final class ServerProbe {
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
