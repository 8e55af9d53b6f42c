package io.imaas.adapter.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Connections to a server that may be anybody's: it says at most so many bytes, in at most so much time. What it says is
 * read line by line, and a line without an end would fill the memory.
 */
final class BoundedSockets extends SocketFactory {
    /** Far above all answers of one message. */
    private static final int LONGEST = 1 << 20;

    private final Duration whole;

    /** @param whole from the connection to the last word */
    BoundedSockets(Duration whole) {
        this.whole = whole;
    }

    @Override
    public Socket createSocket() {
        return new Bounded(System.nanoTime() + whole.toNanos());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
    }

    private Socket connected(InetSocketAddress server, InetSocketAddress local) throws IOException {
        Socket socket = createSocket();
        try {
            socket.bind(local);
            socket.connect(server);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static final class Bounded extends Socket {
        private final long deadline;
        private int left = LONGEST;

        Bounded(long deadline) {
            this.deadline = deadline;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    spend(1);
                    return super.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int read = super.read(into, offset, length);
                    spend(read);
                    return read;
                }
            };
        }

        private void spend(int bytes) throws IOException {
            left -= bytes;
            if (left < 0 || System.nanoTime() - deadline > 0) {
                throw new IOException("the server says too much, or takes too long for it");
            }
        }
    }
}
