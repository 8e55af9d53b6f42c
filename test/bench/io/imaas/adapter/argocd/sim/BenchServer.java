package io.imaas.adapter.argocd.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.model.image.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** As many applications as wanted, all alike, answered from templates: fast enough to measure clients with. */
public final class BenchServer implements AutoCloseable {
    public static final String COMMIT = "b".repeat(40);
    public static final String IMAGE = "registry.example.org/orders/order-api";
    public static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<BlockingQueue<byte[]>> streams = new CopyOnWriteArrayList<>();
    private final BitSet healthy = new BitSet();
    private final int applications;
    private int version = 1;

    public BenchServer(int applications) throws IOException {
        this.applications = applications;
        // Without it the JDK's server waits 40 ms between header and body, and that is what would be measured.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static String name(int i) {
        return "app-" + i;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public int calls() {
        return calls.get();
    }

    public synchronized void heal(int i) {
        healthy.set(i);
        touch(i);
    }

    /** An event that changes nothing. */
    public synchronized void touch(int i) {
        version++;
        byte[] line = ("data: {\"result\":{\"type\":\"MODIFIED\",\"application\":" + application(i) + "}}\n\n")
                .getBytes(StandardCharsets.UTF_8);
        streams.forEach(queue -> queue.add(line));
    }

    private synchronized String application(int i) {
        String health = healthy.get(i) ? "Healthy" : "Progressing";
        StringBuilder resources = new StringBuilder();
        for (String kind : List.of("ConfigMap", "Service", "ServiceAccount", "Ingress", "HorizontalPodAutoscaler")) {
            resources
                    .append("{\"version\":\"v1\",\"kind\":\"")
                    .append(kind)
                    .append("\",\"namespace\":\"p-dev\",\"name\":\"order-api\",\"status\":\"Synced\"},");
        }
        return "{\"metadata\":{\"name\":\"" + name(i) + "\",\"namespace\":\"argocd\",\"resourceVersion\":\"" + version
                + "\",\"labels\":{\"a\":\"b\"},\"annotations\":{\"c\":\"" + "x".repeat(800)
                + "\"}},\"spec\":{\"project\":\"p\",\"source\":{\"repoURL\":\"https://git.example.org/o.git\",\"path\":\"chart\","
                + "\"targetRevision\":\"dev\"},\"syncPolicy\":{\"automated\":{\"prune\":true,\"selfHeal\":true}}},"
                + "\"status\":{\"sync\":{\"status\":\"Synced\",\"revision\":\"" + COMMIT
                + "\"},\"health\":{\"status\":\""
                + health + "\"},\"reconciledAt\":\"2026-03-01T08:00:10Z\",\"resources\":[" + resources
                + "{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"Deployment\",\"namespace\":\"p-dev\",\"name\":\"order-api\","
                + "\"status\":\"Synced\",\"health\":{\"status\":\"" + health + "\"}}],\"summary\":{\"images\":[\""
                + IMAGE + "@"
                + DIGEST + "\"]},\"operationState\":{\"phase\":\"Succeeded\",\"startedAt\":\"2026-03-01T08:00:00Z\","
                + "\"finishedAt\":\"2026-03-01T08:00:05Z\",\"operation\":{\"sync\":{\"revision\":\"" + COMMIT
                + "\"}},\"syncResult\":{\"revision\":\"" + COMMIT + "\"}}}}";
    }

    private static final String WORKLOAD =
            "{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"order-api\",\"generation\":2},"
                    + "\"spec\":{\"replicas\":1,\"template\":{\"spec\":{\"containers\":[{\"image\":\"" + IMAGE + "@"
                    + DIGEST
                    + "\"}]}}},\"status\":{\"observedGeneration\":2,\"replicas\":1,\"updatedReplicas\":1,\"readyReplicas\":1}}";

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.contains("/stream/")) {
                stream(exchange);
                return;
            }
            calls.incrementAndGet();
            if (path.endsWith("/resource")) {
                answer(exchange, "{\"manifest\":\"" + WORKLOAD.replace("\"", "\\\"") + "\"}");
            } else if (path.endsWith("/applications")) {
                list(exchange);
            } else {
                answer(exchange, application(Integer.parseInt(path.substring(path.lastIndexOf('-') + 1))));
            }
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void list(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = new java.io.BufferedOutputStream(exchange.getResponseBody(), 1 << 16);
        out.write("{\"metadata\":{},\"items\":[".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < applications; i++) {
            out.write(((i > 0 ? "," : "") + application(i)).getBytes(StandardCharsets.UTF_8));
        }
        out.write("]}".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void stream(HttpExchange exchange) throws IOException {
        BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(":\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        streams.add(queue);
        try {
            while (true) {
                byte[] line = queue.poll(15, TimeUnit.SECONDS);
                out.write(line == null ? ":\n".getBytes(StandardCharsets.UTF_8) : line);
                out.flush();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(queue);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
