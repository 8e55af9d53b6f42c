package io.imaas.adapter.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.model.kubernetes.Quantity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An API server in memory that does server-side apply as kube-apiserver 1.34 was seen to: fields have managers, another
 * manager's value is a conflict unless forced, a field that its manager leaves out goes, quantities are normalised, empty
 * lists are dropped, a dry run answers and keeps nothing. The same scenarios run against the real one.
 */
final class ApiServerDouble implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final Map<String, List<String>> served = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private int version = 100;
    private int busy;
    private long spent;

    ApiServerDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Method and path of what was asked since the last look. */
    synchronized List<String> calls() {
        List<String> all = List.copyOf(calls);
        calls.clear();
        return all;
    }

    /** Nanoseconds of processor time that answers took since the last look. */
    synchronized long spent() {
        long all = spent;
        spent = 0;
        return all;
    }

    /** The next so many calls are told to come back in a second. */
    synchronized void busy(int times) {
        busy = times;
    }

    /** Knows further kinds from now on, as after their definitions were installed. */
    synchronized void serve(String apiVersion, String... kinds) {
        served.put(apiVersion, List.of(kinds));
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            calls.add(exchange.getRequestMethod() + " " + path);
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            if (busy-- > 0) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                answer(exchange, 429, status(429, "TooManyRequests", "too many requests"));
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "GET" -> read(exchange, path, query);
                case "PATCH" -> patch(exchange, path, query, (ObjectNode) body);
                case "POST" -> {
                    String key = path + "/" + body.at("/metadata/name").asText();
                    answer(exchange, 201, store(key, (ObjectNode) body, own("kubectl-create", "Update", body), false));
                }
                case "DELETE" -> {
                    String within =
                            path.matches("/api/v1/namespaces/[^/]+") ? path.replace("/api/v1", "") + "/" : path + "/";
                    objects.keySet().removeIf(key -> key.equals(path) || key.contains(within));
                    answer(exchange, 200, status(200, "", "deleted"));
                }
                default -> answer(exchange, 405, status(405, "MethodNotAllowed", ""));
            }
        } finally {
            spent += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        }
    }

    private void read(HttpExchange exchange, String path, String query) throws IOException {
        if (path.equals("/apis")) {
            answer(exchange, 200, object().put("kind", "APIGroupList").set("groups", JSON.createArrayNode()));
        } else if (path.startsWith("/apis/") && served.containsKey(path.substring("/apis/".length()))) {
            ObjectNode list = object().put("kind", "APIResourceList");
            ArrayNode resources = list.putArray("resources");
            for (String kind : served.get(path.substring("/apis/".length()))) {
                resources
                        .addObject()
                        .put("kind", kind)
                        .put("name", kind.toLowerCase(Locale.ROOT) + "s")
                        .put("namespaced", true);
            }
            answer(exchange, 200, list);
        } else if (objects.containsKey(path)) {
            answer(exchange, 200, objects.get(path));
        } else if (path.matches(".*/(namespaces|[a-z]+s|[a-z]+ies)") && !path.matches(".*/namespaces/[^/]+")) {
            ObjectNode list = object().put("kind", "List").put("apiVersion", "v1");
            ArrayNode items = list.putArray("items");
            String resource = path.substring(path.lastIndexOf('/'));
            String space = path.contains("/namespaces/") ? path : "";
            objects.forEach((key, found) -> {
                boolean ofKind = key.substring(0, key.lastIndexOf('/')).endsWith(resource);
                boolean here = space.isEmpty() || key.startsWith(space + "/");
                String name = found.at("/metadata/name").asText();
                boolean labelled = !query.contains("labelSelector=")
                        || Stream.of(query.replaceFirst(".*labelSelector=([^&]*).*", "$1")
                                        .split(","))
                                .map(pair -> pair.split("=", 2))
                                .allMatch(pair -> pair.length < 2
                                        || found.path("metadata")
                                                .path("labels")
                                                .path(pair[0])
                                                .asText()
                                                .equals(pair[1]));
                if (ofKind
                        && here
                        && labelled
                        && (!query.contains("metadata.name=") || query.contains("metadata.name=" + name))) {
                    ObjectNode item = found.deepCopy();
                    item.remove(List.of("kind", "apiVersion"));
                    items.add(item);
                }
            });
            answer(exchange, 200, list);
        } else {
            answer(exchange, 404, status(404, "NotFound", path + " not found"));
        }
    }

    private void patch(HttpExchange exchange, String path, String query, ObjectNode body) throws IOException {
        String manager = query.replaceFirst(".*fieldManager=([^&]*).*", "$1");
        boolean dryRun = query.contains("dryRun=All");
        String space = path.replaceFirst("(.*)/namespaces/([^/]+)/.*", "$2");
        if (!space.equals(path) && !objects.containsKey("/api/v1/namespaces/" + space)) {
            answer(exchange, 404, status(404, "NotFound", "namespaces \"" + space + "\" not found"));
            return;
        }
        ObjectNode live = objects.containsKey(path) ? objects.get(path).deepCopy() : object();
        boolean apply = exchange.getRequestHeaders().getFirst("Content-Type").contains("apply-patch");
        Map<String, JsonNode> wanted = leaves(body);
        if (apply && !query.contains("force=true")) {
            ArrayNode conflicts = conflicts(live, manager, wanted);
            if (!conflicts.isEmpty()) {
                ObjectNode refused = status(409, "Conflict", "Apply failed with " + conflicts.size() + " conflict");
                refused.putObject("details").set("causes", conflicts);
                answer(exchange, 409, refused);
                return;
            }
        }
        ObjectNode owners = live.path("metadata").path("managedFields").isMissingNode() ? object() : managers(live);
        if (apply) {
            owners.path(manager + " Apply").fieldNames().forEachRemaining(field -> {
                boolean others = false;
                for (Map.Entry<String, JsonNode> one : owners.properties()) {
                    others |= !one.getKey().equals(manager + " Apply")
                            && one.getValue().has(field);
                }
                if (!wanted.containsKey(field) && !others) {
                    set(live, field, null);
                }
            });
        }
        ObjectNode ours = apply ? object() : owners.withObject("/" + manager + " Update");
        wanted.forEach((field, value) -> {
            if (!value.equals(at(live, field))) {
                owners.forEach(other -> ((ObjectNode) other).remove(field));
            }
            set(live, field, value);
            ours.put(field, true);
        });
        owners.set(manager + (apply ? " Apply" : " Update"), ours);
        for (String key : List.of("apiVersion", "kind")) {
            if (body.has(key)) {
                live.set(key, body.get(key));
            }
        }
        ObjectNode metadata = live.withObject("/metadata");
        metadata.put("name", path.substring(path.lastIndexOf('/') + 1));
        if (!space.equals(path)) {
            metadata.put("namespace", space);
        }
        answer(exchange, 200, store(path, live, owners, dryRun));
    }

    private ArrayNode conflicts(ObjectNode live, String manager, Map<String, JsonNode> wanted) {
        ArrayNode conflicts = JSON.createArrayNode();
        managers(live)
                .properties()
                .forEach(owner -> owner.getValue().fieldNames().forEachRemaining(field -> {
                    boolean differs =
                            wanted.containsKey(field) && !wanted.get(field).equals(at(live, field));
                    if (differs && !owner.getKey().equals(manager + " Apply")) {
                        conflicts
                                .addObject()
                                .put("reason", "FieldManagerConflict")
                                .put(
                                        "message",
                                        "conflict with \"" + owner.getKey().split(" ")[0] + "\" using v1")
                                .put("field", field.replace('/', '.'));
                    }
                }));
        return conflicts;
    }

    private ObjectNode store(String key, ObjectNode object, ObjectNode owners, boolean dryRun) {
        normalise(object);
        ObjectNode metadata = object.withObject("/metadata");
        metadata.remove("managedFields");
        ArrayNode managed = metadata.putArray("managedFields");
        owners.properties().forEach(owner -> {
            String[] who = owner.getKey().split(" ");
            ObjectNode entry = managed.addObject()
                    .put("manager", who[0])
                    .put("operation", who[1])
                    .put("fieldsType", "FieldsV1");
            ObjectNode fields = entry.putObject("fieldsV1");
            owner.getValue().fieldNames().forEachRemaining(field -> {
                ObjectNode here = fields;
                for (String part : field.substring(1).split("/")) {
                    String name = "f:" + part.replace("~1", "/");
                    here = here.has(name) ? (ObjectNode) here.get(name) : here.putObject(name);
                }
            });
        });
        ObjectNode before = objects.get(key);
        String old =
                before == null ? "" : before.at("/metadata/resourceVersion").asText();
        metadata.put("resourceVersion", old);
        if (dryRun || object.equals(before)) {
            return object;
        }
        metadata.put("resourceVersion", String.valueOf(++version));
        objects.put(key, object);
        return object;
    }

    private ObjectNode managers(JsonNode live) {
        ObjectNode managers = object();
        for (JsonNode entry : live.at("/metadata/managedFields")) {
            ObjectNode fields = managers.putObject(entry.path("manager").asText() + " "
                    + entry.path("operation").asText());
            flatten("", entry.path("fieldsV1"), fields);
        }
        return managers;
    }

    private static void flatten(String path, JsonNode node, ObjectNode fields) {
        node.properties().forEach(field -> {
            String here = path + "/" + field.getKey().substring(2).replace("/", "~1");
            if (field.getValue().isEmpty()) {
                fields.put(here, true);
            } else {
                flatten(here, field.getValue(), fields);
            }
        });
    }

    private ObjectNode own(String manager, String operation, JsonNode body) {
        ObjectNode owners = object();
        ObjectNode fields = owners.putObject(manager + " " + operation);
        leaves(body).keySet().forEach(field -> fields.put(field, true));
        return owners;
    }

    /** Lists and empty maps are one field each, other maps are as many as they hold. */
    private static Map<String, JsonNode> leaves(JsonNode body) {
        Map<String, JsonNode> leaves = new TreeMap<>();
        collect("", body, leaves);
        leaves.keySet()
                .removeIf(
                        path -> path.matches("/(apiVersion|kind|metadata/(name|namespace|resourceVersion|uid|generation"
                                + "|creationTimestamp|managedFields))"));
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, JsonNode> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(
                            field -> collect(path + "/" + field.getKey().replace("/", "~1"), field.getValue(), leaves));
        } else {
            leaves.put(path, node);
        }
    }

    private static JsonNode at(JsonNode object, String path) {
        return object.at(path);
    }

    private static void set(ObjectNode object, String path, JsonNode value) {
        int last = path.lastIndexOf('/');
        String name = path.substring(last + 1).replace("~1", "/");
        ObjectNode parent = last == 0 ? object : object.withObject(path.substring(0, last));
        if (value == null) {
            parent.remove(name);
        } else {
            parent.set(name, value.deepCopy());
        }
    }

    private static void normalise(ObjectNode object) {
        JsonNode hard = object.at("/spec/hard");
        if (hard instanceof ObjectNode amounts) {
            List<String> names = new ArrayList<>();
            amounts.fieldNames().forEachRemaining(names::add);
            for (String name :
                    names.stream().filter(name -> name.contains("cpu")).toList()) {
                amounts.put(name, Quantity.parse(amounts.get(name).asText()).cores());
            }
        }
        JsonNode spec = object.path("spec");
        for (String list : List.of("ingress", "egress")) {
            if (spec instanceof ObjectNode fields
                    && fields.path(list).isArray()
                    && fields.path(list).isEmpty()) {
                fields.remove(list);
            }
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode status(int code, String reason, String message) {
        return object().put("kind", "Status")
                .put("apiVersion", "v1")
                .put("code", code)
                .put("reason", reason)
                .put("status", code < 400 ? "Success" : "Failure")
                .put("message", message);
    }

    private static void answer(HttpExchange exchange, int code, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** What is there, for messages of tests. */
    @Override
    public synchronized String toString() {
        return objects.keySet().stream().collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
