package io.imaas.cli.doctor;

import io.imaas.adapter.web.BoundedHttp;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Plain questions to servers. */
final class Web {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Bytes. Nothing that is asked for is nearly as long. */
    private static final long LONGEST = 1L << 20;

    private final OkHttpClient client = BoundedHttp.client(TIMEOUT, LONGEST);

    /** @param date of the server's clock, as its header tells it; empty when it tells none */
    record Answer(int statusCode, String body, String date) {}

    /**
     * Asks without changing anything.
     *
     * @param authorization scheme of the header, such as {@code Bearer}; ignored when there is no token
     * @param token null for none
     * @throws FailureException EXTERNAL when there is no answer at all, or one without an end
     */
    Answer get(URI uri, String authorization, Secret token) {
        if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("https?")) {
            throw FailureException.input(
                    "'" + uri + "' is not an address", "write the whole URL, such as https://repo.example.org/");
        }
        Request.Builder request = new Request.Builder().url(uri.toString());
        if (token != null) {
            request.header("Authorization", authorization + " " + token.reveal());
        }
        try (Response answer = client.newCall(request.build()).execute()) {
            return new Answer(answer.code(), answer.body().string(), answer.header("Date", ""));
        } catch (IOException e) {
            throw FailureException.external(
                    "no answer: " + Reason.of(e),
                    uri.toString(),
                    Reason.isUntrusted(e) ? Reason.TRUST : "check the address, the network and the proxy",
                    e);
        }
    }
}
