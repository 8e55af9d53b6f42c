package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.RegistryLogins;
import io.imaas.port.RegistryLogins.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Challenge;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Answers a registry's {@code WWW-Authenticate}: basic, or a bearer token from the realm it names (distribution
 * specification, "Token Authentication").
 */
final class Authorizations {
    private final RegistryLogins credentials;
    private final RegistryHttp http;
    private final Map<String, Secret> granted = new ConcurrentHashMap<>();

    Authorizations(RegistryLogins credentials, RegistryHttp http) {
        this.credentials = credentials;
        this.http = http;
    }

    /** What worked before for calls of this kind. */
    Optional<String> known(RegistryHttp.Call call) {
        return Optional.ofNullable(granted.get(place(call))).map(Secret::reveal);
    }

    boolean hasLogin(ImageRepository repository) {
        return credentials.find(repository.registry()).isPresent();
    }

    /** The header's value for the first challenge; empty when we have nothing to answer it with. */
    Optional<String> ask(RegistryHttp.Call call, List<Challenge> challenges) {
        Optional<Login> login = credentials.find(call.repository().registry());
        String scheme = challenges.isEmpty() ? "" : challenges.get(0).scheme().toLowerCase(Locale.ROOT);
        Optional<Secret> answer =
                switch (scheme) {
                    case "basic" -> login.map(Authorizations::basic);
                    case "bearer" -> Optional.of(bearer(call, challenges.get(0).authParams(), login));
                    default -> Optional.empty();
                };
        answer.ifPresent(secret -> granted.put(place(call), secret));
        return answer.map(Secret::reveal);
    }

    private Secret bearer(RegistryHttp.Call call, Map<String, String> parameters, Optional<Login> login) {
        String named = parameters.getOrDefault("realm", "");
        HttpUrl realm = HttpUrl.parse(named);
        if (realm == null || !RegistryAddress.isConfidential(realm.uri())) {
            throw FailureException.input(
                    "the registry sends us to '" + named + "' for a token, which is not an https address",
                    call.repository().toString(),
                    "have the registry's token realm served over HTTPS");
        }
        String service = parameters.getOrDefault("service", call.repository().registry());
        String scope = scope(call);
        Request request = login.filter(Login::isRefreshToken)
                .map(l -> refresh(realm, service, scope, l))
                .orElseGet(() -> token(realm, service, scope, login));
        RegistryHttp.Answer answer = http.exchange(request, call.repository().toString());
        if (answer.status() != 200) {
            throw http.refusal(call, answer);
        }
        return new Secret("Bearer " + tokenIn(answer.body(), realm));
    }

    private static Request token(HttpUrl realm, String service, String scope, Optional<Login> login) {
        Request.Builder request = new Request.Builder()
                .url(realm.newBuilder()
                        .addQueryParameter("service", service)
                        .addQueryParameter("scope", scope)
                        .build());
        login.ifPresent(l -> request.header("Authorization", basic(l).reveal()));
        return request.build();
    }

    private static Request refresh(HttpUrl realm, String service, String scope, Login login) {
        return new Request.Builder()
                .url(realm)
                .post(new FormBody.Builder()
                        .add("service", service)
                        .add("scope", scope)
                        .add("client_id", "imaas")
                        .add("grant_type", "refresh_token")
                        .add("refresh_token", login.password().reveal())
                        .build())
                .build();
    }

    private static String tokenIn(byte[] body, HttpUrl realm) {
        try {
            JsonNode json = BoundedJson.mapper().readTree(body);
            String token = json.path("token").asText(json.path("access_token").asText());
            if (!token.isEmpty()) {
                return token;
            }
        } catch (IOException e) {
            // falls through: what came is not a token, and its words may hold one, so they are not repeated
        }
        throw FailureException.external("no token came back", realm.toString(), "try again", (Throwable) null);
    }

    private static Secret basic(Login login) {
        return new Secret(Credentials.basic(login.user(), login.password().reveal(), StandardCharsets.UTF_8));
    }

    /** What a grant is good for: a registry, and a scope there. */
    private static String place(RegistryHttp.Call call) {
        return call.repository().registry() + " " + scope(call);
    }

    /** {@code repository:path:actions}. */
    private static String scope(RegistryHttp.Call call) {
        return "repository:" + RegistryAddress.path(call.repository()) + ":" + (call.writes() ? "pull,push" : "pull");
    }
}
