package io.imaas.jenkins;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Git's own HTTP server program, with a gateway in front of it that holds requests back: so a test has a step in the
 * middle of its work for as long as it likes. Lives in the test's process, and so outlives the controller.
 */
final class GitServer implements AutoCloseable {
    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final Set<String> holds = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param root folder of bare repositories */
    GitServer(Path root) throws IOException {
        this.root = root;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** What the server then does is done, and nobody hears of it: the answer to a push of a branch is kept back. */
    void holdAnswerToPush(String repository, String branch) {
        hold("push " + repository + " " + branch);
    }

    /** The controller's reading of a repository is kept back; that of Git's own program, with which jobs check out, is not. */
    void holdReading(String repository) {
        hold("read " + repository);
    }

    private void hold(String what) {
        held.put(what, new CountDownLatch(1));
        holds.add(what);
    }

    /** Waits until somebody is held. */
    void awaitHeld(String what) throws InterruptedException {
        if (!held.get(what).await(3, TimeUnit.MINUTES)) {
            throw new IllegalStateException("nobody came to " + what);
        }
    }

    /** From now on everybody gets an answer; those who are held get none. */
    void release() {
        holds.clear();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String repository = path.replaceFirst("^/", "").replaceFirst("\\.git/.*", "");
            if (path.endsWith("/git-receive-pack")) {
                byte[] answer = run(exchange, request);
                String said = beginning(exchange, request);
                for (String what : holds) {
                    if (what.startsWith("push " + repository + " ")
                            && pushes(said, what.substring(what.lastIndexOf(' ') + 1))) {
                        stay(what);
                        return;
                    }
                }
                respond(exchange, answer);
                return;
            }
            String agent = String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"));
            if (!agent.startsWith("git/") && holds.contains("read " + repository)) {
                stay("read " + repository);
                return;
            }
            respond(exchange, run(exchange, request));
        }
    }

    private static String beginning(HttpExchange exchange, byte[] request) throws IOException {
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream bytes = new ByteArrayInputStream(request);
        try (InputStream in = packed ? new GZIPInputStream(bytes) : bytes) {
            return new String(in.readNBytes(2000), StandardCharsets.ISO_8859_1);
        }
    }

    /** Each reference is followed by the capabilities, the next one's length, or the end. */
    private static boolean pushes(String request, String branch) {
        return Pattern.compile("refs/heads/" + branch + "(\0|\n|00)")
                .matcher(request)
                .find();
    }

    private void stay(String what) {
        held.get(what).countDown();
        try {
            closed.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
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
            // Git stopped reading: its answer says why.
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
