package io.imaas.server.api;

import io.imaas.report.ToolVersion;
import io.imaas.server.api.Route.Parameter;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The OpenAPI 3.1 document of a table of routes. */
public final class OpenApi {
    private static final String JSON = "application/json";

    private final Schemas schemas = new Schemas();

    private OpenApi() {}

    public static Map<String, Object> of(List<Route> routes) {
        return new OpenApi().document(routes);
    }

    private Map<String, Object> document(List<Route> routes) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        routes.forEach(route -> paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
                .put(route.method().name().toLowerCase(Locale.ROOT), operation(route)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "IMaaS Orchestrator", "version", ToolVersion.current()));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        Map<String, Object> all = new LinkedHashMap<>(schemas.named());
        all.put("Problem", problem());
        document.put(
                "components",
                Map.of("schemas", all, "securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
        return document;
    }

    private Map<String, Object> operation(Route route) {
        List<Object> parameters = new ArrayList<>();
        route.pathParameters().forEach(one -> parameters.add(parameter("path", one)));
        route.parameters().forEach(one -> parameters.add(parameter("query", one)));
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", route.summary());
        if (route.method().equals(HandlerType.POST)) {
            parameters.add(parameter(
                    "header",
                    new Parameter("Idempotency-Key", "string", true, "the asker's name for this very request")));
            operation.put(
                    "requestBody",
                    Map.of("required", true, "content", Map.of(JSON, Map.of("schema", body(route.body())))));
        }
        operation.put("parameters", parameters);
        Map<String, Object> wrong = Map.of(
                "description",
                "what is wrong, where, and what to do",
                "content",
                Map.of("application/problem+json", Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))));
        operation.put(
                "responses",
                Map.of(
                        "200",
                        Map.of(
                                "description",
                                route.summary(),
                                "content",
                                Map.of(JSON, Map.of("schema", schemas.of(route.answer())))),
                        "default",
                        wrong));
        return operation;
    }

    private static Map<String, Object> parameter(String in, Parameter one) {
        return Map.of(
                "name",
                one.name(),
                "in",
                in,
                "required",
                one.required(),
                "description",
                one.description(),
                "schema",
                Map.of("type", one.type()));
    }

    private static Map<String, Object> body(List<Parameter> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(one -> properties.put(one.name(), Map.of("type", one.type(), "description", one.description())));
        return Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                fields.stream().filter(Parameter::required).map(Parameter::name).toList(),
                "additionalProperties",
                false);
    }

    private static Map<String, Object> problem() {
        Map<String, Object> text = Map.of("type", "string");
        Map<String, Object> properties = new LinkedHashMap<>();
        List.of("type", "title", "detail", "where", "fix", "againAt").forEach(name -> properties.put(name, text));
        properties.put("status", Map.of("type", "integer"));
        properties.put("run", Map.of("type", "object"));
        return Map.of("type", "object", "properties", properties, "additionalProperties", false);
    }
}
