package io.imaas.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.imaas.adapter.oidc.OidcSettings;
import io.imaas.adapter.web.BoundedHttp;
import io.imaas.app.assembly.Logins;
import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Place;
import io.imaas.model.failure.Reason;
import io.imaas.model.failure.RetryAfter;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import io.imaas.report.Json;
import io.imaas.server.api.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A server's API, asked with the caller's own token. */
final class ServerApi {
    /** A request is answered when its plan ended in Git. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int LONGEST = 64 << 20;

    private final HttpUrl api;
    private final String address;
    private final Optional<Secret> token;
    private final Optional<TraceParent> trace;
    private final OkHttpClient client = BoundedHttp.client(PATIENCE, LONGEST);

    /**
     * @param server its address
     * @param token of whoever asks; empty: nobody
     * @throws FailureException INPUT when the address is not one that a token may be sent to
     */
    ServerApi(String server, Optional<Secret> token) {
        this(server, token, Optional.empty());
    }

    private ServerApi(String server, Optional<Secret> token, Optional<TraceParent> trace) {
        this.api = address(server).newBuilder().addPathSegments("api/v1").build();
        this.address = ServerLogin.addressOf(server);
        this.token = token;
        this.trace = trace;
    }

    /**
     * As whoever this environment says.
     *
     * @param environment holds the token, {@code IMAAS_TOKEN}, or leads to what the person keeps; and the trace that the
     *     request is part of
     */
    static ServerApi of(String server, Map<String, String> environment, Clock clock) {
        Optional<Secret> token = Optional.ofNullable(environment.get("IMAAS_TOKEN"))
                .map(Secret::new)
                .or(() -> Logins.stored(environment)
                        .flatMap(logins -> new ServerLogin(ServerLogin.addressOf(server), logins, clock).token()));
        return new ServerApi(server, token, TraceParent.find(environment.get("TRACEPARENT")));
    }

    static HttpUrl address(String server) {
        return HttpUrl.get(OidcSettings.requireSafe(server, "--server").toString());
    }

    /** @param path below {@code /api/v1/} */
    String get(List<String> path, Map<String, String> query) {
        HttpUrl.Builder url = to(path);
        query.forEach(url::addQueryParameter);
        return send(new Request.Builder().url(url.build()));
    }

    /** @param path below {@code /api/v1/} */
    String post(List<String> path, Map<String, String> body) {
        return send(new Request.Builder()
                .url(to(path).build())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post(RequestBody.create(Json.pretty(body).getBytes(StandardCharsets.UTF_8))));
    }

    private HttpUrl.Builder to(List<String> path) {
        HttpUrl.Builder url = api.newBuilder();
        path.forEach(url::addPathSegment);
        return url;
    }

    private String send(Request.Builder request) {
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
        trace.ifPresent(of -> request.header(TraceParent.NAME, of.value()));
        try (Response response = client.newCall(request.build()).execute()) {
            String body = response.body().string();
            if (response.code() == 200) {
                return body;
            }
            throw refused(response, body);
        } catch (IOException e) {
            throw FailureException.external(
                    "the server can't be reached: " + Reason.of(e),
                    host(),
                    Reason.isUntrusted(e)
                            ? Reason.TRUST
                            : "check that it runs; a request that it already received is in its events",
                    e);
        }
    }

    private FailureException refused(Response response, String body) {
        int status = response.code();
        boolean explained = response.header("Content-Type", "").startsWith("application/problem+json");
        Problem problem = explained
                ? parsed(() -> Json.read(body, new TypeReference<Problem>() {}))
                : new Problem(
                        status,
                        "the server answers with HTTP " + status,
                        "",
                        "see whether this is its address",
                        null,
                        null);
        return new FailureException(new Failure(
                Problem.kind(status),
                problem.detail(),
                new Place.Named(problem.where().isEmpty() ? host() : problem.where()),
                status == 401 ? "imaas login " + address + ", or export IMAAS_TOKEN" : problem.fix(),
                RetryAfter.of(response.header("Retry-After"), Instant.now())));
    }

    private String host() {
        return api.port() == HttpUrl.defaultPort(api.scheme()) ? api.host() : api.host() + ":" + api.port();
    }

    /** Makes something of the text of an answer. */
    interface Reading<T> {
        T read() throws JsonProcessingException;
    }

    /** @throws FailureException EXTERNAL when the answer is not understood */
    <T> T parsed(Reading<T> reading) {
        try {
            return reading.read();
        } catch (JsonProcessingException e) {
            throw FailureException.external(
                    "the server's answer is not understood",
                    host(),
                    "see whether it has the same version as this command line",
                    e);
        }
    }
}
