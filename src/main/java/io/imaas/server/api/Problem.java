package io.imaas.server.api;

import io.imaas.model.failure.FailureKind;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * What is wrong, as RFC 9457 has it.
 *
 * @param status of HTTP
 * @param detail what happened
 * @param where it happened; may be empty
 * @param fix what to do about it; may be empty
 * @param againAt when a closed gate's answer changes by itself; null when it does not
 * @param run what was not done; null when nothing was asked for
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String where,
        String fix,
        Instant againAt,
        Map<String, Object> run) {
    public Problem(int status, String detail, String where, String fix, Instant againAt, Map<String, Object> run) {
        this("about:blank", HttpStatus.forStatus(status).getMessage(), status, detail, where, fix, againAt, run);
    }

    public static int status(FailureKind kind) {
        return switch (kind) {
            case INPUT -> 400;
            case POLICY -> 403;
            case CONFLICT -> 409;
            case FAILED -> 422;
            case EXTERNAL -> 503;
            case DEFECT -> 500;
        };
    }

    /** The kind that a status stands for; of another status, whether it is the server's fault or the request's. */
    public static FailureKind kind(int status) {
        return Arrays.stream(FailureKind.values())
                .filter(kind -> status(kind) == status)
                .findFirst()
                .orElse(status >= 500 || status == 429 ? FailureKind.EXTERNAL : FailureKind.INPUT);
    }
}
