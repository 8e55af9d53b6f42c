package io.imaas.adapter.argocd.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The simulated Argo CD over HTTP, on loopback: the same gate-keeping as the real one. */
public final class SimulatedServer implements AutoCloseable {
    /** One request as it came. */
    public record Request(String method, String path, Map<String, String> query, String type, String body) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String END = "";

    private final RealTime time;
    private final SimulatedApi api;
    private final String token;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = java.util.Collections.synchronizedList(new ArrayList<>());
    private final List<BlockingQueue<String>> streams = java.util.Collections.synchronizedList(new ArrayList<>());
    private final Map<String, ObjectNode> projects = new TreeMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();
    private int version = 7;

    public SimulatedServer(RealTime time, SimulatedApi api, String token) throws IOException {
        this.time = time;
        this.api = api;
        this.token = token;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        time.run(() -> api.argo().watch((type, json) -> {
            if (api.mayGet()) {
                broadcast(event(type, json));
            }
        }));
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public Map<String, ObjectNode> projects() {
        return projects;
    }

    /** The next so many calls are answered 503. */
    public void failNext(int calls) {
        failures.set(calls);
    }

    /** The next so many project updates lose a race. */
    public void conflictNext(int calls) {
        conflicts.set(calls);
    }

    public int openStreams() {
        return streams.size();
    }

    /** Ends all open streams, as a restart of the server does. */
    public void breakStreams() {
        broadcast(END);
    }

    /** A line on all open streams, whatever it is. */
    public void broadcast(String line) {
        List.copyOf(streams).forEach(queue -> queue.add(line));
    }

    private static String event(String type, ObjectNode json) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.putObject("result").put("type", type).set("application", json);
        return event.toString();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    query(exchange.getRequestURI().getRawQuery()),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    body);
            requests.add(request);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (!request.method().equals("GET") && !"application/json".equals(request.type())) {
                text(exchange, 415, "Invalid content type");
            } else if (!("Bearer " + token).equals(authorization)) {
                error(exchange, new ApiError(401, 16, "no session information"));
            } else if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                text(exchange, 503, "<html>upstream connect error</html>");
            } else if (request.path().startsWith("/api/v1/stream/")) {
                stream(exchange);
            } else {
                answer(exchange, request);
            }
        }
    }

    private void answer(HttpExchange exchange, Request request) throws IOException {
        try {
            json(exchange, 200, route(request));
        } catch (ApiError error) {
            error(exchange, error);
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    private JsonNode route(Request request) throws IOException, InterruptedException, ExecutionException {
        String[] parts = request.path().substring("/api/v1/".length()).split("/");
        return switch (parts[0]) {
            case "account" -> JsonNodeFactory.instance.objectNode().put("value", clusterAway ? "yes" : "no");
            case "session" -> JsonNodeFactory.instance.objectNode().put("loggedIn", true);
            case "projects" -> projects(request, parts);
            case "repositories", "repocreds" -> JsonNodeFactory.instance.objectNode();
            default -> parts.length == 1 ? applications(request) : application(request, parts);
        };
    }

    private JsonNode applications(Request request) throws IOException {
        if (request.method().equals("GET")) {
            String project = request.query().get("projects");
            String label = request.query().get("selector");
            if (label != null) {
                ObjectNode labelled = JsonNodeFactory.instance.objectNode();
                ArrayNode items = labelled.putArray("items");
                made.values().stream()
                        .filter(one -> one.at("/metadata/labels").has(label))
                        .forEach(items::add);
                return labelled;
            }
            JsonNode list = time.call(() -> api.list(project));
            made.values().stream()
                    .filter(one -> one.at("/spec/project").asText().equals(project))
                    .forEach(one -> ((ArrayNode) list.path("items")).add(one));
            return list;
        }
        JsonNode body = MAPPER.readTree(request.body());
        String name = body.at("/metadata/name").asText();
        if (!projects.containsKey(body.at("/spec/project").asText())) {
            throw ApiError.invalid("application references project which does not exist");
        }
        if (!"false".equals(request.query().get("validate"))) {
            // The real one renders the sources first, and before a service's first release there is nothing to render.
            throw ApiError.invalid("application spec for " + name + " is invalid: InvalidSpecError: Unable to generate"
                    + " manifests in services/cart: rpc error: code = Unknown desc = no release.yaml");
        }
        if (body.at("/metadata").has("resourceVersion")) {
            throw new ApiError(
                    500, 2, "error creating application: resourceVersion should not be set on objects to be created");
        }
        ((ObjectNode) body.get("metadata")).put("resourceVersion", Integer.toString(++version));
        if (body.at("/spec/source/directory") instanceof ObjectNode directory) {
            directory.putObject("jsonnet"); // as before 3.4
        }
        made.put(name, (ObjectNode) body);
        return body;
    }

    private volatile boolean clusterAway;

    /** Whether its Kubernetes API server does not answer: the real one then denies whatever it can't look up. */
    public void clusterAway(boolean away) {
        clusterAway = away;
    }

    private final Map<String, ObjectNode> made = new TreeMap<>();

    /** Applications that were written by clients. */
    public Map<String, ObjectNode> made() {
        return made;
    }

    /** What is being deleted is gone now: the controller has found the time. */
    public void finishDeletions() {
        made.values().removeIf(application -> application.at("/metadata").has("deletionTimestamp"));
    }

    private JsonNode application(Request request, String[] parts)
            throws IOException, InterruptedException, ExecutionException {
        String name = parts[1];
        String project = request.query().get("project");
        String call = parts.length > 2 ? parts[2] : "";
        if (clusterAway) {
            throw ApiError.denied("");
        }
        if (call.isEmpty() && made.containsKey(name)) {
            if (request.method().equals("DELETE")) {
                made.get(name).withObject("/metadata").put("deletionTimestamp", "2026-11-22T10:00:00Z");
                return JsonNodeFactory.instance.objectNode();
            }
            return made.get(name);
        }
        return switch (call) {
            case "" ->
                request.query().containsKey("refresh")
                        ? refreshed(project, name)
                        : time.call(() -> api.get(project, name));
            case "sync" -> {
                JsonNode body = MAPPER.readTree(request.body());
                yield time.call(() -> api.sync(
                        body.path("project").asText(),
                        name,
                        body.path("revision").asText(),
                        body.at("/infos/0/value").asText()));
            }
            case "operation" ->
                time.call(() -> {
                    api.terminate(project, name);
                    return JsonNodeFactory.instance.objectNode();
                });
            case "syncwindows" -> time.call(() -> api.windows(project, name));
            case "resource" ->
                JsonNodeFactory.instance
                        .objectNode()
                        .put(
                                "manifest",
                                time.call(() -> api.resource(
                                                project,
                                                name,
                                                request.query().get("kind"),
                                                request.query().get("resourceName")))
                                        .toString());
            case "resource-tree" -> permitted(project, time.call(() -> api.tree(project, name)));
            case "events" -> time.call(() -> api.events(project, name));
            case "pods" ->
                JsonNodeFactory.instance
                        .objectNode()
                        .set(
                                "result",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put(
                                                "content",
                                                request.path().contains("-migration-")
                                                        ? "ERROR: Migration of V1__a.sql failed"
                                                        : "FATAL: faulty CAR order-api_1.0.0.car"));
            default -> throw ApiError.invalid("no such call: " + request.path());
        };
    }

    private JsonNode refreshed(String project, String name) throws InterruptedException, ExecutionException {
        CompletableFuture<ObjectNode> done = new CompletableFuture<>();
        time.run(() -> api.refresh(project, name, done::complete));
        return done.get();
    }

    /** As Argo CD 3.5.1 does: kinds that the project does not have are left out, also pods of a Deployment that it has. */
    private synchronized JsonNode permitted(String project, ObjectNode tree) {
        JsonNode kinds = projects.containsKey(project)
                ? projects.get(project).at("/spec/namespaceResourceWhitelist")
                : MissingNode.getInstance();
        if (kinds.isArray()) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode();
            tree.path("nodes").forEach(node -> {
                for (JsonNode kind : kinds) {
                    if (kind.path("kind").asText().equals(node.path("kind").asText())) {
                        shown.add(node);
                    }
                }
            });
            tree.set("nodes", shown);
        }
        return tree;
    }

    private synchronized JsonNode projects(Request request, String[] parts) throws IOException {
        if (request.method().equals("GET") && parts.length == 1) {
            ObjectNode list = JsonNodeFactory.instance.objectNode();
            list.putArray("items").addAll(projects.values());
            return list;
        }
        if (request.method().equals("GET")) {
            ObjectNode found = projects.get(parts[1]);
            if (found == null) {
                throw new ApiError(404, 5, "appprojects.argoproj.io \"" + parts[1] + "\" not found");
            }
            return found;
        }
        if (request.method().equals("DELETE")) {
            long used = made.values().stream()
                    .filter(one -> one.at("/spec/project").asText().equals(parts[1]))
                    .count();
            if (used > 0) {
                throw ApiError.precondition("project is referenced by " + used + " applications");
            }
            projects.remove(parts[1]);
            return JsonNodeFactory.instance.objectNode();
        }
        ObjectNode project = (ObjectNode) MAPPER.readTree(request.body()).get("project");
        String name = project.at("/metadata/name").asText();
        if (request.method().equals("PUT")) {
            if (conflicts.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                projects.get(name).withObject("/metadata").put("resourceVersion", Integer.toString(++version));
            }
            String read = project.at("/metadata/resourceVersion").asText();
            if (!read.equals(projects.get(name).at("/metadata/resourceVersion").asText())) {
                throw new ApiError(409, 10, "the object has been modified; please apply your changes to the latest");
            }
        }
        project.withObject("/metadata").put("resourceVersion", Integer.toString(++version));
        projects.put(name, project);
        return project;
    }

    private void stream(HttpExchange exchange) throws IOException {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        streams.add(queue);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(":\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            while (true) {
                String line = queue.poll(15, TimeUnit.SECONDS);
                if (END.equals(line)) {
                    return;
                }
                out.write((line == null ? ":\n" : "data: " + line + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(queue);
        }
    }

    private static void error(HttpExchange exchange, ApiError error) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("error", error.getMessage()).put("code", error.code()).put("message", error.getMessage());
        json(exchange, error.http(), json);
    }

    private static void json(HttpExchange exchange, int status, JsonNode json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        text(exchange, status, json.toString());
    }

    private static void text(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        time.close();
    }
}
