package io.imaas.adapter.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.testing.Loopback;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Git's own HTTP server program behind a small gateway that can lose requests and answers. */
public final class GitHttpServer implements AutoCloseable {
    /** What goes wrong with a push. */
    enum Fault {
        NONE,
        /** The server gets the first half of the request. */
        CUT_REQUEST,
        /** The server does everything, the client hears nothing. */
        LOSE_ANSWER,
        /** The gateway answers for a server that is down. */
        UNAVAILABLE,
        BAD_GATEWAY,
        /** The server has had enough of us, for seven seconds. */
        TOO_MANY
    }

    private static final Map<Fault, Integer> STATUS =
            Map.of(Fault.UNAVAILABLE, 503, Fault.BAD_GATEWAY, 502, Fault.TOO_MANY, 429);

    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong bytes = new AtomicLong();
    private volatile String login;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean challenge = true;
    private volatile boolean publiclyRead;
    private volatile Supplier<Fault> readFaults = () -> Fault.NONE;
    private volatile Supplier<Fault> faults = () -> Fault.NONE;

    public GitHttpServer(Path root) throws IOException {
        this.root = root;
        this.server = Loopback.http();
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public RepositoryUrl url(String repository) {
        return new RepositoryUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository);
    }

    /** This server alone, with credentials although it speaks plain http. */
    GitHosts hosts() {
        return new GitHosts(
                java.util.Set.of("http://127.0.0.1:" + server.getAddress().getPort()), true);
    }

    /** Asked at each push. */
    void faults(Supplier<Fault> next) {
        faults = next;
    }

    /** Asked at each other request. */
    void readFaults(Supplier<Fault> next) {
        readFaults = next;
    }

    /** Answers 401 to everybody else. */
    public void requireLogin(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        login = "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Everybody may read, as in a public repository. */
    void readableByAll() {
        publiclyRead = true;
    }

    /** How often somebody was told 401. */
    int refusals() {
        return refusals.get();
    }

    /** A wrong login is refused as Gitea does it: without {@code WWW-Authenticate}. */
    void refuseWithoutChallenge() {
        challenge = false;
    }

    /** Bytes of all bodies in both directions. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            boolean reads = !exchange.getRequestURI().toString().contains("git-receive-pack");
            if (login != null && !login.equals(given) && !(publiclyRead && reads)) {
                refusals.incrementAndGet();
                if (challenge || given == null) {
                    exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                }
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            boolean push = exchange.getRequestURI().getPath().endsWith("/git-receive-pack");
            Fault fault = push ? faults.get() : readFaults.get();
            int status = STATUS.getOrDefault(fault, 0);
            if (status > 0) {
                if (fault == Fault.TOO_MANY) {
                    exchange.getResponseHeaders().add("Retry-After", "7");
                }
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            byte[] sent = fault == Fault.CUT_REQUEST ? Arrays.copyOf(request, request.length / 2) : request;
            byte[] answer = run(exchange, sent);
            bytes.addAndGet(request.length + answer.length);
            if (fault == Fault.NONE) {
                respond(exchange, answer);
            }
        }
    }

    private byte[] run(HttpExchange exchange, byte[] body) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REMOTE_USER", "somebody");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        String query = exchange.getRequestURI().getQuery();
        environment.put("QUERY_STRING", query == null ? "" : query);
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        header(exchange, "Content-Type", environment, "CONTENT_TYPE");
        header(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
        header(exchange, "Git-Protocol", environment, "GIT_PROTOCOL");
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        threads.execute(() -> feed(process, body));
        return process.getInputStream().readAllBytes();
    }

    private static void feed(Process process, byte[] body) {
        try (OutputStream out = process.getOutputStream();
                InputStream in = new ByteArrayInputStream(body)) {
            in.transferTo(out);
        } catch (IOException gone) {
            // Git stopped reading: its answer says why
            process.destroy();
        }
    }

    private static void header(HttpExchange exchange, String name, Map<String, String> environment, String variable) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            environment.put(variable, value);
        }
    }

    private static void respond(HttpExchange exchange, byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int status = 200;
        for (String line : text.substring(0, Math.max(end, 0)).split("\r\n")) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else if (header.length == 2) {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
        }
        byte[] body = Arrays.copyOfRange(answer, end + 4, answer.length);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
