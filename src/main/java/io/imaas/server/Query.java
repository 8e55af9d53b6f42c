package io.imaas.server;

import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.api.Route;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;

/** Reads the parameters of a query. */
final class Query {
    private Query() {}

    /** What was given in a request's path or query, by its name; null where it was not. */
    static UnaryOperator<String> of(Context ctx) {
        return name -> ctx.pathParamMap().getOrDefault(name, ctx.queryParam(name));
    }

    /** A text that must be there. */
    static String required(UnaryOperator<String> given, String name) {
        String text = given.apply(name);
        if (text == null || text.isBlank()) {
            throw new HttpProblem(400, "'" + name + "' is missing", "add " + name + "=...");
        }
        return text;
    }

    /** A moment in ISO 8601. */
    static Instant time(UnaryOperator<String> given, String name, Instant otherwise) {
        String text = given.apply(name);
        try {
            if (text == null || text.matches(Route.TIME)) {
                return text == null ? otherwise : Instant.parse(text);
            }
        } catch (DateTimeParseException e) {
            // Such as the 30th of February: said below.
        }
        throw new HttpProblem(400, "'" + name + "' is not a time: " + text, "write " + name + "=2026-10-01T00:00:00Z");
    }

    /** A number from 0 on. What is more than {@code most} counts as {@code most}. */
    static long number(UnaryOperator<String> given, String name, long otherwise, long most) {
        String text = given.apply(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new HttpProblem(400, "'" + name + "' is not a number: " + text, "write " + name + "=" + otherwise);
        }
        return Math.min(Long.parseLong(text), most);
    }
}
