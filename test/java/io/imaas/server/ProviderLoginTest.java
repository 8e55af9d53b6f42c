package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.imaas.adapter.oidc.OidcProvider;
import io.imaas.adapter.oidc.OidcSettings;
import io.imaas.app.access.Accounts;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestIssuer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logins at an identity provider: who gets in, as what, and which lies do not help. */
class ProviderLoginTest {
    /** SHA-256 of {@code a}. */
    private static final Accounts ROBOT = Accounts.read(
            "tokens: [{name: robot, tenants: ['*'],"
                    + " sha256: ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb}]",
            "tokens.yaml");

    @TempDir
    Path folder;

    private TestIssuer issuer;
    private TwoTenants served;

    @BeforeEach
    void start() {
        issuer = new TestIssuer();
        served = serve(issuer.address(), "preferred_username", null);
    }

    private TwoTenants serve(String address, String name, URI url) {
        OidcSettings settings = new OidcSettings(
                address, TestIssuer.CLIENT, Optional.of(new Secret(TestIssuer.SECRET)), name, "groups");
        return new TwoTenants(
                folder,
                url,
                () -> Optional.of(ROBOT),
                Optional.of(new OidcProvider(settings, new ManualClock("2026-11-20T10:00:00Z"))));
    }

    @AfterEach
    void stop() {
        served.close();
        issuer.close();
    }

    /** As a browser keeps them: the last word about a name counts. */
    private static String cookies(HttpResponse<?> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";")[0])
                .filter(cookie -> !cookie.endsWith("="))
                .collect(Collectors.joining("; "));
    }

    private HttpResponse<String> get(String path, String cookie) {
        HttpRequest.Builder request = served.to(path).header("Accept", "text/html");
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return served.send(request);
    }

    /** All the way there and back. */
    private HttpResponse<String> login() {
        HttpResponse<String> begun = get("/login/provider?next=%2Finbox", "");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(302);
        HttpResponse<String> there = served.send(HttpRequest.newBuilder(TestIssuer.location(begun)));
        URI back = TestIssuer.location(there);
        return get(back.getRawPath() + "?" + back.getRawQuery(), cookies(begun));
    }

    private String session(String name, String... groups) {
        issuer.person(name, List.of(groups));
        HttpResponse<String> inside = login();
        assertThat(inside.statusCode()).as(inside.body()).isEqualTo(302);
        assertThat(inside.headers().firstValue("Location")).hasValue("/inbox");
        return cookies(inside);
    }

    @Test
    void whoLogsInIsWhatTheirGroupsSayAndSeesNoOtherTenant() {
        assertThat(get("/login?next=%2Finbox", "").body()).contains("Log in at 127.0.0.1", "type=\"password\"");
        String ann = session("ann", "acme:orders-leads");
        assertThat(get("/", ann).body()).contains("@ann", "orders").doesNotContain("billing");
        String bob = session("bob", "/acme/billing-approvers", "nothing");
        assertThat(get("/", bob).body()).contains("@bob", "billing").doesNotContain("orders");
        assertThat(get("/tenants/orders", bob).statusCode()).isEqualTo(404);
        assertThat(get("/", session("carl")).body()).contains("@carl").doesNotContain("orders", "billing");
    }

    @Test
    void rolesOfThePlatformsFileCountFromTheMomentTheyAreWritten() {
        String ann = session("ann", "b1946ac9");
        assertThat(get("/", ann).body()).doesNotContain("orders");
        served.access("access: {auditors: ['@acme/audit'], groups: [{name: b1946ac9, teams: ['@acme/audit']}]}\n");
        assertThat(get("/", ann).body()).contains("orders", "billing");
        served.access("access: {auditors: ['@acme/audit'], groups: []}\n");
        assertThat(get("/", ann).body()).doesNotContain("orders", "billing");
    }

    @Test
    void anybodyMayLookButOnlyTheRightRoleMayChange() {
        served.access("access: {auditors: ['@ann'], releaseManagers: ['@rita'], admins: ['@root']}\n");
        String body = "{\"services\":\"orders-api\",\"from\":\"dev\",\"to\":\"prod\"}";
        assertThat(ask(session("ann"), "promotions", body)).contains("@ann may not promote");
        assertThat(ask(session("bob", "acme/orders-approvers"), "promotions", body))
                .contains("@bob may not promote");
        String approval = "{\"to\":\"prod\",\"as\":\"@acme/orders-approvers\"}";
        assertThat(ask(session("rita"), "approvals", approval)).contains("@rita may not approve");
        // These may: what stops them is that this server reaches no Git server.
        for (String may : List.of(session("rita"), session("root"), session("olga", "acme:orders-leads"))) {
            assertThat(ask(may, "promotions", body)).contains("\"status\" : 503", "the Git server is down");
        }
    }

    private String ask(String cookie, String what, String body) {
        return served.send(served.to("/api/v1/tenants/orders/" + what)
                        .header("Cookie", cookie)
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "k")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .body();
    }

    static Stream<Function<TestIssuer, UnaryOperator<JWTClaimsSet.Builder>>> lies() {
        Date past = Date.from(Instant.now().minus(Duration.ofHours(1)));
        return Stream.of(
                issuer -> told -> told.claim("nonce", "another"),
                issuer -> told -> told.claim("nonce", null),
                issuer -> told -> told.audience("another-client"),
                issuer -> told -> told.audience(List.of("imaas", "another")).claim("azp", "another"),
                issuer -> told -> told.issuer(issuer.address() + "/"),
                issuer -> told -> told.issuer("https://evil.example"),
                issuer -> told -> told.expirationTime(past),
                issuer -> told -> told.expirationTime(null),
                issuer -> told -> told.issueTime(Date.from(Instant.now().plus(Duration.ofHours(1)))),
                issuer -> told -> told.notBeforeTime(Date.from(Instant.now().plus(Duration.ofHours(1)))),
                issuer -> told -> told.subject(null),
                issuer -> told -> told.claim("preferred_username", null),
                issuer -> told -> told.claim("preferred_username", "acme/orders-leads"),
                issuer -> told -> told.claim("preferred_username", "\u0430nn"),
                issuer -> told -> told.claim("preferred_username", "@acme/orders-leads"),
                issuer -> told -> told.claim("groups", java.util.Collections.nCopies(2_000, "g")));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aTokenThatIsNotForThisAttemptLetsNobodyIn(Function<TestIssuer, UnaryOperator<JWTClaimsSet.Builder>> lie) {
        issuer.telling(lie.apply(issuer));
        refused(login());
    }

    static Stream<Function<TestIssuer, Function<JWTClaimsSet, String>>> forgeries() {
        return Stream.of(
                issuer -> told -> new PlainJWT(told).serialize(),
                // The public key's own text as a shared secret: what a verifier that trusts 'alg' would accept.
                issuer -> told -> hmac(told, publicText(issuer).getBytes(StandardCharsets.UTF_8)),
                issuer -> told -> hmac(told, (TestIssuer.SECRET + "-".repeat(16)).getBytes(StandardCharsets.UTF_8)),
                issuer -> told -> TestIssuer.forged(told),
                issuer -> told -> {
                    String token = TestIssuer.forged(told);
                    return token.substring(0, token.lastIndexOf('.') + 1);
                },
                issuer -> told -> "not.a.token",
                issuer -> told -> "");
    }

    private static String publicText(TestIssuer issuer) {
        try {
            return java.util.Base64.getEncoder()
                    .encodeToString(issuer.publicKey().toRSAPublicKey().getEncoded());
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String hmac(JWTClaimsSet told, byte[] secret) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), told);
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aTokenThatTheProviderDidNotSignLetsNobodyIn(Function<TestIssuer, Function<JWTClaimsSet, String>> forgery) {
        issuer.signing(forgery.apply(issuer));
        refused(login());
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("<main").doesNotContain("\tat ");
        assertThat(cookies(answer)).isEmpty();
    }

    @Test
    void anAnswerCountsOnceAndInTheBrowserThatAskedAlone() {
        HttpResponse<String> begun = get("/login/provider", "");
        URI back = TestIssuer.location(served.send(HttpRequest.newBuilder(TestIssuer.location(begun))));
        String path = back.getRawPath() + "?" + back.getRawQuery();
        assertThat(get(path, "").statusCode()).isEqualTo(400);
        String another = cookies(get("/login/provider", ""));
        refused(get(path, another));
        refused(get(path + "x", cookies(begun)));
        refused(get(path.replace("iss=", "iss=http://evil.example&x="), cookies(begun)));
        refused(get("/login/callback?error=access_denied&state=" + state(path), cookies(begun)));
        refused(get("/login/callback", cookies(begun)));
        assertThat(get(path, cookies(begun)).statusCode()).isEqualTo(302);
        refused(get(path, cookies(begun)));
    }

    private static String state(String path) {
        return path.replaceFirst(".*state=([^&]*).*", "$1");
    }

    @Test
    void aProviderThatIsDownIsToldAndWhoIsLoggedInAndTokensGoOn() {
        String ann = session("ann", "acme:orders-leads");
        issuer.close();
        HttpResponse<String> answer = login(get("/login/provider", ""));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("the identity provider can&#39;t be reached now", "tokens keep working");
        assertThat(get("/", ann).body()).contains("@ann", "orders");
        assertThat(served.send(served.to("/").header("Authorization", "Bearer a"))
                        .statusCode())
                .isEqualTo(200);
    }

    /** Its description was read before it went down, so the way there is known and the way back is not. */
    private HttpResponse<String> login(HttpResponse<String> begun) {
        return begun.statusCode() == 302
                ? get(
                        "/login/callback?code=c&state="
                                + state(TestIssuer.location(begun).toString()),
                        cookies(begun))
                : begun;
    }

    @Test
    void aServerWhoseProviderWasNeverThereStartsAndSaysSo() {
        served.close();
        issuer.close();
        served = serve(issuer.address(), "preferred_username", null);
        HttpResponse<String> answer = get("/login/provider", "");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(served.sender.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void behindHttpsCookiesAreOfThisHostAlone() {
        served.close();
        served = serve(issuer.address(), "preferred_username", URI.create("https://imaas.example/"));
        HttpResponse<String> begun = get("/login/provider", "");
        assertThat(TestIssuer.location(begun).getQuery())
                .contains("redirect_uri=https://imaas.example/login/callback", "code_challenge_method=S256");
        assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-imaas-login=")
                .contains("Secure", "HttpOnly", "Path=/")
                .doesNotContain("Domain");
    }

    @Test
    void anAddressCountsOnlyWhenTheProviderHasVerifiedIt() {
        served.close();
        served = serve(issuer.address(), "email", null);
        issuer.telling(told -> told.claim("email", "ann@example.org"));
        refused(login());
        issuer.telling(told -> told.claim("email", "ann@example.org").claim("email_verified", true));
        assertThat(get("/", cookies(login())).body()).contains("@ann@example.org");
    }

    @Test
    void noProviderIsAskedWithoutTls() {
        for (String address :
                List.of("http://login.example", "login", "ftp://x/", "http://127.0.0.1.evil.example", "::")) {
            Assertions.assertThatThrownBy(() -> new OidcSettings(address, "c", Optional.empty(), "name", "groups"))
                    .as(address)
                    .isInstanceOf(FailureException.class);
        }
    }

    @Test
    void logoutNeedsTheFormOfThisSession() {
        String ann = session("ann", "acme:orders-leads");
        HttpRequest.Builder logout = served.to("/logout")
                .header("Cookie", ann)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded");
        assertThat(served.send(logout.copy().POST(HttpRequest.BodyPublishers.ofString("csrf=0")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/", ann).statusCode()).isEqualTo(200);
        String csrf = get("/", ann).body().replaceFirst("(?s).*name=\"csrf\" value=\"([0-9a-f]+)\".*", "$1");
        assertThat(served.send(logout.POST(HttpRequest.BodyPublishers.ofString("csrf=" + csrf)))
                        .statusCode())
                .isEqualTo(302);
        assertThat(get("/", ann).statusCode()).isEqualTo(302);
        served.clock.pause(Duration.ofHours(9));
        assertThat(get("/", session("ann")).statusCode()).isEqualTo(200);
    }
}
