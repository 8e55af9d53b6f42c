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
        document.put(
                "components",
                Map.of(
                        "schemas",
                        schemas.named(),
                        "securitySchemes",
                        Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
        return document;
    }

    private Map<String, Object> operation(Route route) {
        List<Object> parameters = new ArrayList<>();
        route.pathParameters().forEach(one -> parameters.add(parameter("path", one)));
        route.parameters().forEach(one -> parameters.add(parameter("query", one)));
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", route.summary());
        if (route.path().equals(Route.LOGIN)) {
            operation.put("security", List.of());
        }
        if (route.method().equals(HandlerType.POST)) {
            parameters.add(parameter(
                    "header",
                    Parameter.needed("Idempotency-Key", Route.KEY, "the asker's name for this very request")));
            Map<String, Object> body = content(JSON, object(route.body()));
            body.put("required", true);
            operation.put("requestBody", body);
        }
        operation.put("parameters", parameters);
        Map<String, Object> right = content(JSON, schemas.of(route.answer()));
        right.put("description", route.summary());
        Map<String, Object> wrong = content("application/problem+json", schemas.of(Problem.class));
        wrong.put("description", "what is wrong, where, and what to do");
        operation.put("responses", Map.of("200", right, "default", wrong));
        return operation;
    }

    private static Map<String, Object> content(String type, Map<String, Object> schema) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("content", Map.of(type, Map.of("schema", schema)));
        return content;
    }

    private static Map<String, Object> parameter(String in, Parameter one) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", one.name());
        parameter.put("in", in);
        parameter.put("required", one.required());
        parameter.put("schema", schema(one));
        return parameter;
    }

    private static Map<String, Object> schema(Parameter one) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", one.description());
        if (one.isFlag()) {
            schema.put("enum", List.of(true, false, "true", "false"));
            return schema;
        }
        schema.put("type", one.type());
        if (one.type().equals("integer")) {
            schema.put("minimum", 0);
            schema.put("maximum", Route.LARGEST);
        } else if (!one.pattern().equals(".*")) {
            schema.put("pattern", "^(" + one.pattern() + ")$");
        }
        return schema;
    }

    /** The schema of an object with these fields and no others. */
    public static Map<String, Object> object(List<Parameter> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(one -> properties.put(one.name(), schema(one)));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put(
                "required",
                fields.stream().filter(Parameter::required).map(Parameter::name).toList());
        object.put("additionalProperties", false);
        return object;
    }
}
