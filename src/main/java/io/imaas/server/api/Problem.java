package io.imaas.server.api;

import io.javalin.http.HttpStatus;
import java.time.Instant;
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
}
