package io.imaas.server;

import io.javalin.http.Context;

/** Reads the parameters of a query. */
final class Query {
    private Query() {}

    /** A text that must be there. */
    static String required(Context ctx, String name) {
        String text = ctx.queryParam(name);
        if (text == null || text.isBlank()) {
            throw new HttpProblem(400, "'" + name + "' is missing", "add " + name + "=...");
        }
        return text;
    }

    /** A number from 0 on. What is more than {@code most} counts as {@code most}. */
    static long number(Context ctx, String name, long otherwise, long most) {
        String text = ctx.queryParam(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new HttpProblem(400, "'" + name + "' is no number: " + text, "write " + name + "=" + otherwise);
        }
        return Math.min(Long.parseLong(text), most);
    }
}
