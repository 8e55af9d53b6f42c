package io.imaas.adapter.oci;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.RegistryLogins;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** What Jib throws, in our words. */
final class JibRefusals {
    private JibRefusals() {}

    static FailureException of(Exception thrown, ImageRepository target, RegistryLogins credentials) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailureException ours) {
                return ours;
            }
            if (cause instanceof ResponseException answer) {
                return RegistryRefusals.of(
                        answer.getStatusCode(),
                        target.toString(),
                        credentials.find(target.registry()).isPresent(),
                        answer.getHeaders().getRetryAfter(),
                        answer.getContent());
            }
            if (cause instanceof RegistryCredentialsNotSentException) {
                return FailureException.input(
                        "this registry on plain HTTP wants a login, and credentials are not sent without TLS",
                        target.toString(),
                        "serve the registry over HTTPS, or without logins on loopback");
            }
            if (cause instanceof InvalidImageReferenceException) {
                return FailureException.input(cause.getMessage(), target.toString(), "check the names and the tags");
            }
            if (cause instanceof FileSystemException disk) {
                return FailureException.external(
                        "the layer cache can't be written: " + disk.getMessage(),
                        String.valueOf(disk.getFile()),
                        "check the room on the disk and the folder's permissions",
                        disk);
            }
        }
        return RegistryRefusals.of(
                thrown instanceof IOException io ? io : new IOException(message(thrown), thrown), target.toString());
    }

    private static String message(Exception thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }
}
