package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.RegistryLogins;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers a registry's {@code WWW-Authenticate}: basic, or a bearer token from the realm it names (distribution
 * specification, "Token Authentication").
 */
final class Authorizations {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final RegistryLogins credentials;
    private final HttpClient client;
    private final Map<String, Secret> granted = new ConcurrentHashMap<>();

    Authorizations(RegistryLogins credentials, HttpClient client) {
        this.credentials = credentials;
        this.client = client;
    }

    /** What worked before for calls of this kind. */
    Optional<String> known(RegistryHttp.Call call) {
        return Optional.ofNullable(granted.get(scope(call))).map(Secret::reveal);
    }

    boolean hasLogin(ImageRepository repository) {
        return credentials.find(repository.registry()).isPresent();
    }

    /** The header's value for a challenge; empty when we have nothing to answer it with. */
    Optional<String> ask(RegistryHttp.Call call, String challenge) {
        Optional<RegistryLogins.Login> login =
                credentials.find(call.repository().registry());
        String scheme = challenge.split(" ", 2)[0];
        Optional<Secret> answer =
                switch (scheme.toLowerCase(java.util.Locale.ROOT)) {
                    case "basic" -> login.map(Authorizations::basic);
                    case "bearer" -> Optional.of(bearer(call, challenge, login));
                    default -> Optional.empty();
                };
        answer.ifPresent(secret -> granted.put(scope(call), secret));
        return answer.map(Secret::reveal);
    }

    private Secret bearer(RegistryHttp.Call call, String challenge, Optional<RegistryLogins.Login> login) {
        Map<String, String> parameters = parameters(challenge);
        URI realm = URI.create(parameters.getOrDefault("realm", ""));
        if (realm.getRawAuthority() == null || !RegistryAddress.isConfidential(realm)) {
            throw FailureException.input(
                    "the registry sends us to '" + realm + "' for a token, which is no https address",
                    call.repository().toString(),
                    "have the registry's token realm served over HTTPS");
        }
        String query = "service="
                + encode(parameters.getOrDefault("service", call.repository().registry()))
                + "&scope="
                + encode(scope(call).substring(scope(call).indexOf(' ') + 1));
        HttpRequest request = login.filter(RegistryLogins.Login::isRefreshToken)
                .map(l -> refresh(realm, query, l))
                .orElseGet(() -> token(realm, query, login));
        HttpResponse<byte[]> answer =
                RegistryHttp.exchange(client, request, call.repository().toString());
        if (answer.statusCode() != 200) {
            throw RegistryRefusals.of(
                    answer.statusCode(),
                    call.repository().toString(),
                    login.isPresent(),
                    answer.headers().firstValue("Retry-After").orElse(null),
                    new String(answer.body(), StandardCharsets.UTF_8));
        }
        return new Secret("Bearer " + tokenIn(answer.body(), realm));
    }

    private static HttpRequest token(URI realm, String query, Optional<RegistryLogins.Login> login) {
        String joint = realm.getRawQuery() == null ? "?" : "&";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(realm + joint + query)).timeout(ANSWER);
        login.ifPresent(l -> request.header("Authorization", basic(l).reveal()));
        return request.build();
    }

    private static HttpRequest refresh(URI realm, String query, RegistryLogins.Login login) {
        String form = query + "&client_id=imaas&grant_type=refresh_token&refresh_token="
                + encode(login.password().reveal());
        return HttpRequest.newBuilder(realm)
                .timeout(ANSWER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
    }

    private static String tokenIn(byte[] body, URI realm) {
        try {
            JsonNode json = new ObjectMapper().readTree(body);
            String token = json.path("token").asText(json.path("access_token").asText());
            if (!token.isEmpty()) {
                return token;
            }
        } catch (IOException e) {
            // falls through: what came is no token, and its words may hold one, so they are not repeated
        }
        throw FailureException.external("no token came back", realm.toString(), "try again", (Throwable) null);
    }

    private static Secret basic(RegistryLogins.Login login) {
        String pair = login.user() + ":" + login.password().reveal();
        return new Secret("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> parameters(String challenge) {
        Map<String, String> found = new ConcurrentHashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return found;
    }

    /** {@code registry repository:path:actions}. */
    private static String scope(RegistryHttp.Call call) {
        return call.repository().registry() + " repository:" + RegistryAddress.path(call.repository()) + ":"
                + (call.writes() ? "pull,push" : "pull");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
