package io.imaas.adapter.forge.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.imaas.adapter.web.Answers;
import io.imaas.adapter.web.BoundedHttp;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import io.imaas.port.Measures;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/**
 * The calls of one process to Git servers' APIs. All share one HTTP client and what is known of unchanged answers;
 * all with the same token share one budget.
 */
public final class ForgeHttp implements AutoCloseable {
    private static final int MOST_LOGINS = 200;
    /** Bytes of an answer; the largest that is asked for, 100 comments, is well below. */
    private static final long LARGEST_ANSWER = 16L << 20;

    private static final Map<Integer, String> FIXES = Map.of(
            401, "the token has ended or is wrong: give another one, then run it again",
            403, "check the token's permissions (docs/rights.md)",
            404, "check the repository's URL and the token's permissions",
            405, "look at the branch's protection rules and checks",
            409, "somebody changed it meanwhile: run it again");

    private static final ObjectMapper JSON = BoundedJson.mapper();

    private final Clock clock;
    private final Measures measures;
    private final OkHttpClient client;
    private final Etags etags = new Etags();
    private final Map<Account, Budget> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Account, Budget> eldest) {
            return size() > MOST_LOGINS;
        }
    };

    private record Account(String host, Secret token) {}

    public ForgeHttp(Clock clock, Measures measures) {
        this.clock = clock;
        this.measures = measures;
        this.client = BoundedHttp.client(Duration.ofMinutes(1), LARGEST_ANSWER);
    }

    /** @param server how people call it, such as {@code GitHub} */
    public static Answers answers(String server) {
        return new Answers(server, FIXES);
    }

    public Clock clock() {
        return clock;
    }

    /**
     * An API below an address.
     *
     * @param accept media type, where the server has more than one version of its answers
     * @param betweenWrites what the server wants to pass between two writes
     */
    public <T> T api(Class<T> type, HttpUrl base, ForgeLogin login, String accept, Duration betweenWrites) {
        OkHttpClient authorized = client.newBuilder()
                .addInterceptor(chain -> send(chain, login, accept, betweenWrites))
                .build();
        return new Retrofit.Builder()
                .baseUrl(base)
                .client(authorized)
                .addConverterFactory(JacksonConverterFactory.create(JSON))
                .build()
                .create(type);
    }

    private Response send(Interceptor.Chain chain, ForgeLogin login, String accept, Duration betweenWrites)
            throws IOException {
        String host = chain.request().url().host();
        Secret token = login.now(chain.request().url());
        Request request = once(chain.request())
                .newBuilder()
                .header("Accept", accept)
                .header("User-Agent", "imaas-orchestrator")
                .header("Authorization", "Bearer " + token.reveal())
                .build();
        Account account = new Account(host, token);
        Budget budget = budget(account, betweenWrites);
        return etags.ask(account, request, asked -> budget.spend(asked, chain::proceed));
    }

    /**
     * What makes something new is not sent again in silence when its answer is lost: the server would refuse it, as it is there
     * already, and nobody would know that it was ours.
     */
    private static Request once(Request request) {
        RequestBody body = request.body();
        return body == null || !request.method().equals("POST")
                ? request
                : request.newBuilder().post(new Once(body)).build();
    }

    private static final class Once extends RequestBody {
        private final RequestBody body;

        Once(RequestBody body) {
            this.body = body;
        }

        @Override
        public MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            body.writeTo(sink);
        }

        @Override
        public boolean isOneShot() {
            return true;
        }
    }

    private Budget budget(Account account, Duration betweenWrites) {
        synchronized (accounts) {
            return accounts.computeIfAbsent(account, fresh -> new Budget(clock, betweenWrites, measures));
        }
    }

    Site.Answer ask(HttpUrl url) {
        Request request = new Request.Builder().url(url).build();
        try (Response response = client.newCall(request).execute()) {
            return new Site.Answer(response.headers(), json(response));
        } catch (IOException problem) {
            throw Answers.unreachable(url, problem);
        }
    }

    private static JsonNode json(Response response) {
        try {
            JsonNode body = JSON.readTree(response.body().bytes());
            return body == null ? MissingNode.getInstance() : body;
        } catch (IOException noJson) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** Asks "has it changed?": an answer of no costs nothing of the rate limit. */
    private static final class Etags {
        /** Characters of all answers that are kept, whoever asked. */
        private static final long MOST = 16L << 20;

        private static final int NOT_MODIFIED = 304;

        /** Those that were not asked for longest are forgotten first. */
        private final Map<Asked, Known> known = new LinkedHashMap<>(16, 0.75f, true);

        private long kept;

        private record Asked(Account by, String url) {}

        private record Known(String etag, String body, MediaType type) {}

        Response ask(Account by, Request request, Budget.Sender sender) throws IOException {
            if (!request.method().equals("GET")) {
                return sender.send(request);
            }
            Asked url = new Asked(by, request.url().toString());
            Known before;
            synchronized (known) {
                before = known.get(url);
            }
            Response response = sender.send(
                    before == null
                            ? request
                            : request.newBuilder()
                                    .header("If-None-Match", before.etag())
                                    .build());
            if (before != null && response.code() == NOT_MODIFIED) {
                response.close();
                return response.newBuilder()
                        .code(200)
                        .body(ResponseBody.create(before.body(), before.type()))
                        .build();
            }
            String etag = response.header("ETag");
            return response.code() == 200 && etag != null ? remember(url, etag, response) : response;
        }

        private Response remember(Asked url, String etag, Response response) throws IOException {
            MediaType type = response.body().contentType();
            String body = response.body().string();
            synchronized (known) {
                Known before = known.put(url, new Known(etag, body, type));
                kept += body.length() - (before == null ? 0 : before.body().length());
                for (Iterator<Known> eldest = known.values().iterator(); kept > MOST; eldest.remove()) {
                    kept -= eldest.next().body().length();
                }
            }
            return response.newBuilder().body(ResponseBody.create(body, type)).build();
        }
    }
}
