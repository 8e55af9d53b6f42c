package io.imaas.adapter.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A server that answers what a test tells it to, and takes no body that the published description of its API does not allow.
 * What nobody told is 404.
 */
public final class FakeForge implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Method and path without the part before the repository, in order; reads are left out. */
    public final List<String> writes = new ArrayList<>();

    public final List<JsonNode> bodies = new ArrayList<>();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final JsonNode requests;
    private final String before;
    private final Map<String, String> headers;
    private final HttpServer server;

    /**
     * @param before path of the API up to the repository
     * @param headers of every answer
     */
    public FakeForge(String description, String before, Map<String, String> headers) throws IOException {
        try (InputStream in = FakeForge.class.getResourceAsStream("/forge/" + description + ".json")) {
            requests = JSON.readTree(in).path("requests");
        }
        this.before = before;
        this.headers = headers;
        server = Loopback.http();
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param call method and path, as far as it is told apart; the newest that fits the beginning answers */
    public void answer(String call, String json) {
        answers.remove(call);
        answers.put(call, json);
    }

    public String root() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public RepositoryUrl repository(String path) {
        return new RepositoryUrl(root() + path);
    }

    public ForgeLogin login() {
        return new ForgeLogin(name -> Optional.of(new Secret("t0ken")), "git", GitHosts.only(List.of(root())));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            String call = exchange.getRequestMethod() + " "
                    + (path.startsWith(before) ? path.substring(before.length()) : path);
            byte[] body = exchange.getRequestBody().readAllBytes();
            String wrong = "";
            if (!exchange.getRequestMethod().equals("GET")) {
                writes.add(call);
                bodies.add(JSON.readTree(body));
                wrong = exchange.getRequestMethod().equals("DELETE")
                        ? ""
                        : wrong(call.replaceAll("[0-9a-f]{40}/?", "").replaceAll("\\?.*", ""), JSON.readTree(body));
            }
            String json = "{\"message\":\"not found\"}";
            int code = 404;
            for (Map.Entry<String, String> each : answers.entrySet()) {
                if (call.startsWith(each.getKey())) {
                    json = each.getValue();
                    code = 200;
                }
            }
            byte[] bytes = (wrong.isEmpty() ? json : "{\"message\":" + JSON.writeValueAsString(wrong) + "}")
                    .getBytes(StandardCharsets.UTF_8);
            headers.forEach(exchange.getResponseHeaders()::add);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(wrong.isEmpty() ? code : 400, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String wrong(String call, JsonNode body) {
        String known = call.substring(0, call.indexOf(' ') + 1)
                + call.replaceFirst("^\\w+ ", "").replaceFirst("^/rest/.*/", "").replaceFirst("^/api/v4/", "");
        JsonNode schema = requests.path(known);
        if (schema.isMissingNode()) {
            return "no such call is described: " + known;
        }
        Set<?> problems = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(body);
        return problems.isEmpty() ? "" : problems.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
