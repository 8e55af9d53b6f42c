package io.imaas.adapter.harbor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.port.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Harbor 2 in memory, by its API description and the code of its handlers: a project that the account may not see is 403,
 * names are checked, what exists is 409, only administrators set a quota at once, a robot's name is prefixed, a project
 * with repositories is not deleted (412).
 */
public final class FakeHarbor implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "[a-z0-9]+(?:[._-][a-z0-9]+)*";
    private static final long USUAL_STORAGE = -1;

    final Map<String, ObjectNode> projects = new TreeMap<>();
    final Map<Long, ObjectNode> labels = new TreeMap<>();
    final Map<Long, ObjectNode> quotas = new TreeMap<>();
    final Map<Long, ObjectNode> retentions = new TreeMap<>();
    final Map<Long, ObjectNode> robots = new TreeMap<>();
    /** Method and path of every call. */
    final List<String> calls = new ArrayList<>();
    /** Calls, as {@code POST robots}, that the account may not make. */
    final Set<String> forbidden = new HashSet<>();

    private final HttpServer server;
    private final Clock clock;
    boolean administrator = true;
    boolean keepsQuotas = true;
    private long next = 7;
    private Guard guard = (call, act) -> {
        act.run();
        return 0;
    };

    public FakeHarbor(Clock clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
        server.createContext("/api/v2.0/", this::handle);
        server.start();
    }

    /** What stands around every write: it may refuse it with a status, or let it be done. */
    public interface Guard {
        /** @return the status that is answered instead; 0 when it was done */
        int around(String call, Runnable act);
    }

    public synchronized void around(Guard guard) {
        this.guard = guard;
    }

    /** All that is there, without numbers that are new each time. */
    public synchronized Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        Map<Long, String> names = new HashMap<>();
        projects.forEach((name, project) -> {
            names.put(project.path("project_id").asLong(), name);
            state.put("Harbor project " + name, "");
        });
        labels.values()
                .forEach(label -> state.put(
                        "Harbor label " + label.path("name").asText(),
                        names.get(label.path("project_id").asLong())));
        quotas.values()
                .forEach(quota -> state.put(
                        "Harbor quota " + quota.at("/ref/name").asText(), String.valueOf(quota.path("hard"))));
        projects.values().stream()
                .filter(project -> project.at("/metadata").has("retention_id"))
                .forEach(project -> state.put(
                        "Harbor retention " + project.path("name").asText(),
                        String.valueOf(retentions
                                .get(project.at("/metadata/retention_id").asLong())
                                .path("rules"))));
        robots.values()
                .forEach(robot -> state.merge(
                        "Harbor robot " + robot.path("name").asText().replaceFirst("\\d+$", ""),
                        "one",
                        (one, more) -> one + " and one more"));
        return state;
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The names of all projects. */
    public synchronized Set<String> made() {
        return Set.copyOf(projects.keySet());
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath().substring("/api/v2.0/".length());
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            calls.add(method + " " + path);
            String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!given.equals("Basic "
                    + Base64.getEncoder().encodeToString("admin:Harbor12345".getBytes(StandardCharsets.UTF_8)))) {
                error(exchange, 401, "UNAUTHORIZED", "unauthorized");
            } else if (forbidden.contains(method + " " + path.split("/")[0])) {
                error(exchange, 403, "FORBIDDEN", "forbidden");
            } else if (method.equals("GET") || method.equals("HEAD")) {
                dispatch(exchange, path, query, body);
            } else {
                int refused = guard.around(method + " " + path, () -> {
                    try {
                        dispatch(exchange, path, query, body);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                // What was answered before the process died is heard by nobody.
                if (refused != 0 && exchange.getResponseCode() < 0) {
                    error(exchange, refused, "REFUSED", "no");
                }
            }
        }
    }

    private void dispatch(HttpExchange exchange, String path, Map<String, String> query, JsonNode body)
            throws IOException {
        switch (path.split("/")[0]) {
            case "projects" -> projects(exchange, path, query, body);
            case "labels" -> labels(exchange, query, body);
            case "quotas" -> quotas(exchange, path, query, body);
            case "retentions" -> retentions(exchange, path, body);
            case "robots" -> robots(exchange, path, query, body);
            default -> error(exchange, 404, "NOT_FOUND", "not found");
        }
    }

    private void projects(HttpExchange exchange, String path, Map<String, String> query, JsonNode body)
            throws IOException {
        String name = path.contains("/") ? path.substring("projects/".length()) : "";
        switch (exchange.getRequestMethod()) {
            case "HEAD" ->
                exchange.sendResponseHeaders(projects.containsKey(query.get("project_name")) ? 200 : 404, -1);
            case "GET" -> {
                if (!"true".equals(exchange.getRequestHeaders().getFirst("X-Is-Resource-Name"))) {
                    error(exchange, 400, "BAD_REQUEST", "this was to be a name");
                } else if (projects.containsKey(name)) {
                    answer(exchange, 200, projects.get(name));
                } else {
                    error(exchange, 403, "FORBIDDEN", "forbidden");
                }
            }
            case "DELETE" -> {
                ObjectNode project = projects.get(name);
                if (project.path("repo_count").asLong() > 0) {
                    error(exchange, 412, "PRECONDITION", "the project contains repositories, can not be deleted");
                    return;
                }
                long id = project.path("project_id").asLong();
                projects.remove(name);
                labels.values().removeIf(label -> label.path("project_id").asLong() == id);
                quotas.values().removeIf(quota -> quota.at("/ref/id").asLong() == id);
                robots.values().removeIf(robot -> robot.path("project_id").asLong() == id);
                answer(exchange, 200, null);
            }
            default -> {
                String wanted = body.path("project_name").asText();
                if (!wanted.matches(NAME)) {
                    error(
                            exchange,
                            400,
                            "BAD_REQUEST",
                            "project name is not in lower case or contains illegal characters");
                } else if (projects.containsKey(wanted)) {
                    error(exchange, 409, "CONFLICT", "The project named " + wanted + " already exists");
                } else {
                    project(wanted, administrator ? body.path("storage_limit").asLong(USUAL_STORAGE) : USUAL_STORAGE);
                    answer(exchange, 201, null);
                }
            }
        }
    }

    /** Makes a project, as somebody does on Harbor's pages. */
    final ObjectNode project(String name, long storage) {
        long id = next++;
        ObjectNode project =
                JSON.createObjectNode().put("project_id", id).put("name", name).put("repo_count", 0);
        project.putObject("metadata").put("public", "false");
        projects.put(name, project);
        if (keepsQuotas) {
            ObjectNode quota = JSON.createObjectNode().put("id", next);
            quota.putObject("ref").put("id", id).put("name", name);
            quota.putObject("hard").put("storage", storage);
            quota.putObject("used").put("storage", 0);
            quotas.put(next++, quota);
        }
        return project;
    }

    private void labels(HttpExchange exchange, Map<String, String> query, JsonNode body) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 200, list(labels, label -> label.path("project_id")
                    .asText()
                    .equals(query.get("project_id"))));
        } else if (labels.values().stream()
                .anyMatch(label -> label.path("name").equals(body.path("name"))
                        && label.path("project_id").equals(body.path("project_id")))) {
            error(exchange, 409, "CONFLICT", "label already exists");
        } else {
            labels.put(next, ((ObjectNode) body).put("id", next++));
            answer(exchange, 201, null);
        }
    }

    private void quotas(HttpExchange exchange, String path, Map<String, String> query, JsonNode body)
            throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 200, list(quotas, quota -> quota.at("/ref/id")
                    .asText()
                    .equals(query.get("reference_id"))));
        } else {
            quotas.get(id(path)).set("hard", body.path("hard"));
            answer(exchange, 200, null);
        }
    }

    private void retentions(HttpExchange exchange, String path, JsonNode body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "GET" -> answer(exchange, 200, retentions.get(id(path)));
            case "DELETE" -> {
                ObjectNode gone = retentions.remove(id(path));
                metadata(gone.at("/scope/ref").asLong()).remove("retention_id");
                answer(exchange, 200, null);
            }
            case "PUT" -> {
                retentions.put(id(path), stored((ObjectNode) body, id(path)));
                answer(exchange, 200, null);
            }
            default -> {
                ObjectNode metadata = metadata(body.at("/scope/ref").asLong());
                if (metadata.has("retention_id")) {
                    error(exchange, 400, "BAD_REQUEST", "project already has retention policy");
                    return;
                }
                metadata.put("retention_id", String.valueOf(next));
                retentions.put(next, stored((ObjectNode) body, next++));
                answer(exchange, 201, null);
            }
        }
    }

    private static ObjectNode stored(ObjectNode policy, long id) {
        policy.put("id", id);
        policy.path("rules").forEach(rule -> ((ObjectNode) rule).put("id", 0).put("priority", 0));
        policy.withObject("/trigger/settings").put("next_scheduled_time", "2026-11-29T03:00:00Z");
        return policy;
    }

    private ObjectNode metadata(long project) {
        return projects.values().stream()
                .filter(one -> one.path("project_id").asLong() == project)
                .map(one -> one.withObject("/metadata"))
                .findFirst()
                .orElseThrow();
    }

    private void robots(HttpExchange exchange, String path, Map<String, String> query, JsonNode body)
            throws IOException {
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                String project = query.get("q").replaceFirst("^Level=project,ProjectID=", "");
                answer(exchange, 200, list(robots, robot -> robot.path("project_id")
                        .asText()
                        .equals(project)));
            }
            case "DELETE" -> {
                robots.remove(id(path));
                answer(exchange, 200, null);
            }
            default -> {
                String project = body.at("/permissions/0/namespace").asText();
                String name = "robot$" + project + "+" + body.path("name").asText();
                if (!body.path("name").asText().matches(NAME)
                        || body.path("duration").asLong() == 0) {
                    error(
                            exchange,
                            400,
                            "BAD_REQUEST",
                            "robot name is not in lower case or contains illegal characters");
                } else if (robots.values().stream()
                        .anyMatch(robot -> robot.path("name").asText().equals(name))) {
                    error(exchange, 409, "CONFLICT", "robot account " + name + " already exists");
                } else {
                    ObjectNode robot = JSON.createObjectNode().put("id", next).put("name", name);
                    robot.set("permissions", body.path("permissions"));
                    robot.put(
                            "project_id",
                            projects.get(project).path("project_id").asLong());
                    long days = body.path("duration").asLong();
                    robot.put("expires_at", days < 0 ? -1 : clock.now().getEpochSecond() + days * 86_400);
                    robots.put(next++, robot);
                    answer(
                            exchange,
                            201,
                            robot.deepCopy()
                                    .put("secret", "Pass" + robot.path("id").asLong() + "word"));
                }
            }
        }
    }

    private static long id(String path) {
        return Long.parseLong(path.substring(path.indexOf('/') + 1));
    }

    private static ArrayNode list(Map<Long, ObjectNode> all, Predicate<ObjectNode> wanted) {
        ArrayNode list = JSON.createArrayNode();
        all.values().stream().filter(wanted).forEach(list::add);
        return list;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void error(HttpExchange exchange, int code, String word, String message) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("errors").addObject().put("code", word).put("message", message);
        answer(exchange, code, body);
    }

    private static void answer(HttpExchange exchange, int code, JsonNode body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
