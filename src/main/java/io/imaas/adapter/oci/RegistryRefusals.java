package io.imaas.adapter.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Place;
import io.imaas.model.failure.Reason;
import io.imaas.model.failure.RetryAfter;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.RegistryLogins;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.time.Instant;
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
        String what =
                switch (status) {
                    case 401 -> known ? "the registry does not accept our credentials" : "the registry wants a login";
                    case 403 -> "the registry does not allow this";
                    case 404 -> "the registry has no such repository or image";
                    case 413 -> "the registry does not take blobs this large";
                    case 429 -> "the registry is asked too often";
                    case 507 -> "the registry has no room left";
                    default -> "the registry answered " + status;
                };
        String fix =
                switch (status) {
                    case 401 ->
                        known
                                ? "check the user, the password or token and whether it expired, and the right to push there"
                                : "log in with imaas login or docker login, or set IMAAS_REGISTRY_HOST, IMAAS_REGISTRY_USER and"
                                        + " IMAAS_REGISTRY_PASSWORD";
                    case 403 -> "give the user the right to pull and push there";
                    case 404 -> "check the name; some registries want a repository to be made first";
                    case 413 -> "raise the limit of the registry or of the proxy in front of it";
                    case 429 -> "try again later";
                    case 507 -> "free space on the registry's disk or raise the quota";
                    default ->
                        status >= 500
                                ? "try again; look at the registry's log if it stays so"
                                : "look at the registry's log";
                };
        return new FailureException(
                switch (status) {
                    case 401, 403, 404, 413 -> new Failure(FailureKind.INPUT, what + says(body), where, fix);
                    default ->
                        new Failure(
                                FailureKind.EXTERNAL,
                                what + says(body),
                                new Place.Named(where),
                                fix,
                                RetryAfter.of(retryAfter, Instant.now()));
                });
    }

    /** What Jib throws, in our words. */
    static FailureException of(Exception thrown, ImageRepository target, RegistryLogins credentials) {
        String where = target.toString();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailureException ours) {
                return ours;
            }
            if (cause instanceof ResponseException answer) {
                return of(
                        answer.getStatusCode(),
                        where,
                        credentials.find(target.registry()).isPresent(),
                        answer.getHeaders().getRetryAfter(),
                        answer.getContent());
            }
            if (cause instanceof RegistryCredentialsNotSentException) {
                return FailureException.input(
                        "this registry on plain HTTP wants a login, and credentials are not sent without TLS",
                        where,
                        "serve the registry over HTTPS, or without logins on loopback");
            }
            if (cause instanceof InvalidImageReferenceException) {
                return FailureException.input(cause.getMessage(), where, "check the names and the tags");
            }
            if (cause instanceof FileSystemException disk) {
                return FailureException.external(
                        "the layer cache can't be written: " + Reason.of(disk),
                        String.valueOf(disk.getFile()),
                        "check the room on the disk and the folder's permissions",
                        disk);
            }
        }
        return of(thrown instanceof IOException io ? io : new IOException(thrown.toString(), thrown), where);
    }

    /** Not even an answer. */
    static FailureException of(IOException e, String where) {
        if (isCausedBy(e, SSLException.class)) {
            return new FailureException(
                    new Failure(
                            FailureKind.INPUT,
                            "no secure connection to the registry: " + Reason.of(e),
                            where,
                            Reason.isUntrusted(e)
                                    ? Reason.TRUST
                                    : "check the port: plain HTTP is for registries on loopback only"),
                    e);
        }
        if (isCausedBy(e, UnknownHostException.class) || isCausedBy(e, UnresolvedAddressException.class)) {
            return FailureException.external(
                    "the registry's name can't be resolved", where, "check the name and this machine's DNS", e);
        }
        if (Reason.isProxyLogin(e)) {
            return FailureException.policy(Reason.of(e), where, Reason.PROXY);
        }
        if (isCausedBy(e, ConnectException.class)) {
            return FailureException.external(
                    "the registry can't be reached: connection refused or timed out",
                    where,
                    "check that it runs and that no firewall or proxy is in between",
                    e);
        }
        return FailureException.external(
                isCausedBy(e, InterruptedIOException.class)
                        ? "the registry gave no whole answer in time"
                        : "the connection to the registry broke: " + Reason.of(e),
                where,
                "try again",
                e);
    }

    private static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> kind) {
        return thrown != null && (kind.isInstance(thrown) || isCausedBy(thrown.getCause(), kind));
    }

    private static String says(String body) {
        try {
            JsonNode error = BoundedJson.mapper()
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
