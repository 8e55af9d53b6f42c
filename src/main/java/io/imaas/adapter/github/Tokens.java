package io.imaas.adapter.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The token to send now. An app's token is kept until shortly before it ends. */
final class Tokens {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final GitHubAccess access;
    private final HttpUrl base;
    private final OkHttpClient http;
    private final Clock clock;
    private Secret installationToken;
    private Instant goodUntil = Instant.MIN;

    Tokens(GitHubAccess access, HttpUrl base, OkHttpClient http, Clock clock) {
        this.access = access;
        this.base = base;
        this.http = http;
        this.clock = clock;
    }

    Secret now() throws IOException {
        if (access instanceof GitHubAccess.Token token) {
            return token.now();
        }
        return installation((GitHubAccess.App) access);
    }

    /** Forgets a token that GitHub refused. */
    synchronized void refused() {
        goodUntil = Instant.MIN;
    }

    private synchronized Secret installation(GitHubAccess.App app) throws IOException {
        if (!clock.now().isBefore(goodUntil)) {
            JsonNode answer = ask(app);
            installationToken = new Secret(answer.path("token").asText());
            goodUntil = Instant.parse(answer.path("expires_at").asText()).minus(MARGIN);
        }
        return installationToken;
    }

    private JsonNode ask(GitHubAccess.App app) throws IOException {
        HttpUrl url = base.newBuilder()
                .addPathSegments("app/installations/" + app.installation() + "/access_tokens")
                .build();
        Request request = new Request.Builder()
                .url(url)
                .header("Accept", "application/vnd.github+json")
                .header("Authorization", "Bearer " + assertion(app))
                .post(RequestBody.create(new byte[0]))
                .build();
        try (Response response = http.newCall(request).execute()) {
            if (response.code() >= 500) {
                throw new IOException("GitHub answers " + response.code() + " when asked for an installation token");
            }
            if (!response.isSuccessful()) {
                throw FailureException.policy(
                        "GitHub gives the app no installation token: HTTP " + response.code(),
                        url.toString(),
                        "check the app's id, its installation and its private key");
            }
            return new ObjectMapper().readTree(response.body().bytes());
        }
    }

    /** GitHub wants at most ten minutes, and allows for a clock that is a minute fast. */
    private String assertion(GitHubAccess.App app) {
        long now = clock.now().getEpochSecond();
        String claims = "{\"iat\":%d,\"exp\":%d,\"iss\":\"%s\"}".formatted(now - 60, now + 540, app.appId());
        String unsigned = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.getBytes(StandardCharsets.UTF_8));
        return unsigned + "." + encode(AppKey.parse(app.key()).sign(unsigned));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
