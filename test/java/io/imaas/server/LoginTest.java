package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.app.access.Accounts;
import io.imaas.model.failure.FailureException;
import io.imaas.testing.ManualClock;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sees what: two tenants, their people, an administrator, and somebody from elsewhere. */
class LoginTest {
    private static final String ANN = "ann-has-this-token";
    private static final String BOB = "bob-has-this-token";
    private static final String ADMIN = "the-admin-has-this-token";
    private static final String OLD = "this-one-has-expired";

    @TempDir
    Path folder;

    private final AtomicReference<Accounts> accounts = new AtomicReference<>();
    private TwoTenants served;
    private ManualClock clock;
    private Sender sender;

    @BeforeEach
    void start() {
        accounts.set(Accounts.read(
                "tokens:\n" + token("@ann", ANN, "tenants: [orders], may: [promote]")
                        + token("@bob", BOB, "roles: ['@acme/billing-leads']")
                        + token("@root", ADMIN, "tenants: ['*']")
                        + token("@old", OLD, "tenants: ['*'], expires: 2026-11-20"),
                "tokens.yaml"));
        served = new TwoTenants(folder, null, () -> Optional.of(accounts.get()), Optional.empty());
        clock = served.clock;
        sender = served.sender;
    }

    private static String token(String name, String token, String more) {
        return "  - {name: '" + name + "', sha256: " + sha256(token) + ", " + more + "}\n";
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private HttpRequest.Builder to(String path) {
        return served.to(path);
    }

    private HttpResponse<String> as(String token, String path) {
        return sender.send(to(path).header("Authorization", "Bearer " + token).build());
    }

    private HttpResponse<String> login(String token, String... headers) {
        HttpRequest.Builder request = to("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + token + "&next=%2Finbox"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sender.send(request.build());
    }

    @Test
    void whoHasNoTokenSeesNothingEvenFromThisMachine() {
        for (String path : List.of("/", "/tenants/orders", "/events", "/api/v1/events", "/api/v1/news", "/health")) {
            HttpResponse<String> answer = sender.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("orders");
            assertThat(as("wrong", path).statusCode()).as(path).isEqualTo(401);
            assertThat(as(OLD, path).statusCode()).as(path).isEqualTo(401);
        }
        HttpResponse<String> write = sender.send(to("/api/v1/tenants/orders/promotions")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
        assertThat(write.statusCode()).as("a program that forgot its token").isEqualTo(401);
        assertThat(sender.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void aTenantsPeopleSeeTheirTenantAndNoTraceOfAnother() {
        for (String path : List.of("/", "/inbox", "/dora", "/events", "/health", "/api/v1/events")) {
            assertThat(as(ANN, path).body()).as(path).doesNotContain("billing", "nobody", "secret of the house");
            assertThat(as(BOB, path).body()).as(path).doesNotContain("orders", "nobody", "secret of the house");
            assertThat(as(ADMIN, path).statusCode()).isEqualTo(200);
        }
        assertThat(as(ANN, "/").body()).contains("orders");
        assertThat(as(BOB, "/api/v1/events").body()).contains("billing-gitops");
        assertThat(as(ADMIN, "/api/v1/events").body()).contains("orders", "billing", "nobody");
        assertThat(as(ADMIN, "/health").body()).contains("secret of the house");
    }

    /** How many events there are, and when, tells how busy others are. */
    @Test
    void whoSeesOneTenantLearnsNothingOfHowManyEventsOthersHave() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode all = json.readTree(as(ANN, "/api/v1/events").body());
        assertThat(all.path("events")).hasSize(1);
        assertThat(all.at("/events/0").has("position")).isFalse();
        assertThat(all.path("next").asText()).hasSize(48);
        String next = "/api/v1/events?after=" + all.path("next").asText();
        JsonNode none = json.readTree(as(ANN, next).body());
        assertThat(none.path("events")).isEmpty();
        assertThat(none.path("gap").asBoolean()).isFalse();
        assertThat(none.path("next")).as("the same position").isNotEqualTo(all.path("next"));
        served.sender.gitHub("more", Sender.push("https://git.example/billing-gitops.git", "dev"));
        served.sender.gitHub("own", Sender.push("https://git.example/orders-gitops.git", "prod"));
        assertThat(json.readTree(as(ANN, next + "&limit=1").body()).path("events"))
                .as("what is hidden takes no room on a page")
                .hasSize(1);
        assertThat(as(BOB, next).body()).as("somebody else's").contains("\"gap\" : true", "\"events\" : [ ]");
        assertThat(as(ANN, "/api/v1/events?after=2").body()).contains("\"gap\" : true", "\"events\" : [ ]");
        long last = served.log.last();
        assertThat(as(ADMIN, "/api/v1/events?after=" + (last - 3)).body())
                .contains("\"gap\" : false", "\"next\" : " + last);
        assertThat(as(ANN, "/events").body()).contains("orders-gitops").doesNotContain("before=");
    }

    @Test
    void whatIsMeasuredIsForWhoAsksDirectlyOrSeesAll() {
        assertThat(sender.get("/metrics").statusCode()).isEqualTo(200);
        for (String token : List.of(ANN, "wrong", ADMIN)) {
            HttpRequest.Builder request =
                    to("/metrics").header("X-Forwarded-For", "192.0.2.7").header("Authorization", "Bearer " + token);
            assertThat(served.send(request).statusCode())
                    .as(token)
                    .isEqualTo(token.equals(ADMIN) ? 200 : token.equals(ANN) ? 403 : 401);
        }
    }

    @Test
    void somebodyElsesTenantIsAsOneThatIsNotThere() {
        HttpResponse<String> others = as(ANN, "/tenants/billing");
        HttpResponse<String> none = as(ANN, "/tenants/phantom");
        assertThat(others.statusCode()).isEqualTo(404);
        assertThat(others.body().replace("billing", "X")).isEqualTo(none.body().replace("phantom", "X"));
        assertThat(as(ANN, "/tenants/billing/services/billing-api").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aBrowserLogsInAndOutAndATokenThatIsTakenBackEndsItsSessions() throws Exception {
        HttpResponse<String> page =
                sender.send(to("/inbox").header("Accept", "text/html").build());
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).hasValue("/login?next=%2Finbox");
        assertThat(sender.send(to("/login?next=%2Finbox")
                                .header("Accept", "text/html")
                                .build())
                        .body())
                .contains("type=\"password\"", "value=\"/inbox\"");

        HttpResponse<String> begun = login(ANN, "Sec-Fetch-Site", "same-origin");
        assertThat(begun.statusCode()).isEqualTo(302);
        assertThat(begun.headers().firstValue("Location")).hasValue("/inbox");
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain(ANN);
        String session = cookie.substring(0, cookie.indexOf(';'));
        HttpResponse<String> inside =
                sender.send(to("/").header("Cookie", session).build());
        assertThat(inside.body()).contains("@ann", "Log out", "orders").doesNotContain("billing");

        String planted = login(ANN, "Sec-Fetch-Site", "same-origin", "Cookie", session)
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";")[0];
        assertThat(planted).as("a session that somebody had before the login").isNotEqualTo(session);
        assertThat(sender.send(to("/").header("Cookie", session).build()).statusCode())
                .isEqualTo(401);
        clock.pause(Duration.ofHours(9));
        assertThat(sender.send(to("/").header("Cookie", planted).build()).statusCode())
                .isEqualTo(401);
        String again = login(BOB, "Sec-Fetch-Site", "same-origin")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";")[0];
        assertThat(sender.send(to("/").header("Cookie", again).build()).statusCode())
                .isEqualTo(200);
        HttpResponse<InputStream> news = HttpClient.newHttpClient()
                .send(
                        to("/api/v1/news")
                                .header("Cookie", again)
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        accounts.set(Accounts.read("tokens:\n" + token("@ann", ANN, "tenants: [orders]"), "tokens.yaml"));
        assertThat(sender.send(to("/").header("Cookie", again).build()).statusCode())
                .isEqualTo(401);
        assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> news.body().readAllBytes(), "what they heard ends with the session");
    }

    @Test
    void anotherSitesPageCanNotLogAnybodyInOrOut() {
        assertThat(login(ANN).statusCode()).isEqualTo(403);
        assertThat(login(ANN, "Origin", "https://evil.example").statusCode()).isEqualTo(403);
        assertThat(login(ANN, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        assertThat(login(ANN, "Authorization", "Basic eA==").statusCode()).isEqualTo(403);
        HttpResponse<String> wrong = login("wrong", "Sec-Fetch-Site", "same-origin");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void afterTheLoginNobodyIsSentToAnotherServer() {
        for (String next : List.of("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:x")) {
            HttpResponse<String> answer =
                    sender.send(to("/login?next=" + java.net.URLEncoder.encode(next, StandardCharsets.UTF_8))
                            .build());
            assertThat(answer.body()).as(next).contains("name=\"next\" value=\"/\"");
        }
    }

    @Test
    void aFileThatIsNoGoodIsToldWithItsPlace() {
        assertThatThrownBy(() -> Accounts.read("tokens: [{name: '@ann', sha256: secret}]", "tokens.yaml"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().sentence()).contains("tokens.yaml: @ann", "sha256sum"));
        assertThatThrownBy(() -> Accounts.read("tokens:\n" + token("@ann", ANN, "may: [everything]"), "tokens.yaml"))
                .hasMessageContaining("nobody may 'everything'");
        assertThatThrownBy(() -> Accounts.read("tokens:\n" + token("@ann", ANN, "admin: true"), "tokens.yaml"))
                .hasMessageContaining("the key 'admin' is unknown");
        assertThatThrownBy(() -> Accounts.read("tokens:\n" + token("@ann", ANN, "tenants: [null]"), "tokens.yaml"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().where().toString()).startsWith("tokens.yaml: tokens[0].tenants"));
        assertThatThrownBy(() -> Accounts.read("tokens: [", "tokens.yaml")).hasMessageContaining("not YAML");
        assertThatThrownBy(() -> Accounts.read("nothing", "tokens.yaml"))
                .hasMessageContaining("a map with the list 'tokens'");
    }
}
