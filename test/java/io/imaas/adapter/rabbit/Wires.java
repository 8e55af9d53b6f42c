package io.imaas.adapter.rabbit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hands bytes on to a server, until it is cut. */
final class Wires implements AutoCloseable {
    private final ServerSocket here;
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Wires(String host, int port) {
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

    int port() {
        return here.getLocalPort();
    }

    private void accept() {
        while (!here.isClosed()) {
            try {
                Socket near = prompt(here.accept());
                Socket far = prompt(new Socket(host, port));
                start(() -> copy(near, far));
                start(() -> copy(far, near));
                if (cut) {
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

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException broken) {
            // That is what it is for.
        }
    }

    void cut() {
        cut = true;
        breakAll();
    }

    void restore() {
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
