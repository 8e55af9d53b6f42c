package io.imaas.adapter.webhook;

import io.imaas.adapter.web.HostNames;
import io.imaas.adapter.web.ProxyLogin;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.failure.RetryAfter;
import io.imaas.port.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** One POST of JSON. The URL is a secret: no failure names it, nor carries the library's words, which may. */
final class Posting {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(15);

    /** Error codes and Slack's answers are short; of the rest nobody reads more. */
    private static final long LONGEST = 16 << 10;

    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    /** A word such as {@code channel_not_found}: worth telling, and no place for anything secret. */
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_ -]{1,60}");

    private final Clock clock;
    private final OkHttpClient client;

    Posting(Clock clock) {
        this(clock, CONNECT, CALL);
    }

    Posting(Clock clock, Duration connect, Duration call) {
        this.clock = clock;
        this.client = new OkHttpClient.Builder()
                .dns(new HostNames())
                .connectTimeout(connect)
                .readTimeout(call)
                .callTimeout(call)
                // What is tried again is decided above; and a redirect would hand the message to somebody else.
                .retryOnConnectionFailure(false)
                .proxyAuthenticator(new ProxyLogin())
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
    }

    /**
     * @param token empty: the URL is all that is needed
     * @return what was answered
     */
    String post(HttpUrl url, String token, String body, String where) {
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("User-Agent", "imaas-orchestrator")
                .post(RequestBody.create(body.getBytes(StandardCharsets.UTF_8), JSON));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (Response response = client.newCall(request.build()).execute()) {
            String answer = response.peekBody(LONGEST).string();
            if (!response.isSuccessful()) {
                throw refused(response, answer, where);
            }
            return answer;
        } catch (SSLException e) {
            throw unreachable("no secure connection: " + Reason.of(e), where);
        } catch (InterruptedIOException e) {
            throw unreachable("it does not answer in time", where);
        } catch (IOException e) {
            throw unreachable("it can't be reached: " + Reason.of(e), where);
        }
    }

    private FailureException refused(Response response, String answer, String where) {
        int code = response.code();
        String word = WORD.matcher(answer.strip()).matches() ? " (" + answer.strip() + ")" : "";
        String what = "it answers with HTTP " + code + word;
        return code == 429 || code == 408 || code >= 500
                ? FailureException.external(what, where, "", RetryAfter.of(response.header("Retry-After"), clock.now()))
                : FailureException.input(
                        what, where, "check that the webhook still exists and the token is still valid");
    }

    private static FailureException unreachable(String what, String where) {
        return FailureException.external(what, where, "", (Duration) null);
    }
}
