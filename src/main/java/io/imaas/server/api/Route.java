package io.imaas.server.api;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/**
 * One address of the API: what it is for, what it takes, what it answers, and what does it.
 *
 * @param path with parameters in braces
 * @param summary one sentence
 * @param parameters of the query; those of the path are known from it
 * @param body the fields of a JSON object of texts; empty for a route that takes none
 * @param answer the record that it answers with
 */
public record Route(
        HandlerType method,
        String path,
        String summary,
        List<Parameter> parameters,
        List<Parameter> body,
        Class<?> answer,
        Handler handler) {
    public Route {
        parameters = List.copyOf(parameters);
        body = List.copyOf(body);
    }

    /** @param type {@code string}, {@code integer} or {@code boolean} */
    public record Parameter(String name, String type, boolean required, String description) {}

    public static Route get(String path, String summary, List<Parameter> parameters, Class<?> answer, Handler handler) {
        return new Route(HandlerType.GET, path, summary, parameters, List.of(), answer, handler);
    }

    public static Route post(String path, String summary, List<Parameter> body, Class<?> answer, Handler handler) {
        return new Route(HandlerType.POST, path, summary, List.of(), body, answer, handler);
    }
}
