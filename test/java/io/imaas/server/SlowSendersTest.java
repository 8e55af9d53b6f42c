package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.app.platform.Repeating;
import io.imaas.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that take their time, or all of it. */
@SuppressWarnings("try")
class SlowSendersTest extends HooksWorld {
    private static final String HEAD = "POST /hooks/github HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n";

    private static Socket send(int port, String begin) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void theyHoldNoThread() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            // More than the server has threads.
            for (int i = 0; i < 400; i++) {
                silent.add(send(server.address().getPort(), HEAD + "Content-Length: 500\r\n\r\n{"));
            }
            assertThat(sender.gitHub("one", Sender.push(GITOPS, "dev")).statusCode())
                    .isEqualTo(202);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
        only();
    }

    @Test
    void whoGoesInTheMiddleHoldsNoConnection() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (Socket gone = send(server.address().getPort(), HEAD + "Content-Length: 500\r\n\r\n{")) {
                // Reset, so that no answer can be written.
                gone.setSoLinger(true, 0);
            }
        }
        // Connections are accepted in their order.
        sender.gitHub("one", Sender.push(GITOPS, "dev"));
        Connector connector = server.javalin.jettyServer().server().getConnectors()[0];
        Await.until(() -> connector.getConnectedEndPoints().stream().allMatch(HeadDeadline::hasNoRequest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 500\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"})
    void whoStopsInTheBodyIsAnsweredAndCutOff(String body) throws IOException {
        ((ServerConnector) server.javalin.jettyServer().server().getConnectors()[0]).setIdleTimeout(300);
        try (Socket socket = send(server.address().getPort(), HEAD + body)) {
            socket.setSoTimeout(60_000);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
    }

    /** A client that writes all of it before it reads, as many do. */
    @Test
    void anAnswerReachesWhoeverStillSendsTheBodyThatItRefuses() throws IOException {
        byte[] part = "a".repeat(64 << 10).getBytes(StandardCharsets.US_ASCII);
        for (String address :
                List.of("/api/v1/tenants/orders/promotions", "/api/v1/mcp", "/nothing", "/hooks/github", "/login")) {
            String head = HEAD.replace("/hooks/github", address) + "Connection: close\r\nIdempotency-Key: k\r\n"
                    + "Content-Length: " + 400 * part.length + "\r\n\r\n";
            try (Socket socket = send(server.address().getPort(), head)) {
                socket.setSoTimeout(60_000);
                for (int i = 0; i < 400; i++) {
                    socket.getOutputStream().write(part);
                }
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as(address)
                        .matches("(?s)HTTP/1.1 4\\d\\d .*\r\n\r\n.+");
            }
        }
    }

    @Test
    void aStopCutsThemOff() throws IOException {
        server.javalin.jettyServer().server().setStopTimeout(100);
        try (Socket socket = send(server.address().getPort(), HEAD + "Content-Length: 500\r\n\r\n{")) {
            assertThat(sender.get("/healthz").statusCode()).isEqualTo(200);
            server.close();
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    /** A byte now and then is enough for the connection, and never for the head of a request. */
    @Test
    void whoNeverEndsTheHeadIsCutOffAndWhoAsksAgainAndAgainIsNot() throws Exception {
        String ask = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
        try (Repeating unused = deadline(Duration.ofMillis(300), Duration.ofDays(1));
                Socket slow = send(server.address().getPort(), "GET /healthz HTTP/1.1\r\nX: ");
                Socket busy = send(server.address().getPort(), ask)) {
            slow.setSoTimeout(1);
            busy.setSoTimeout(60_000);
            InputStream answers = busy.getInputStream();
            Await.until(() -> {
                String answer = read(answers);
                assertThat(answer).startsWith("HTTP/1.1 200").endsWith("ok\n");
                busy.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
                return isCutOff(slow);
            });
            assertThat(read(answers)).startsWith("HTTP/1.1 200");
        }
    }

    private Repeating deadline(Duration head, Duration room) {
        org.eclipse.jetty.server.Server jetty = server.javalin.jettyServer().server();
        NetworkConnectionLimit most = jetty.getBean(NetworkConnectionLimit.class);
        Repeating timer = new Repeating("heads", failure -> {});
        timer.every(Duration.ZERO, Duration.ofMillis(20), new HeadDeadline(jetty, most, head, room)::look);
        return timer;
    }

    /** One answer, whose end is known. */
    private static String read(InputStream answers) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\nok\n")) {
            int next = answers.read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }

    private static boolean isCutOff(Socket slow) {
        try {
            slow.getOutputStream().write('x');
            return slow.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whoSaysNothingMakesRoomWhenThereAreTooManyConnections() throws IOException {
        NetworkConnectionLimit limit = server.javalin.jettyServer().server().getBean(NetworkConnectionLimit.class);
        assertThat(limit.getMaxNetworkConnectionCount()).isEqualTo(10_000);
        limit.setMaxNetworkConnectionCount(20);
        List<Socket> silent = new ArrayList<>();
        try (Repeating unused = deadline(Duration.ofDays(1), Duration.ofMillis(200))) {
            for (int i = 0; i < 30; i++) {
                silent.add(send(server.address().getPort(), ""));
            }
            assertThat(sender.gitHub("one", Sender.push(GITOPS, "dev")).statusCode())
                    .isEqualTo(202);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    /** Each byte comes soon enough for the connection, and all of them never. */
    @Test
    void whoTricklesIsCutOffInTheEnd() throws Exception {
        org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server(0);
        Handler bad = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                boolean failed = false;
                for (Content.Chunk chunk = request.read(); chunk != null && !failed; chunk = request.read()) {
                    failed = Content.Chunk.isFailure(chunk, true);
                    chunk.release();
                }
                response.setStatus(failed ? 400 : 200);
                callback.succeeded();
                return true;
            }
        };
        jetty.setHandler(new BodyDeadline(
                Duration.ofMillis(500),
                new EagerContentHandler(bad, new EagerContentHandler.RetainedContentLoaderFactory(1 << 20, 0, false))));
        jetty.start();
        try (Socket socket = send(
                ((ServerConnector) jetty.getConnectors()[0]).getLocalPort(),
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n")) {
            OutputStream out = socket.getOutputStream();
            Await.until(() -> {
                out.write('x');
                return socket.getInputStream().available() > 0;
            });
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 400");
        } finally {
            jetty.stop();
        }
    }
}
