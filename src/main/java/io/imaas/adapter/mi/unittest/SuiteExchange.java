package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.unittest.ExchangeException.Kind;
import io.imaas.adapter.mi.unittest.SerialisedString.NotAString;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One suite and its reply over one connection. */
final class SuiteExchange {
    /** Replies are some kilobytes a case; the actual values in them may be whole documents. */
    static final int LARGEST_REPLY = 64 << 20;

    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration HANG_UP = Duration.ofSeconds(3);

    private final InetSocketAddress server;
    private final Duration timeout;
    private final ScheduledExecutorService watch;
    private volatile Socket open;

    /** @param watch closes connections whose time is up: neither a write nor a dribbling read has a deadline of its own */
    SuiteExchange(InetSocketAddress server, Duration timeout, ScheduledExecutorService watch) {
        this.server = server;
        this.timeout = timeout;
        this.watch = watch;
    }

    String send(String request) throws ExchangeException {
        try (Socket socket = connect()) {
            open = socket;
            AtomicBoolean timeIsUp = new AtomicBoolean();
            ScheduledFuture<?> deadline = watch.schedule(
                    () -> {
                        timeIsUp.set(true);
                        close(socket);
                    },
                    timeout.toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(SerialisedString.encode(request));
                out.flush();
                InputStream in = new BufferedInputStream(socket.getInputStream());
                String reply = SerialisedString.decode(in, LARGEST_REPLY);
                deadline.cancel(false);
                awaitEnd(socket, in);
                return reply;
            } catch (IOException e) {
                throw failure(e, timeIsUp.get());
            } finally {
                deadline.cancel(false);
            }
        } catch (ExchangeException e) {
            throw e;
        } catch (IOException e) {
            throw new ExchangeException(Kind.DROPPED, shown() + " dropped the connection: " + reason(e), e);
        }
    }

    /**
     * The server stops its mock services after it has replied, all of them whoever started them, and hangs up then: the
     * next suite must not meet that. A server that does not hang up is not waited for long; the reply is whole.
     */
    private static void awaitEnd(Socket socket, InputStream in) {
        long end = System.nanoTime() + HANG_UP.toNanos();
        try {
            int next = 0;
            while (next >= 0 && System.nanoTime() < end) {
                socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
                next = in.read();
            }
        } catch (IOException e) {
            // Reset or still open: either way there is nothing more to come.
            return;
        }
    }

    /** Closes the connection under the thread that waits for it, if there is one. */
    void abort() {
        Socket socket = open;
        if (socket != null) {
            close(socket);
        }
    }

    private Socket connect() throws ExchangeException {
        Socket socket = new Socket();
        try {
            InetSocketAddress address =
                    server.isUnresolved() ? new InetSocketAddress(server.getHostString(), server.getPort()) : server;
            socket.connect(address, (int) Math.min(CONNECT_MILLIS, Math.max(1, timeout.toMillis())));
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            close(socket);
            throw new ExchangeException(Kind.UNREACHABLE, shown() + " can't be reached: " + reason(e), e);
        }
    }

    private ExchangeException failure(IOException e, boolean timeIsUp) {
        if (timeIsUp) {
            return new ExchangeException(Kind.TIMED_OUT, "no reply from " + shown() + " within " + seconds(), e);
        }
        if (e instanceof NotAString || e instanceof UTFDataFormatException) {
            return new ExchangeException(Kind.NOT_A_REPLY, shown() + " is no unit-test server: " + e.getMessage(), e);
        }
        return new ExchangeException(Kind.DROPPED, shown() + " dropped the connection: " + reason(e), e);
    }

    private String seconds() {
        return timeout.toMillis() < 10_000 ? timeout.toMillis() + " ms" : timeout.toSeconds() + " s";
    }

    private String shown() {
        return server.getHostString() + ":" + server.getPort();
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that can't be closed is closed already; there is nothing else to do with it.
            return;
        }
    }
}
