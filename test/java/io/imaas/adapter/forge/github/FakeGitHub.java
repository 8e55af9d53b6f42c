package io.imaas.adapter.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers as GitHub's published description says, with its published examples, and checks what it is sent by it. */
final class FakeGitHub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<String> requests = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    final ArrayNode pulls = JSON.createArrayNode();
    final ArrayNode comments = JSON.createArrayNode();
    final ArrayNode statuses = JSON.createArrayNode();
    final ArrayNode reviews = JSON.createArrayNode();
    final ArrayNode deployments = JSON.createArrayNode();
    final ArrayNode deploymentStatuses = JSON.createArrayNode();
    /** Attempts to tell the web hook something, the newest first, each with its {@code request}. */
    final ArrayNode deliveries = JSON.createArrayNode();

    String webhook = "";
    final List<JsonNode> graphql = new ArrayList<>();
    final List<String> graphqlErrors = new ArrayList<>();
    /** What GitHub says of merging; the last one stays. */
    final Deque<String> mergeStates = new ArrayDeque<>(List.of("CLEAN"));

    boolean mergeQueue;
    final Deque<Answer> next = new ArrayDeque<>();
    private final JsonNode description;
    private final HttpServer server;

    /** An answer out of turn. */
    record Answer(int code, Map<String, String> headers, String body) {}

    FakeGitHub() throws IOException {
        try (InputStream in = FakeGitHub.class.getResourceAsStream("/github/rest-api.json")) {
            description = JSON.readTree(in);
        }
        server = Loopback.http();
        server.createContext("/", this::handle);
        server.start();
    }

    GitHosts hosts() {
        return GitHosts.only(List.of("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    RepositoryUrl repository() {
        return new RepositoryUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/acme/orders.git");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    JsonNode example(String name) {
        return description.path("responses").path(name).deepCopy();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath().replaceFirst("^/api/v3", "");
            if (path.equals("/meta")) {
                answer(exchange, new Answer(200, Map.of("X-GitHub-Request-Id", "1"), "{}"));
                return;
            }
            requests.add(method + " " + exchange.getRequestURI().toString().replaceFirst("^/api/v3", ""));
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            if (!next.isEmpty()) {
                answer(exchange, next.removeFirst());
                return;
            }
            try {
                JsonNode body = bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
                answer(
                        exchange,
                        path.endsWith("/hooks/7/deliveries")
                                ? deliveries(exchange.getRequestURI())
                                : answer(method, path, body));
            } catch (AssertionError wrong) {
                answer(exchange, new Answer(422, Map.of(), "{\"message\":\"" + wrong.getMessage() + "\"}"));
            }
        }
    }

    private Answer answer(String method, String path, JsonNode body) {
        String call = method + " " + path.replaceFirst("^/repos/acme/orders", "");
        if (call.equals("POST /api/graphql")) {
            return graphql(body);
        } else if (call.equals("GET /pulls")) {
            return ok(200, pulls);
        } else if (call.equals("POST /pulls")) {
            check("openPull", body);
            ObjectNode pull = (ObjectNode) example("pull-request");
            pull.put("merged", false).putNull("merged_at");
            pull.set("title", body.path("title"));
            pull.set("body", body.path("body"));
            ((ObjectNode) pull.path("head")).set("ref", body.path("head"));
            ((ObjectNode) pull.path("base")).set("ref", body.path("base"));
            pulls.add(pull);
            return ok(201, pull);
        } else if (call.startsWith("PATCH /pulls/")) {
            check("updatePull", body);
            ((ObjectNode) pulls.get(0)).setAll((ObjectNode) body);
            return ok(200, pulls.get(0));
        } else if (call.endsWith("/reviews")) {
            return ok(200, reviews);
        } else if (call.startsWith("GET /pulls/")) {
            return pulls.isEmpty() ? new Answer(404, Map.of(), "{\"message\":\"Not Found\"}") : ok(200, pulls.get(0));
        } else if (call.endsWith("/merge")) {
            check("merge", body);
            return ok(200, example("pull-request-merge-result-response-if-merge-was-successful"));
        } else if (call.startsWith("GET /issues/")) {
            return ok(200, comments);
        } else if (call.startsWith("POST /issues/")) {
            check("createComment", body);
            ObjectNode comment = (ObjectNode) example("issue-comment");
            comment.set("body", body.path("body"));
            comments.add(comment);
            return ok(201, comment);
        } else if (call.startsWith("PATCH /issues/comments/")) {
            check("updateComment", body);
            ((ObjectNode) comments.get(0)).set("body", body.path("body"));
            return ok(200, comments.get(0));
        } else if (call.startsWith("GET /commits/") && call.endsWith("/pulls")) {
            return ok(200, pulls);
        } else if (call.startsWith("GET /commits/")) {
            ObjectNode combined = (ObjectNode) example("combined-commit-status");
            combined.set("statuses", statuses);
            return ok(200, combined);
        } else if (call.startsWith("POST /statuses/")) {
            check("createStatus", body);
            statuses.add(body);
            return ok(201, example("status"));
        } else if (call.equals("GET /hooks")) {
            return ok(200, JSON.createArrayNode().add(hook()));
        } else if (call.startsWith("GET /hooks/7/deliveries/")) {
            for (JsonNode one : deliveries) {
                if (call.endsWith("/" + one.path("id").asLong())) {
                    return ok(200, one);
                }
            }
        } else if (call.equals("GET /deployments")) {
            return ok(200, deployments);
        } else if (call.equals("POST /deployments")) {
            check("createDeployment", body);
            deployments.add(((ObjectNode) body).put("id", 1));
            return ok(201, deployments.get(0));
        } else if (call.equals("GET /deployments/1/statuses")) {
            return ok(200, deploymentStatuses);
        } else if (call.equals("POST /deployments/1/statuses")) {
            check("createDeploymentStatus", body);
            deploymentStatuses.insert(0, body);
            return ok(201, body);
        }
        return new Answer(404, Map.of(), "{\"message\":\"Not Found\"}");
    }

    private ObjectNode hook() {
        ObjectNode hook = JSON.createObjectNode().put("id", 7).put("active", true);
        hook.putArray("events").add("push");
        hook.putObject("config").put("url", webhook).put("content_type", "json");
        return hook;
    }

    /** Pages of at most 100 without what was sent; the address of the next one is in the header {@code Link}. */
    private Answer deliveries(URI asked) {
        Map<String, String> query = new HashMap<>();
        for (String one : asked.getQuery().split("&")) {
            query.put(one.replaceFirst("=.*", ""), one.replaceFirst("[^=]*=", ""));
        }
        int from = query.containsKey("cursor")
                ? Integer.parseInt(query.get("cursor").substring("v1_".length()))
                : 0;
        int to = Math.min(deliveries.size(), from + Integer.parseInt(query.get("per_page")));
        ArrayNode page = JSON.createArrayNode();
        for (int i = from; i < to; i++) {
            page.add(((ObjectNode) deliveries.get(i).deepCopy()).without("request"));
        }
        String next = "<http://127.0.0.1" + asked.getPath() + "?per_page=100&cursor=v1_" + to + ">; rel=\"next\"";
        return new Answer(200, to < deliveries.size() ? Map.of("Link", next) : Map.of(), page.toString());
    }

    private Answer graphql(JsonNode query) {
        ObjectNode answer = JSON.createObjectNode();
        if (query.path("query").asText().startsWith("mutation")) {
            graphql.add(query);
            graphqlErrors.forEach(message -> answer.withArray("errors")
                    .addObject()
                    .put("type", "UNPROCESSABLE")
                    .put("message", message));
            return ok(200, answer);
        }
        JsonNode pull = pulls.get(0);
        String state = mergeStates.size() > 1 ? mergeStates.removeFirst() : mergeStates.getFirst();
        ObjectNode told = answer.putObject("data").putObject("repository").putObject("pullRequest");
        told.put("id", pull.path("node_id").asText())
                .put("state", pull.path("merged").asBoolean() ? "MERGED" : "OPEN")
                .put("headRefOid", pull.at("/head/sha").asText())
                .put("mergeStateStatus", state)
                .put("isMergeQueueEnabled", mergeQueue)
                .putObject("mergeCommit")
                .put("oid", pull.path("merge_commit_sha").asText());
        return ok(200, answer);
    }

    private void check(String request, JsonNode body) {
        Set<ValidationMessage> wrong = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(description.path("requests").path(request))
                .validate(body);
        if (!wrong.isEmpty()) {
            throw new AssertionError(request + ": " + wrong);
        }
    }

    private static Answer ok(int code, JsonNode body) {
        String text = body.toString();
        return new Answer(code, Map.of("ETag", "\"" + text.hashCode() + "\""), text);
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        String known = exchange.getRequestHeaders().getFirst("If-None-Match");
        boolean same = known != null && known.equals(answer.headers().get("ETag"));
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        byte[] bytes = same ? new byte[0] : answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(same ? 304 : answer.code(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
