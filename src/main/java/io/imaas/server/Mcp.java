package io.imaas.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.app.access.Visitor;
import io.imaas.model.failure.FailureException;
import io.imaas.report.Json;
import io.imaas.report.ToolVersion;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.api.OpenApi;
import io.imaas.server.api.Route;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * {@code POST /api/v1/mcp}: the Model Context Protocol, as streamable HTTP without streams. Each address of the API that
 * reads is a tool. A call is the very reading that the API does, by the asker's own rights.
 */
final class Mcp {
    private static final String VERSION = "2025-06-18";

    private final Login login;
    private final Map<String, Route> tools;

    Mcp(Login login, List<Route> routes) {
        this.login = login;
        this.tools = routes.stream()
                .filter(route -> route.reading() != null)
                .collect(Collectors.toMap(Mcp::name, route -> route, (one, other) -> one, LinkedHashMap::new));
    }

    /** Such as {@code tenants}, {@code tenant}, {@code tenant_inbox} and {@code service_diff}. */
    private static String name(Route route) {
        return route.path()
                .replace("/api/v1/", "")
                .replaceAll(".*\\{(\\w+)}", "$1")
                .replace('/', '_');
    }

    void take(Context ctx) {
        Visitor visitor = login.of(ctx);
        if (ctx.header("Origin") != null) {
            login.requireOwnPage(ctx);
        }
        JsonNode message = message(ctx);
        JsonNode id = message.path("id");
        if (id.isMissingNode()) {
            ctx.status(202);
            return;
        }
        ctx.future(() -> answer(id, message, visitor)
                .thenAccept(answer -> ctx.contentType("application/json").result(Json.pretty(answer))));
    }

    private static JsonNode message(Context ctx) {
        Intake.requireJson(ctx.contentType());
        try {
            JsonNode message = Json.tree(ctx.bodyAsBytes());
            if (message.path("method").isTextual()) {
                return message;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw new HttpProblem(
                400, "the body is not a message of JSON-RPC", "send {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":...}");
    }

    private static CompletableFuture<Map<String, Object>> answer(JsonNode id, String what, Object value) {
        return CompletableFuture.completedFuture(Map.of("jsonrpc", "2.0", "id", id, what, value));
    }

    /** What JSON-RPC calls an error. */
    private static CompletableFuture<Map<String, Object>> refused(JsonNode id, int code, String message) {
        return answer(id, "error", Map.of("code", code, "message", message));
    }

    private CompletableFuture<Map<String, Object>> answer(JsonNode id, JsonNode message, Visitor visitor) {
        String method = message.path("method").asText();
        return switch (method) {
            case "initialize" ->
                answer(
                        id,
                        "result",
                        Map.of(
                                "protocolVersion",
                                VERSION,
                                "capabilities",
                                Map.of("tools", Map.of()),
                                "serverInfo",
                                Map.of("name", "imaas", "version", ToolVersion.current())));
            case "ping" -> answer(id, "result", Map.of());
            case "tools/list" ->
                answer(
                        id,
                        "result",
                        Map.of(
                                "tools",
                                tools.entrySet().stream()
                                        .map(tool -> tool(tool.getKey(), tool.getValue()))
                                        .toList()));
            case "tools/call" -> call(id, message.path("params"), visitor);
            default -> refused(id, -32601, "there is no method '" + method + "'");
        };
    }

    private static Map<String, Object> tool(String name, Route route) {
        return Map.of(
                "name",
                name,
                "description",
                route.summary(),
                "inputSchema",
                OpenApi.object(route.allParameters()),
                "annotations",
                Map.of("readOnlyHint", true));
    }

    private CompletableFuture<Map<String, Object>> call(JsonNode id, JsonNode parameters, Visitor visitor) {
        Route route = tools.get(parameters.path("name").asText());
        if (route == null) {
            return refused(id, -32602, "known tools: " + tools.keySet());
        }
        UnaryOperator<String> given = name -> {
            JsonNode value = parameters.at("/arguments").path(name);
            return value.isValueNode() && !value.isNull() ? value.asText() : null;
        };
        return attempt(() -> route.reading().read(visitor, given))
                .thenApply(answer -> told(Api.text(answer), false))
                .exceptionally(e -> told(why(e), true))
                .thenCompose(told -> answer(id, "result", told));
    }

    /** What can't be asked at all fails as what was asked in vain. */
    private static CompletableFuture<Object> attempt(Supplier<CompletableFuture<?>> reading) {
        try {
            return reading.get().thenApply(answer -> answer);
        } catch (HttpProblem | FailureException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static String why(Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof FailureException known) {
            return known.failure().sentence();
        }
        return cause instanceof HttpProblem ? cause.getMessage() : "this could not be read";
    }

    private static Object told(String text, boolean failed) {
        return Map.of("content", List.of(Map.of("type", "text", "text", text)), "isError", failed);
    }
}
