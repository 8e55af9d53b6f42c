package io.imaas.adapter.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** The management API as the runtime has it: a token for a password, and nothing else without a token. */
public final class SimulatedRuntime implements AutoCloseable {
    private final HttpServer server;
    private final String basic;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger given = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger forgetful = new AtomicInteger();
    private volatile Answer login;
    private volatile Answer applications = new Answer(200, "{}");

    /** What is answered, in place of what the runtime would say. */
    public record Answer(int code, String body) {}

    private SimulatedRuntime(HttpServer server, String user, String password) {
        this.server = server;
        this.basic =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        server.createContext("/management/login", exchange -> handle(exchange, this::login));
        server.createContext("/management/applications", exchange -> handle(exchange, this::applications));
        server.setExecutor(threads);
        server.start();
    }

    public static SimulatedRuntime plain(String user, String password) {
        try {
            return new SimulatedRuntime(HttpServer.create(loopback(), 0), user, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SimulatedRuntime secured(SSLContext context, String user, String password) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new SimulatedRuntime(server, user, password);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public URI url() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The body of the list from now on. */
    public SimulatedRuntime lists(String body) {
        applications = new Answer(200, body);
        return this;
    }

    SimulatedRuntime answers(Answer answer) {
        applications = answer;
        return this;
    }

    SimulatedRuntime answersLogin(Answer answer) {
        login = answer;
        return this;
    }

    /** Like another pod behind the same address: the next so many tokens are unknown to it. */
    SimulatedRuntime forgets(int times) {
        forgetful.set(times);
        tokens.clear();
        return this;
    }

    List<String> requests() {
        return requests;
    }

    private interface Handler {
        Answer answer(String authorization);
    }

    private void handle(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath().replace("/management", ""));
            Answer answer =
                    handler.answer(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            if (answer.code() / 100 == 3) {
                exchange.getResponseHeaders().add("Location", answer.body());
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
            exchange.sendResponseHeaders(answer.code(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer login(String authorization) {
        if (login != null) {
            return login;
        }
        if (!authorization.equals(basic)) {
            return new Answer(401, "");
        }
        String token = "eyJraWQiOiI" + given.incrementAndGet() + ".eyJpc3MiOi.c2ln-_";
        if (forgetful.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            tokens.add(token);
        }
        return new Answer(200, "{\"AccessToken\":\"" + token + "\"}");
    }

    private Answer applications(String authorization) {
        boolean known = authorization.startsWith("Bearer ") && tokens.contains(authorization.substring(7));
        return known ? applications : new Answer(401, "");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
