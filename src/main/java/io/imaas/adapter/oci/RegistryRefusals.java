package io.imaas.adapter.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import javax.net.ssl.SSLException;

/** What a registry's refusal means: whose fault it is and what to try. One table for both of our ways to a registry. */
final class RegistryRefusals {
    private RegistryRefusals() {}

    /**
     * @param where the repository that was asked for
     * @param known whether we had a login for the registry
     * @param retryAfter the header's value, or null
     * @param body the registry's own words in the specification's JSON form, or anything
     */
    static FailureException of(int status, String where, boolean known, String retryAfter, String body) {
        String says = says(body);
        return switch (status) {
            case 401 ->
                failure(
                        FailureKind.INPUT,
                        known
                                ? "the registry does not accept our credentials" + says
                                : "the registry wants a login" + says,
                        where,
                        known
                                ? "check the user, the password or token and whether it expired, and the right to push there"
                                : "log in with docker login, or set IMAAS_REGISTRY_HOST, IMAAS_REGISTRY_USER and"
                                        + " IMAAS_REGISTRY_PASSWORD",
                        null);
            case 403 ->
                failure(
                        FailureKind.INPUT,
                        "the registry does not allow this" + says,
                        where,
                        "give the user the right to pull and push there",
                        null);
            case 404 ->
                failure(
                        FailureKind.INPUT,
                        "the registry has no such repository or image" + says,
                        where,
                        "check the name; some registries want a repository to be made first",
                        null);
            case 413 ->
                failure(
                        FailureKind.INPUT,
                        "the registry does not take blobs this large" + says,
                        where,
                        "raise the limit of the registry or of the proxy in front of it",
                        null);
            case 429 ->
                failure(
                        FailureKind.EXTERNAL,
                        "the registry is asked too often" + says,
                        where,
                        "try again later",
                        wait(retryAfter));
            case 507 ->
                failure(
                        FailureKind.EXTERNAL,
                        "the registry has no room left" + says,
                        where,
                        "free space on the registry's disk or raise the quota",
                        wait(retryAfter));
            default ->
                failure(
                        FailureKind.EXTERNAL,
                        "the registry answered " + status + says,
                        where,
                        status >= 500
                                ? "try again; look at the registry's log if it stays so"
                                : "look at the registry's log",
                        wait(retryAfter));
        };
    }

    /** Not even an answer. */
    static FailureException of(IOException e, String where) {
        if (isCausedBy(e, SSLException.class)) {
            return new FailureException(
                    new Failure(
                            FailureKind.INPUT,
                            "no trusted TLS connection to the registry: " + e.getMessage(),
                            where,
                            "add its certificate authority to the JVM's trust store (-Djavax.net.ssl.trustStore);"
                                    + " plain HTTP is for loopback registries only"),
                    e);
        }
        if (isCausedBy(e, BoundedBody.TooLong.class)) {
            return FailureException.input(
                    "the registry's answer is too much: " + e.getMessage(),
                    where,
                    "remove what was attached there that is that large");
        }
        if (isCausedBy(e, UnknownHostException.class) || isCausedBy(e, UnresolvedAddressException.class)) {
            return FailureException.external(
                    "the registry's name can't be resolved", where, "check the name and this machine's DNS", e);
        }
        if (isCausedBy(e, ConnectException.class)) {
            return FailureException.external(
                    "the registry can't be reached: connection refused or timed out",
                    where,
                    "check that it runs and that no firewall or proxy is in between",
                    e);
        }
        return FailureException.external(
                "the connection to the registry broke: " + e.getMessage(), where, "try again", e);
    }

    private static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> kind) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static FailureException failure(
            FailureKind kind, String what, String where, String suggestion, Duration retryAfter) {
        return new FailureException(new Failure(kind, what, where, suggestion, retryAfter));
    }

    /** {@code Retry-After}: seconds or a date (RFC 9110, 10.2.3). */
    static Duration wait(String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        String text = retryAfter.trim();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(Instant.now(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeParseException e) {
            return null; // a wish that can't be read is no wish
        }
    }

    private static String says(String body) {
        try {
            JsonNode error = new ObjectMapper()
                    .readTree(body == null ? "" : body)
                    .path("errors")
                    .path(0);
            String text =
                    (error.path("code").asText() + " " + error.path("message").asText()).trim();
            return text.isEmpty() ? "" : " (" + (text.length() > 300 ? text.substring(0, 300) + "…" : text) + ")";
        } catch (JsonProcessingException e) {
            return ""; // an HTML page of a proxy helps nobody
        }
    }
}
