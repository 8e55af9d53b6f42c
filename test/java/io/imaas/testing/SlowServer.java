package io.imaas.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Before a server of this machine: all that it answers, the handshake of TLS included, comes later by a delay. */
public final class SlowServer implements AutoCloseable {
    private final URI server;
    private final Duration delay;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private record Chunk(ByteBuffer bytes, long due) {}

    public SlowServer(URI server, Duration delay) throws IOException {
        this.server = server;
        this.delay = delay;
        this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        begin(this::accept);
    }

    /** The server's address by way of this one. */
    public URI address() {
        return URI.create(server.getScheme() + "://127.0.0.1:" + listening.getLocalPort());
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket behind = new Socket(server.getHost(), server.getPort());
            open.add(client);
            open.add(behind);
            BlockingQueue<Chunk> late = new LinkedBlockingQueue<>();
            begin(() -> {
                client.getInputStream().transferTo(behind.getOutputStream());
                behind.shutdownOutput();
            });
            begin(() -> receive(behind.getInputStream(), late));
            begin(() -> send(late, client));
        }
    }

    private void receive(InputStream answers, BlockingQueue<Chunk> late) throws IOException {
        byte[] buffer = new byte[65536];
        int length;
        do {
            length = answers.read(buffer);
            byte[] bytes = Arrays.copyOf(buffer, Math.max(0, length));
            late.add(new Chunk(ByteBuffer.wrap(bytes), System.nanoTime() + delay.toNanos()));
        } while (length > 0);
    }

    private static void send(BlockingQueue<Chunk> late, Socket client) throws IOException, InterruptedException {
        OutputStream out = client.getOutputStream();
        for (Chunk chunk = late.take(); chunk.bytes().hasRemaining(); chunk = late.take()) {
            TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
            out.write(chunk.bytes().array());
        }
        client.shutdownOutput();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void begin(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException closed) {
                // One of both sides went away: so does the other.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
