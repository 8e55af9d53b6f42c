package io.imaas.cli.doctor;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain questions to servers. */
final class Web {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;

    Web() {
        this.client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                // A token is for the server that was named, and for nobody it leads to.
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Asks without changing anything.
     *
     * @param authorization scheme of the header, such as {@code Bearer}; ignored when there is no token
     * @param token null for none
     * @throws FailureException EXTERNAL when there is no answer at all
     */
    HttpResponse<String> get(URI uri, String authorization, Secret token) {
        if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("https?")) {
            throw FailureException.input(
                    "'" + uri + "' is not an address", "", "write the whole URL, such as https://repo.example.org/");
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(TIMEOUT).GET();
        if (token != null) {
            request.header("Authorization", authorization + " " + token.reveal());
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw FailureException.external(
                    "no answer: " + Reason.of(e),
                    uri.toString(),
                    Reason.isUntrusted(e) ? Reason.TRUST : "check the address, the network and the proxy",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted", uri.toString(), "run it again", e);
        }
    }
}
