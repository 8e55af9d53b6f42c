package io.imaas.server.api;

import io.imaas.app.access.Visitor;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One address of the API: what it is for, what it takes, what it answers, and what does it.
 *
 * @param path with parameters in braces
 * @param summary one sentence
 * @param parameters of the query; those of the path are known from it
 * @param body the fields of a JSON object of texts; empty for a route that takes none
 * @param answer the record that it answers with
 * @param reading what a route that reads of the platform answers with; null for others
 * @param handler answers by itself; null for a route with a reading
 */
public record Route(
        HandlerType method,
        String path,
        String summary,
        List<Parameter> parameters,
        List<Parameter> body,
        Class<?> answer,
        Reading reading,
        Handler handler) {
    /** What an {@code Idempotency-Key} looks like. */
    public static final String KEY = "[A-Za-z0-9._:-]{1,128}";

    /** Who is not logged in may ask it. */
    public static final String LOGIN = "/api/v1/login";

    /** A number of a query has 18 digits at the most. */
    public static final long LARGEST = 999_999_999_999_999_999L;

    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");

    public Route {
        parameters = List.copyOf(parameters);
        body = List.copyOf(body);
    }

    /** Finds an answer: a value, or a text that is JSON already. */
    public interface Reading {
        /** @param given parameters of the path and of the query; null for one that is not there */
        CompletableFuture<?> read(Visitor visitor, UnaryOperator<String> given);
    }

    /** What stands in braces. */
    List<Parameter> pathParameters() {
        return IN_PATH.matcher(path)
                .results()
                .map(found -> Parameter.needed(found.group(1), ".+", "as it is named in the platform's files"))
                .toList();
    }

    /** Those of the path, then those of the query. */
    public List<Parameter> allParameters() {
        return Stream.concat(pathParameters().stream(), parameters.stream()).toList();
    }

    /** An environment's and a service's name, and several of these. */
    public static final String ENVIRONMENT = "[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?";

    public static final String SERVICE = "[a-z]([-a-z0-9]{0,51}[a-z0-9])?";
    public static final String SERVICES = SERVICE + "(," + SERVICE + ")*";

    private static final String PATH = "[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*";
    public static final String IMAGE = "(localhost|[A-Za-z0-9.-]+[.][A-Za-z0-9.-]+|[A-Za-z0-9.-]+:[0-9]{1,5}"
            + "|\\[[0-9a-fA-F:]+\\])(:[0-9]{1,5})?(/" + PATH + ")+@sha256:[0-9a-f]{64}";

    public static final String TIME = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
            + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?Z";

    /**
     * @param type {@code string}, {@code integer} or {@code boolean}
     * @param pattern of the whole text, in what Java and JSON Schema have in common; {@code .*} for any
     */
    public record Parameter(String name, String type, boolean required, String pattern, String description) {
        public static Parameter text(String name, String description) {
            return text(name, ".*", description);
        }

        public static Parameter text(String name, String pattern, String description) {
            return new Parameter(name, "string", false, pattern, description);
        }

        public static Parameter needed(String name, String pattern, String description) {
            return new Parameter(name, "string", true, pattern, description);
        }

        /** Yes or no, of a body. */
        public static Parameter flag(String name, String description) {
            return new Parameter(name, "boolean", false, "", description);
        }

        public boolean isFlag() {
            return type.equals("boolean");
        }

        public static Parameter number(String name, String description) {
            return new Parameter(name, "integer", false, "", description);
        }
    }

    public static Route get(String path, String summary, Class<?> answer, Reading reading, Parameter... parameters) {
        return new Route(HandlerType.GET, path, summary, List.of(parameters), List.of(), answer, reading, null);
    }

    /** What no model is told of: it is not about the platform. */
    public static Route get(String path, String summary, Class<?> answer, Handler handler) {
        return new Route(HandlerType.GET, path, summary, List.of(), List.of(), answer, null, handler);
    }

    public static Route post(String path, String summary, List<Parameter> body, Class<?> answer, Handler handler) {
        return new Route(HandlerType.POST, path, summary, List.of(), body, answer, null, handler);
    }
}
