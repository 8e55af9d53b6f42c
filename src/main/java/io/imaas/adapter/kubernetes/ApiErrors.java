package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import java.time.Duration;

/** The API server's answers as failures (kubernetes.io, "API conventions", HTTP status codes). */
final class ApiErrors {
    private static final int NO_ANSWER = 0;

    private ApiErrors() {}

    /**
     * @param what the object that it is about
     * @param server the API server's address
     */
    static FailureException failure(KubernetesClientException e, String what, String server) {
        return new FailureException(
                switch (Math.max(NO_ANSWER, e.getCode())) {
                    case 400, 422 ->
                        new Failure(
                                FailureKind.INPUT,
                                "the cluster refuses " + what + ": " + words(e),
                                server,
                                "mend the values");
                    case 401 ->
                        new Failure(
                                FailureKind.POLICY,
                                "the cluster does not know our token",
                                server,
                                "renew the credentials in the kubeconfig");
                    case 403 ->
                        new Failure(
                                FailureKind.POLICY,
                                "the cluster does not let us: " + words(e),
                                server,
                                "give our service account the right, or raise the quota");
                    case 404 ->
                        new Failure(
                                FailureKind.FAILED,
                                "the cluster lacks what " + what + " needs: " + words(e),
                                server,
                                "bootstrap the tenant first; for kinds of others, install their definitions");
                    case 409 ->
                        new Failure(
                                FailureKind.CONFLICT,
                                "somebody else changed " + what + ": " + words(e),
                                server,
                                "let one of the two go: remove the field there, or leave it out here");
                    case NO_ANSWER ->
                        unknownKind(e)
                                ? new Failure(
                                        FailureKind.FAILED,
                                        "the cluster does not know the kind of " + what,
                                        server,
                                        "install its custom resource definition")
                                : new Failure(
                                        FailureKind.EXTERNAL, "the cluster does not answer: " + words(e), server, "");
                    case 429 ->
                        new Failure(FailureKind.EXTERNAL, "the cluster asks us to wait", server, "", retryAfter(e));
                    default ->
                        new Failure(
                                e.getCode() >= 500 ? FailureKind.EXTERNAL : FailureKind.DEFECT,
                                "the cluster answered " + e.getCode() + " about " + what + ": " + words(e),
                                server,
                                "");
                },
                e);
    }

    /** fabric8's word for a kind that discovery does not find, which has no status code. */
    private static boolean unknownKind(KubernetesClientException e) {
        return String.valueOf(e.getMessage()).startsWith("Could not find the metadata");
    }

    private static String words(KubernetesClientException e) {
        Status status = e.getStatus();
        return status != null && status.getMessage() != null ? status.getMessage() : String.valueOf(e.getMessage());
    }

    private static Duration retryAfter(KubernetesClientException e) {
        Status status = e.getStatus();
        Integer seconds = status == null || status.getDetails() == null
                ? null
                : status.getDetails().getRetryAfterSeconds();
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}
