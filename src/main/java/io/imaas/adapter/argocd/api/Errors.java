package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.argocd.machine.Observation.Why;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Place;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Argo CD's errors mean. Its body is {@code {"error","code","message"}}, the code is gRPC's. */
public final class Errors {
    private static final Pattern DENIED = Pattern.compile("permission denied: (\\S+), (\\S+), (\\S+), sub: ([^, ]+)");

    /** A project that was made just now; a path or a repository that does not exist stays what it is. */
    private static final Pattern UNKNOWN_PROJECT = Pattern.compile("project \\S+ which does not exist");

    /** How Kubernetes' client, which Argo CD's server uses, says which call failed. */
    private static final Pattern TO_KUBERNETES =
            Pattern.compile("(Get|Post|Put|Patch|Delete) \"https?://[^\"]+/apis?/[^\"]*\": ");

    /** What Argo CD's server reads of an application it keeps in Redis, where its controller puts it at each comparison. */
    private static final String CACHED = "error getting cached app";

    private Errors() {}

    /** The server's own words; a proxy in front of it may answer in HTML, of which the start must do. */
    public static String message(int http, String body, ObjectMapper mapper) {
        try {
            JsonNode json = mapper.readTree(body);
            JsonNode message = json == null ? null : json.get("message");
            JsonNode error = json == null ? null : json.get("error");
            if (message != null && message.isTextual()) {
                return silent(message.asText()) + message.asText();
            }
            if (error != null && error.isTextual()) {
                return error.asText();
            }
        } catch (JsonProcessingException notJson) {
            return "HTTP " + http + " " + body.strip().lines().findFirst().orElse("");
        }
        return "HTTP " + http;
    }

    private static String silent(String message) {
        if (TO_KUBERNETES.matcher(message).find()) {
            return "Argo CD gets no answer from the Kubernetes API server: ";
        }
        return message.contains(CACHED)
                ? message.endsWith("key is missing")
                        ? "Argo CD's Redis is empty until the application is compared again: "
                        : "Argo CD gets no answer from its Redis: "
                : "";
    }

    /** For a rollout. */
    public static Why why(int http, String message) {
        return switch (http) {
            case 401 -> Why.DENIED;
            case 403 -> message.contains("sync window") ? Why.WINDOW : Why.DENIED;
            case 404 -> Why.ABSENT;
            case 409 -> Why.BUSY;
            case 301, 302, 307, 308 -> Why.MISADDRESSED;
            case 400 ->
                message.contains("HTTP request to an HTTPS server")
                        ? Why.MISADDRESSED
                        : message.contains("another operation is already in progress") ? Why.BUSY : Why.REJECTED;
            default -> passing(http) ? Why.UNREACHABLE : Why.REJECTED;
        };
    }

    /** Whether the same call may be answered better a little later. */
    static boolean passing(int http) {
        return http == 429 || http == 408 || http >= 500;
    }

    /**
     * For everybody else.
     *
     * @param where the call, for people
     * @param retryAfter what the server asked for, or null
     */
    public static FailureException failure(int http, String message, String where, Duration retryAfter) {
        FailureKind kind =
                switch (http) {
                    case 401, 403 -> FailureKind.POLICY;
                    case 404, 400 ->
                        message.contains("another operation")
                                ? FailureKind.CONFLICT
                                : UNKNOWN_PROJECT.matcher(message).find() ? FailureKind.EXTERNAL : FailureKind.INPUT;
                    case 409, 412 -> FailureKind.CONFLICT;
                    case 415 -> FailureKind.DEFECT;
                    default -> http >= 300 && http < 400 ? FailureKind.INPUT : FailureKind.EXTERNAL;
                };
        return new FailureException(new Failure(
                kind,
                "Argo CD answered " + http + ": " + message,
                new Place.Named(where),
                suggestion(http, message),
                retryAfter));
    }

    /** Argo CD says which right it is: {@code permission denied: clusters, update, OBJECT, sub: NAME, …}. */
    private static String missingRight(String message) {
        Matcher denied = DENIED.matcher(message);
        return denied.find()
                ? "add to policy.csv in argocd-rbac-cm: p, " + denied.group(4) + ", " + denied.group(1) + ", "
                        + denied.group(2) + ", " + denied.group(3) + ", allow; docs/rights.md has all of them"
                : "give the token the rights of docs/rights.md";
    }

    private static String suggestion(int http, String message) {
        return switch (http) {
            case 301, 302, 307, 308 ->
                "give the URL that it redirects to, with its scheme: tokens are not sent onwards";
            case 401 -> "the token is wrong or has expired: make a new one for the project's role";
            case 403 -> missingRight(message);
            case 404 -> "check the project and the application's name";
            case 409, 412 -> "somebody changed the same object: run it again";
            case 429 -> "too many requests: wait";
            default -> http >= 500 ? "look at argocd-server's log; the same call may work a little later" : "";
        };
    }
}
