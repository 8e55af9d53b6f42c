package io.imaas.dev.layout;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.bootstrap.HttpServer;
import org.apache.http.impl.bootstrap.ServerBootstrap;
import org.apache.http.protocol.HttpContext;

/** A loopback registry that refuses chosen requests in chosen ways. */
public final class RefusingRegistry implements AutoCloseable {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private record Rule(String method, String path, Refusal refusal) {}

    /** Writes an answer; returns false to let the request through. */
    @FunctionalInterface
    public interface Refusal {
        boolean answer(HttpRequest request, HttpResponse response) throws IOException;
    }

    public RefusingRegistry(Path folder) throws IOException {
        ImageLayout layout = new ImageLayout(folder);
        DistributionEndpoint endpoint = new DistributionEndpoint(layout, new LayoutIndex(layout), new Uploads(layout));
        server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setConnectionFactory(PlainConnection::new)
                .registerHandler("*", (request, response, context) -> handle(endpoint, request, response, context))
                .create();
        server.start();
    }

    /** Refuses requests of a method whose path matches. */
    public RefusingRegistry refuse(String method, String path, Refusal refusal) {
        rules.add(new Rule(method, path, refusal));
        return this;
    }

    public RefusingRegistry refuse(String method, String path, int status, String... headers) {
        return refuse(method, path, (request, response) -> {
            response.setStatusCode(status);
            for (int i = 0; i < headers.length; i += 2) {
                response.setHeader(headers[i], headers[i + 1]);
            }
            response.setEntity(new ByteArrayEntity("{\"errors\":[{\"code\":\"TEST\",\"message\":\"as told\"}]}"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            return true;
        });
    }

    /** Method, path and authorization of every request that came. */
    public List<String> seen() {
        return List.copyOf(seen);
    }

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() {
        server.shutdown(0, TimeUnit.SECONDS);
    }

    private void handle(DistributionEndpoint endpoint, HttpRequest request, HttpResponse response, HttpContext context)
            throws IOException {
        String method = request.getRequestLine().getMethod();
        String path = request.getRequestLine().getUri();
        String authorization = request.getFirstHeader("Authorization") == null
                ? ""
                : request.getFirstHeader("Authorization").getValue();
        seen.add((method + " " + path + " " + authorization).strip());
        for (Rule rule : rules) {
            if (method.matches(rule.method())
                    && path.matches(rule.path())
                    && rule.refusal().answer(request, response)) {
                return;
            }
        }
        endpoint.handle(request, response, context);
    }
}
