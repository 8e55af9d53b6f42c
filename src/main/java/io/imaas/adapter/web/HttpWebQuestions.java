package io.imaas.adapter.web;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.RetryAfter;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.port.Secrets;
import io.imaas.port.WebQuestions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** {@link WebQuestions} with one deadline for the whole exchange, at most {@value #LONGEST} bytes, and no redirects. */
public final class HttpWebQuestions implements WebQuestions {
    private static final int LONGEST = 1 << 20;
    private static final Duration CALL = Duration.ofSeconds(15);
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final Secrets secrets;
    private final OkHttpClient client;

    public HttpWebQuestions(Secrets secrets) {
        this(secrets, CALL);
    }

    HttpWebQuestions(Secrets secrets, Duration call) {
        this.secrets = secrets;
        this.client = BoundedHttp.client(call, LONGEST)
                .newBuilder()
                .dns(new HostNames())
                .build();
    }

    @Override
    public Answer ask(HttpGate.Call call) {
        HttpUrl url = HttpUrl.parse(call.url());
        if (url == null) {
            throw FailureException.input("the URL of this gate is none", "platform.yaml", "write https://host/path");
        }
        String where = url.host() + url.encodedPath();
        try (Response response = client.newCall(request(call, url)).execute()) {
            byte[] body = response.body().bytes();
            if (response.code() >= 500 || response.code() == 429) {
                throw FailureException.external(
                        "it answers with HTTP " + response.code(),
                        where,
                        "",
                        RetryAfter.of(response.header("Retry-After"), Instant.now()));
            }
            if (response.isRedirect()) {
                HttpUrl to = url.resolve(response.header("Location", ""));
                throw FailureException.policy(
                        "it answers with HTTP " + response.code() + " and leads to "
                                + (to == null ? "nowhere" : to.host() + to.encodedPath()),
                        where,
                        "name the address that answers itself in platform.yaml; if it leads to a login, check 'credential'");
            }
            return new Answer(
                    response.code(),
                    headers(response),
                    json(body),
                    Digest.of(body).value());
        } catch (BoundedHttp.TooLong e) {
            throw failed("its answer is longer than " + LONGEST + " bytes", where);
        } catch (InterruptedIOException e) {
            throw failed("it does not answer in time", where);
        } catch (IOException e) {
            throw Answers.unreachable(url, e);
        }
    }

    private Request request(HttpGate.Call call, HttpUrl url) {
        boolean sends = !call.method().equals("GET");
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("User-Agent", "imaas-orchestrator")
                .header("Accept", "application/json")
                .method(
                        call.method(),
                        sends ? RequestBody.create(call.body().getBytes(StandardCharsets.UTF_8), JSON) : null);
        call.headers().forEach(request::header);
        if (!call.credential().isEmpty()) {
            request.header("Authorization", login(call));
        }
        return request.build();
    }

    private String login(HttpGate.Call call) {
        String secret = secrets.find(call.credential())
                .map(Secret::reveal)
                .orElseThrow(
                        () -> FailureException.input(
                                "there is no secret '" + call.credential() + "' for this gate",
                                "platform.yaml",
                                "add it: an environment variable on the command line, a credential of system scope in Jenkins"));
        int colon = secret.indexOf(':');
        return call.login() == HttpGate.Login.BASIC && colon >= 0
                ? Credentials.basic(secret.substring(0, colon), secret.substring(colon + 1), StandardCharsets.UTF_8)
                : "Bearer " + secret;
    }

    private static Map<String, String> headers(Response response) {
        Map<String, String> headers = new TreeMap<>();
        response.headers()
                .forEach(header -> headers.putIfAbsent(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond()));
        return headers;
    }

    /** Null: it is not JSON, or not one that is believed: doubled keys say two things, and so does a second document. */
    private Object json(byte[] body) {
        try {
            return BoundedJson.strict().readValue(body, Object.class);
        } catch (IOException e) {
            return null;
        }
    }

    private static FailureException failed(String what, String where) {
        return FailureException.external(what, where, "", (Duration) null);
    }
}
