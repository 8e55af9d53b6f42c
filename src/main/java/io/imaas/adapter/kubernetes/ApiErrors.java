package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Place;
import io.imaas.model.failure.Reason;
import io.imaas.model.failure.RetryAfter;
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
                                "correct the values");
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
                                forbidden(words(e)));
                    case 404 ->
                        new Failure(
                                FailureKind.FAILED,
                                "the cluster lacks what " + what + " needs: " + words(e),
                                server,
                                "imaas onboard; for another product's kind, install its custom resource definition");
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
                                        FailureKind.EXTERNAL,
                                        "the cluster does not answer: "
                                                + Reason.of(e.getCause() == null ? e : e.getCause()),
                                        server,
                                        "check the address, the network and the certificate authority");
                    case 429 ->
                        new Failure(
                                FailureKind.EXTERNAL,
                                "the cluster asks us to wait",
                                new Place.Named(server),
                                "",
                                retryAfter(e));
                    default ->
                        new Failure(
                                e.getCode() >= 500 ? FailureKind.EXTERNAL : FailureKind.DEFECT,
                                "the cluster answered " + e.getCode() + " about " + what + ": " + words(e),
                                server,
                                "");
                },
                e);
    }

    /** Whether what was asked may have been done all the same: there was no answer, or one of a server in trouble. */
    static boolean mayHaveBeenDone(KubernetesClientException e) {
        return (e.getCode() <= NO_ANSWER && !unknownKind(e)) || e.getCode() >= 500;
    }

    /** Kubernetes answers 403 for a missing right, for a full quota, and for a namespace that is being deleted. */
    private static String forbidden(String words) {
        if (words.contains("because it is being terminated")) {
            return "wait until the namespace is gone ('kubectl get namespace' shows it), and run it again";
        }
        return words.contains("exceeded quota")
                ? "raise the tenant's quota, or let something go"
                : "give our account the right: docs/rights.md has the cluster roles";
    }

    /** fabric8's word for a kind that discovery does not find, which has no status code. */
    private static boolean unknownKind(KubernetesClientException e) {
        return e.getCode() <= NO_ANSWER && String.valueOf(e.getMessage()).startsWith("Could not find the metadata");
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
        return seconds == null ? null : RetryAfter.bounded(Duration.ofSeconds(seconds));
    }
}
