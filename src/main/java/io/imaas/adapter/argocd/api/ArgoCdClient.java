package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imaas.adapter.web.BoundedHttp;
import io.imaas.adapter.web.ProxyLogin;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.failure.RetryAfter;
import io.imaas.model.identity.PemCertificates;
import io.imaas.port.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import retrofit2.Call;
import retrofit2.Invocation;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;
import retrofit2.http.Streaming;

/** Calls to one Argo CD. */
public final class ArgoCdClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofSeconds(30);
    /** A whole answer, which may come slowly. */
    private static final Duration ANSWER = Duration.ofMinutes(2);
    /** Bytes of an answer that is held as a whole; pods write a part of them. */
    private static final long LONGEST = 16L << 20;
    /** Bytes of an answer that is read piece by piece: a list of ten thousand applications. */
    private static final long LONGEST_LIST = 512L << 20;

    private static final int TRIES = 4;

    /** Whoever asks for more gets no thread that waits: the step is tried again later. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final int ABSENT = 404;
    private static final int DENIED = 403;
    /** Argo CD sends a sign of life every 15 s: three are missing, the stream is dead. */
    private static final int STREAM_SILENCE_SECONDS = 45;

    private final ServerSettings settings;
    private final Clock clock;
    private final OkHttpClient http;
    private final ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(LONGEST_LIST)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final ArgoCdApi api;

    public ArgoCdClient(ServerSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(CONNECT)
                .readTimeout(CALL)
                .writeTimeout(CALL)
                // What is retried is decided by what the call means, not by the transport.
                .retryOnConnectionFailure(false)
                .proxyAuthenticator(new ProxyLogin())
                // A token is for this server only.
                .followRedirects(false)
                .addInterceptor(ArgoCdClient::bounded)
                // As many as threads call at a time: else each burst of rollouts opens and closes connections.
                .connectionPool(new ConnectionPool(32, 1, TimeUnit.MINUTES));
        if (!settings.certificates().isEmpty()) {
            PemCertificates trusted = PemCertificates.parse(settings.certificates(), "Argo CD");
            builder.sslSocketFactory(trusted.sockets(), trusted.trustManager());
        }
        this.http = builder.build();
        this.api = build();
    }

    public ServerSettings settings() {
        return settings;
    }

    public ObjectMapper mapper() {
        return mapper;
    }

    /** @throws FailureException INPUT when there is no token */
    public ArgoCdApi api() {
        if (settings.token() == null) {
            throw FailureException.input(
                    "there is no token for Argo CD",
                    settings.url().toString(),
                    "give one that may do what docs/rights.md lists");
        }
        return api;
    }

    private ArgoCdApi build() {
        OkHttpClient authorized = http.newBuilder()
                .addInterceptor(chain -> patient(chain)
                        .proceed(chain.request()
                                .newBuilder()
                                .header(
                                        "Authorization",
                                        "Bearer " + settings.token().reveal())
                                .build()))
                .build();
        String url = settings.url().toString();
        return new Retrofit.Builder()
                .client(authorized)
                .baseUrl(HttpUrl.get(url.endsWith("/") ? url : url + "/"))
                // Argo CD compares the whole header: with a charset in it every write is 415 (server,
                // enforceContentTypes).
                .addConverterFactory(JacksonConverterFactory.create(mapper, MediaType.get("application/json")))
                .build()
                .create(ArgoCdApi.class);
    }

    /** What is read piece by piece is bounded by whoever reads it, as long as it is what was asked for. */
    private static okhttp3.Response bounded(Interceptor.Chain chain) throws IOException {
        okhttp3.Response response = chain.proceed(chain.request());
        Invocation asked = chain.request().tag(Invocation.class);
        boolean piecewise = asked != null && asked.method().isAnnotationPresent(Streaming.class);
        return piecewise && response.isSuccessful() ? response : BoundedHttp.bounded(response, LONGEST);
    }

    /** A stream is silent between two signs of life. */
    private static Interceptor.Chain patient(Interceptor.Chain chain) {
        boolean stream = chain.request().url().encodedPath().contains("/api/v1/stream/");
        return stream ? chain.withReadTimeout(STREAM_SILENCE_SECONDS, TimeUnit.SECONDS) : chain;
    }

    /**
     * Calls what may be called twice, a read above all; tried again with growing pauses while the server is not well.
     *
     * @param where the call, for messages
     */
    public <T> T retry(String where, Supplier<Call<T>> call) {
        return checked(where, patiently(where, call));
    }

    /** Reads what may be absent. Only the server's own 404 says so; every other failure is one. */
    public <T> Optional<T> find(String where, Supplier<Call<T>> call) {
        Response<T> response = patiently(where, call);
        return response.code() == ABSENT ? Optional.empty() : Optional.of(checked(where, response));
    }

    /** One try, for what must not be done twice. */
    public <T> T once(String where, Call<T> call) {
        return checked(where, execute(where, call));
    }

    private <T> Response<T> patiently(String where, Supplier<Call<T>> call) {
        for (int attempt = 1; ; attempt++) {
            FailureException unwell;
            try {
                Response<T> response = execute(where, call.get());
                Optional<String> outage = outage(response);
                if (outage.isEmpty() && (attempt == TRIES || !Errors.passing(response.code()))) {
                    return response;
                }
                unwell = outage.isEmpty()
                        ? failure(where, response)
                        : FailureException.external(
                                outage.get(), where, "wait until it answers, and run it again", (Throwable) null);
                if (attempt == TRIES) {
                    throw unwell;
                }
            } catch (FailureException e) {
                if (attempt == TRIES) {
                    throw e;
                }
                unwell = e;
            }
            Duration wait = unwell.failure().askedToWait().orElse(Duration.ofMillis(250L << attempt));
            if (wait.compareTo(LONGEST_PAUSE) > 0) {
                throw unwell;
            }
            pause(wait);
        }
    }

    /**
     * Argo CD denies an application both when a right is missing and when the cluster, where its applications are, does not
     * answer it. So it is asked whether the right is there.
     *
     * @return the outage in words; empty when the response is something else
     */
    public Optional<String> outage(Response<?> response) {
        HttpUrl url = response.raw().request().url();
        List<String> path = url.pathSegments();
        int name = path.indexOf("applications") + 1;
        String project = url.queryParameter("project");
        if (response.code() != DENIED || project == null || name == 0 || name == path.size()) {
            return Optional.empty();
        }
        String namespace = url.queryParameter("appNamespace");
        String application = (namespace == null ? "" : namespace + "/") + path.get(name);
        try {
            JsonNode answer =
                    api().mayRead(project + "/" + application).execute().body();
            return answer != null && answer.path("value").asText().equals("yes")
                    ? Optional.of("Argo CD gets no answer from the Kubernetes API server: it denies application "
                            + application + ", which our token may read")
                    : Optional.empty();
        } catch (IOException unanswered) {
            return Optional.empty();
        }
    }

    private <T> Response<T> execute(String where, Call<T> call) {
        call.timeout().timeout(ANSWER.toSeconds(), TimeUnit.SECONDS);
        try {
            return call.execute();
        } catch (IOException e) {
            throw FailureException.external(
                    settings.url() + " can't be reached: " + Reason.of(e),
                    where,
                    Reason.isUntrusted(e)
                            ? "--argocd-ca FILE, with its certificate authority"
                            : "check the URL and the network",
                    e);
        }
    }

    private <T> T checked(String where, Response<T> response) {
        if (response.isSuccessful()) {
            return response.body();
        }
        throw failure(where, response);
    }

    private FailureException failure(String where, Response<?> response) {
        return Errors.failure(
                response.code(),
                message(response),
                where,
                RetryAfter.of(response.headers().get("Retry-After"), clock.now()));
    }

    /** The server's own words for a refusal; may be asked for once. */
    public String message(Response<?> response) {
        try (okhttp3.ResponseBody body = response.errorBody()) {
            return Errors.message(response.code(), body == null ? "" : body.string(), mapper);
        } catch (IOException e) {
            return "HTTP " + response.code();
        }
    }

    /** Lets time pass between two tries. */
    public void pause(Duration duration) {
        try {
            clock.pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted while waiting for Argo CD", "", "run it again", e);
        }
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }
}
