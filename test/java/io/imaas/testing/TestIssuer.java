package io.imaas.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An OpenID Connect provider on this machine, which is strict with its client and may be told to lie. */
public final class TestIssuer implements AutoCloseable {
    public static final String CLIENT = "imaas";
    public static final String SECRET = "the-secret-of-the-client";
    /** Command lines: they have no secret. */
    public static final String COMMAND_LINE = "imaas-cli";

    private static final RSAKey KEY = key(RsaKeys.ONE);

    private final HttpServer http;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    private Map<String, Object> person = Map.of("preferred_username", "ann");
    private UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;
    private Function<JWTClaimsSet, String> signing = told -> signed(told, KEY);

    private boolean revokes = true;

    private final Set<String> refreshes = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unconfirmed = new AtomicInteger();

    private record Asked(String client, String nonce, String challenge, String callback) {}

    public TestIssuer() {
        this(0);
    }

    /** @param port at which others know it; 0: any */
    public TestIssuer(int port) {
        try {
            http = Loopback.http(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(
                        exchange,
                        200,
                        ("{'issuer':'" + address() + "','authorization_endpoint':'" + address() + "/authorize',"
                                        + "'token_endpoint':'" + address() + "/token','device_authorization_endpoint':'"
                                        + address()
                                        + "/device'"
                                        + (revokes ? ",'revocation_endpoint':'" + address() + "/revoke'" : "")
                                        + ",'scopes_supported':['openid','offline_access'],'jwks_uri':'"
                                        + address()
                                        + "/keys','response_types_supported':['code'],"
                                        + "'subject_types_supported':['public'],"
                                        + "'id_token_signing_alg_values_supported':['RS256']}")
                                .replace('\'', '"')));
        http.createContext("/authorize", this::authorize);
        http.createContext("/token", this::token);
        http.createContext(
                "/device",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"device_code\":\"d\",\"user_code\":\"WDJB-MJHT\",\"verification_uri\":\"" + address()
                                + "/confirm\",\"expires_in\":60,\"interval\":5}"));
        http.createContext("/revoke", this::revoke);
        http.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(KEY.toPublicJWK()).toString()));
        http.start();
    }

    private static RSAKey key(KeyPair pair) {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID("one")
                .build();
    }

    /** By a key of somebody else that calls itself the issuer's. */
    public static String forged(JWTClaimsSet told) {
        return signed(told, key(RsaKeys.OTHER));
    }

    private static String signed(JWTClaimsSet told, RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), told);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By its own key. */
    public String signed(JWTClaimsSet told) {
        return signed(told, KEY);
    }

    public RSAKey publicKey() {
        return KEY.toPublicJWK();
    }

    public String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Who logs in from now on. */
    public TestIssuer person(String name, List<String> groups) {
        person = Map.of("preferred_username", name, "groups", groups);
        return this;
    }

    /** What it tells from now on that is not so, or other claims. */
    public TestIssuer telling(UnaryOperator<JWTClaimsSet.Builder> changed) {
        claims = changed;
        return this;
    }

    /** How it signs from now on. */
    public TestIssuer signing(Function<JWTClaimsSet, String> changed) {
        signing = changed;
        return this;
    }

    /** How often it answers that nobody confirmed a login by device yet. */
    public TestIssuer confirmedAfter(int questions) {
        unconfirmed.set(questions);
        return this;
    }

    /** From now on it says nothing of a way to revoke a login. */
    public TestIssuer withoutRevocation() {
        revokes = false;
        return this;
    }

    /** How many logins can be refreshed. */
    public int logins() {
        return refreshes.size();
    }

    /** RFC 7009: also what is not known is answered with 200. */
    private void revoke(HttpExchange exchange) throws IOException {
        Map<String, List<String>> form =
                URLUtils.parseParameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        boolean known = COMMAND_LINE.equals(one(form, "client_id"));
        if (known) {
            refreshes.remove(one(form, "token"));
        }
        answer(exchange, known ? 200 : 401, "{}");
    }

    /** Nobody is logged in any more. */
    public void forget() {
        refreshes.clear();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, List<String>> query =
                URLUtils.parseParameters(exchange.getRequestURI().getRawQuery());
        boolean sound = "S256".equals(one(query, "code_challenge_method"))
                && "code".equals(one(query, "response_type"))
                && List.of(CLIENT, COMMAND_LINE).contains(one(query, "client_id"))
                && one(query, "scope").contains("openid");
        if (!sound) {
            answer(exchange, 400, "{}");
            return;
        }
        String code = UUID.randomUUID().toString();
        String callback = one(query, "redirect_uri");
        codes.put(
                code, new Asked(one(query, "client_id"), one(query, "nonce"), one(query, "code_challenge"), callback));
        exchange.getResponseHeaders()
                .add("Location", callback + "?code=" + code + "&state=" + one(query, "state") + "&iss=" + address());
        answer(exchange, 302, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, List<String>> form =
                URLUtils.parseParameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String login =
                "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        String client = login.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                ? CLIENT
                : COMMAND_LINE.equals(one(form, "client_id")) ? COMMAND_LINE : "";
        Optional<String> nonce =
                switch (one(form, "grant_type")) {
                    case "authorization_code" -> nonce(form, client);
                    case "refresh_token" -> Optional.of("").filter(any -> refreshes.remove(one(form, "refresh_token")));
                    default -> Optional.of("").filter(any -> unconfirmed.getAndDecrement() <= 0);
                };
        if (nonce.isEmpty()) {
            boolean device = one(form, "grant_type").endsWith("device_code");
            answer(exchange, 400, "{\"error\":\"" + (device ? "authorization_pending" : "invalid_grant") + "\"}");
            return;
        }
        String refresh = UUID.randomUUID().toString();
        refreshes.add(refresh);
        Instant now = Instant.now();
        JWTClaimsSet.Builder told = new JWTClaimsSet.Builder()
                .issuer(address())
                .audience(client)
                .subject("1")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", nonce.get().isEmpty() ? null : nonce.get());
        person.forEach(told::claim);
        answer(
                exchange,
                200,
                "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"refresh_token\":\"" + refresh
                        + "\",\"id_token\":\""
                        + signing.apply(claims.apply(told).build()) + "\"}");
    }

    private Optional<String> nonce(Map<String, List<String>> form, String client) {
        return Optional.ofNullable(codes.remove(one(form, "code")))
                .filter(one -> one.client().equals(client))
                .filter(one -> one.callback().equals(one(form, "redirect_uri")))
                .filter(one -> CodeChallenge.compute(
                                CodeChallengeMethod.S256, new CodeVerifier(one(form, "code_verifier")))
                        .getValue()
                        .equals(one.challenge()))
                .map(Asked::nonce);
    }

    private static String one(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of("")).get(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** Where a browser goes next. */
    public static URI location(java.net.http.HttpResponse<?> answer) {
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
