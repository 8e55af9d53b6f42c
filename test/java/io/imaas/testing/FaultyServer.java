package io.imaas.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Before an HTTP server of this machine: passes everything on, but for calls that meet a fault. */
public final class FaultyServer implements AutoCloseable {
    /** What becomes of a call. */
    public enum Fault {
        NONE,
        /** 500. */
        BROKEN,
        /** 409. */
        CONFLICT,
        /** 403. */
        FORBIDDEN,
        /** The connection ends before the server has heard of it. */
        RESET,
        /** The server does it, and the connection ends before its answer. */
        LOST,
        /** Nobody answers. */
        HANGS
    }

    private static final Set<String> OWN = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "transfer-encoding",
            "upgrade");

    private final URI behind;
    private final Function<String, Fault> faults;
    private final HttpServer server;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param client that reaches the server
     * @param faults of a call, by its method and path
     */
    public FaultyServer(URI behind, HttpClient client, Function<String, Fault> faults) throws IOException {
        this.behind = behind;
        this.client = client;
        this.faults = faults;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The server's address by way of this one. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Fault fault = faults.apply(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            switch (fault) {
                case BROKEN -> refuse(exchange, 500, "InternalError");
                case CONFLICT -> refuse(exchange, 409, "Conflict");
                case FORBIDDEN -> refuse(exchange, 403, "Forbidden");
                case HANGS -> closed.await(5, TimeUnit.MINUTES);
                case LOST -> pass(exchange, body);
                case NONE -> answer(exchange, pass(exchange, body));
                case RESET -> {
                    return;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
        byte[] words = ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"a fault of the"
                        + " test\",\"reason\":\"" + reason + "\",\"code\":" + status + "}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, words.length);
        exchange.getResponseBody().write(words);
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        behind.resolve(exchange.getRequestURI().toString()))
                .version(HttpClient.Version.HTTP_1_1)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> given) throws IOException {
        given.headers().map().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        boolean empty = given.body().length == 0;
        exchange.sendResponseHeaders(given.statusCode(), empty ? -1 : given.body().length);
        if (!empty) {
            exchange.getResponseBody().write(given.body());
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
