package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.unittest.ExchangeException.Kind;
import io.imaas.adapter.mi.unittest.SerialisedString.NotAString;
import io.imaas.model.failure.Reason;
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
import java.util.function.Supplier;

/** One suite and its reply over one connection. */
final class SuiteExchange {
    /** Replies are some kilobytes a case; the actual values in them may be whole documents. */
    static final int LARGEST_REPLY = 64 << 20;

    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration HANG_UP = Duration.ofSeconds(3);

    private final Supplier<InetSocketAddress> server;
    private final Duration timeout;
    private final Duration grace;
    private final ScheduledExecutorService watch;
    private volatile Socket open;

    /**
     * @param server may be another one after each exchange
     * @param grace how long a suite whose time is up may still take to end, so that the next one meets nothing of it
     * @param watch closes connections whose time is up: neither a write nor a dribbling read has a deadline of its own
     */
    SuiteExchange(
            Supplier<InetSocketAddress> server, Duration timeout, Duration grace, ScheduledExecutorService watch) {
        this.server = server;
        this.timeout = timeout;
        this.grace = grace;
        this.watch = watch;
    }

    String send(String request) throws ExchangeException {
        long start = System.nanoTime();
        try (Socket socket = connect()) {
            open = socket;
            AtomicBoolean timeIsUp = new AtomicBoolean();
            ScheduledFuture<?> deadline = watch.schedule(
                    () -> {
                        timeIsUp.set(true);
                        close(socket);
                    },
                    timeout.plus(grace).toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(SerialisedString.encode(request));
                out.flush();
                InputStream in = new BufferedInputStream(socket.getInputStream());
                String reply = SerialisedString.decode(in, LARGEST_REPLY);
                deadline.cancel(false);
                awaitEnd(socket, in);
                if (System.nanoTime() - start > timeout.toNanos()) {
                    throw new ExchangeException(
                            Kind.LATE, late() + "; it came too late, so the server is free again", null);
                }
                return reply;
            } catch (IOException e) {
                throw e instanceof ExchangeException known ? known : failure(e, timeIsUp.get());
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException e) {
            throw e instanceof ExchangeException known ? known : failure(e, false);
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
            InetSocketAddress given = server.get();
            InetSocketAddress address =
                    given.isUnresolved() ? new InetSocketAddress(given.getHostString(), given.getPort()) : given;
            socket.connect(address, (int) Math.min(CONNECT_MILLIS, Math.max(1, timeout.toMillis())));
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            close(socket);
            throw new ExchangeException(Kind.UNREACHABLE, shown() + " can't be reached: " + Reason.of(e), e);
        }
    }

    private ExchangeException failure(IOException e, boolean timeIsUp) {
        if (timeIsUp) {
            return new ExchangeException(Kind.TIMED_OUT, late(), e);
        }
        if (e instanceof NotAString || e instanceof UTFDataFormatException) {
            return new ExchangeException(
                    Kind.NOT_A_REPLY, shown() + " is not a unit-test server: " + e.getMessage(), e);
        }
        return new ExchangeException(Kind.DROPPED, shown() + " dropped the connection: " + Reason.of(e), e);
    }

    private String late() {
        return "no reply from " + shown() + " within "
                + (timeout.toMillis() < 10_000 ? timeout.toMillis() + " ms" : timeout.toSeconds() + " s");
    }

    private String shown() {
        return server.get().getHostString() + ":" + server.get().getPort();
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
