package io.imaas.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Hands bytes on to a server, until it is cut. */
public final class Wires implements AutoCloseable {
    private static final byte[] REFUSAL =
            "HTTP/1.1 403 Cut\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket here;
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean cut;
    private volatile long most = Long.MAX_VALUE;
    private volatile Runnable atCut = () -> {};

    public Wires(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wires");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return here.getLocalPort();
    }

    private void accept() {
        while (!here.isClosed()) {
            try {
                Socket near = prompt(here.accept());
                Socket far = prompt(new Socket(host, port));
                start(() -> copy(near, far, true));
                start(() -> copy(far, near, false));
                if (cut) {
                    if (most < Long.MAX_VALUE) {
                        // A client of HTTP that is as good as dead tries no more.
                        near.getOutputStream().write(REFUSAL);
                    }
                    breakAll();
                }
            } catch (IOException e) {
                breakAll();
            }
        }
    }

    /** Hands on at once, as the client and the broker do: small messages do not wait for one another's receipt. */
    private Socket prompt(Socket socket) throws IOException {
        open.add(socket);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private void copy(Socket from, Socket to, boolean counts) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                long over = counts ? sent.addAndGet(length) - most : -1;
                out.write(buffer, 0, (int) Math.max(0, length - Math.max(0, over)));
                if (over >= 0) {
                    atCut.run();
                    cut();
                }
            }
        } catch (IOException broken) {
            // That is what it is for.
        }
    }

    /**
     * @param next how many more bytes the client sends before the wires are cut
     * @param then is done as well
     * @return bytes that it has sent since this was asked last
     */
    public long sent(long next, Runnable then) {
        cut = false;
        most = next;
        atCut = then;
        return sent.getAndSet(0);
    }

    public void cut() {
        cut = true;
        breakAll();
    }

    public void restore() {
        cut = false;
    }

    private void breakAll() {
        for (Socket socket : List.copyOf(open)) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            here.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        breakAll();
    }
}
