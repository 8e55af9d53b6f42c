package io.imaas.adapter.apim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.testing.Loopback;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The service catalog of API Manager 4 in memory, by its API description and the code behind it: a name is looked for within
 * names, lists have pages, sums are of a folder's files in the order of their names, a sum that is not the catalog's refuses
 * the whole import, a key keeps its name, version and type, and what an API was made of is not deleted (409).
 */
public final class FakeApiManager implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Entries by key. */
    public final Map<String, ObjectNode> entries = new TreeMap<>();

    /** Method and path of every call. */
    public final List<String> calls = new ArrayList<>();

    /** Keys of which an API was made. */
    public final Set<String> used = new HashSet<>();

    /** Whether the list tells of it; the first versions did not. */
    boolean tellsUsage = true;

    /** Whether the account has the role that writes. */
    boolean mayWrite = true;

    private final HttpServer server;

    public FakeApiManager() throws IOException {
        server = Loopback.http();
        server.createContext("/api/am/service-catalog/v1/services", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().replaceFirst(".*/v1/", "");
            byte[] body = exchange.getRequestBody().readAllBytes();
            calls.add(exchange.getRequestMethod() + " " + path);
            String login =
                    "Basic " + Base64.getEncoder().encodeToString("admin:secret".getBytes(StandardCharsets.UTF_8));
            if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                error(exchange, 401, "Unauthenticated request");
            } else if (exchange.getRequestMethod().equals("GET")) {
                list(exchange);
            } else if (!mayWrite) {
                error(exchange, 403, "User is NOT authorized to access the Resource");
            } else if (exchange.getRequestMethod().equals("DELETE")) {
                delete(exchange, path.substring(path.lastIndexOf('/') + 1));
            } else {
                receive(exchange, new String(body, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        Map<String, String> query = new TreeMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            query.put(pair.split("=")[0], URLDecoder.decode(pair.split("=")[1], StandardCharsets.UTF_8));
        }
        int limit = Integer.parseInt(query.getOrDefault("limit", "25"));
        int offset = Integer.parseInt(query.getOrDefault("offset", "0"));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode list = answer.putArray("list");
        entries.values().stream()
                .filter(entry -> entry.path("name").asText().contains(query.getOrDefault("name", "")))
                .skip(offset)
                .limit(limit)
                .forEach(entry -> {
                    ObjectNode told = entry.deepCopy();
                    if (tellsUsage) {
                        told.put("usage", used.contains(entry.path("serviceKey").asText()) ? 1 : 0);
                    }
                    list.add(told);
                });
        answer(exchange, 200, answer);
    }

    private void delete(HttpExchange exchange, String id) throws IOException {
        String key = entries.values().stream()
                .filter(entry -> entry.path("id").asText().equals(id))
                .map(entry -> entry.path("serviceKey").asText())
                .findFirst()
                .orElse("");
        if (used.contains(key)) {
            error(exchange, 409, "Cannot remove the Service as it is used by one or more APIs");
            return;
        }
        entries.remove(key);
        exchange.sendResponseHeaders(204, -1);
    }

    private void receive(HttpExchange exchange, String form) throws IOException {
        Map<String, String> before = new TreeMap<>();
        JSON.readTree(part(form, "verifier"))
                .forEach(one ->
                        before.put(one.path("key").asText(), one.path("md5").asText()));
        Map<String, Map<String, byte[]>> folders = unzip(part(form, "file").getBytes(StandardCharsets.ISO_8859_1));
        List<ObjectNode> received = new ArrayList<>();
        for (Map<String, byte[]> files : folders.values()) {
            ObjectNode entry = (ObjectNode) JSON.readTree(files.get("metadata.yaml"));
            String key = entry.remove("key").asText();
            String definition = new String(files.get("definition.yaml"), StandardCharsets.UTF_8);
            ObjectNode there = entries.get(key);
            if (!definition.contains("openapi") && !definition.contains("swagger")) {
                error(exchange, 400, "The Service import has been failed as invalid service definition provided");
                return;
            }
            if (there != null && !there.path("md5").asText().equals(before.get(key))) {
                error(exchange, 400, "The Service import has been failed since to verifier validation fails");
                return;
            }
            if (there != null && !there.path("definitionType").equals(entry.path("definitionType"))) {
                error(
                        exchange,
                        400,
                        "Cannot update the name or version or key or definition type of an existing service");
                return;
            }
            entry.put("serviceKey", key)
                    .put("md5", md5(files.get("definition.yaml")) + md5(files.get("metadata.yaml")));
            entry.put(
                    "id",
                    there == null ? "id-" + key.hashCode() : there.path("id").asText());
            received.add(entry);
        }
        received.forEach(entry -> entries.put(entry.path("serviceKey").asText(), entry));
        answer(exchange, 200, JSON.createObjectNode().put("count", received.size()));
    }

    private static Map<String, Map<String, byte[]>> unzip(byte[] zipped) throws IOException {
        Map<String, Map<String, byte[]>> folders = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String[] path = entry.getName().split("/");
                Map<String, byte[]> files = folders.computeIfAbsent(path[0], folder -> new TreeMap<>());
                if (!entry.isDirectory()) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    zip.transferTo(bytes);
                    files.put(path[1], bytes.toByteArray());
                }
            }
        }
        return folders;
    }

    private static String part(String form, String name) {
        int head = form.indexOf("name=\"" + name + "\"");
        int begin = form.indexOf("\r\n\r\n", head) + 4;
        return form.substring(begin, form.indexOf("\r\n--", begin));
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void error(HttpExchange exchange, int status, String description) throws IOException {
        answer(
                exchange,
                status,
                JSON.createObjectNode()
                        .put("code", status)
                        .put("message", "Error")
                        .put("description", description));
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
