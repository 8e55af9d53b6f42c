package io.imaas.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceSettings.Channel;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.model.tenancy.ServiceSettings.When;
import io.imaas.testing.Loopback;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a local server that takes messages, and one that misbehaves. */
class WebhookNotifierTest {
    private static final ManualClock CLOCK = new ManualClock("2026-11-20T10:00:00Z");
    private static final String PATH = "/hooks/T0/s3cret-part";
    private static final Notification SLACK = new Notification(Channel.SLACK, "#orders", Set.of(When.FAILURE));
    private static final Notification HOOK = new Notification(Channel.WEBHOOK, "orders-hook", Set.of(When.FAILURE));

    private final List<HttpExchange> seen = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private HttpServer server;
    private int code = 200;
    private String answer = "ok";
    private String retryAfter = "";

    @BeforeEach
    void start() throws IOException {
        server = Loopback.http();
        server.createContext("/", this::take);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        seen.add(exchange);
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
        }
        if (code >= 300 && code < 400) {
            exchange.getResponseHeaders().add("Location", base() + "elsewhere");
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private Secret url() {
        return new Secret(base() + PATH.substring(1) + "\n");
    }

    private WebhookNotifier notifier() {
        return new WebhookNotifier(base(), new Posting(CLOCK, Duration.ofMillis(500), Duration.ofSeconds(1)), true);
    }

    /** Whoever may name a web hook in a tenant's folder must not reach what only this machine may ask. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "https://127.0.0.1:%d/",
                "http://localhost:%d/",
                "https://a.localhost:%d/",
                "https://[::1]:%d/",
                "https://[::ffff:127.0.0.1]:%d/",
                "https://2130706433:%d/",
                "https://0x7f.1:%d/",
                "https://169.254.169.254:%d/",
                "https://[fd00:ec2::254]:%d/"
            })
    void whereTenantsNameThemNoneLeadsToThisMachine(String url) {
        Secret secret = new Secret(url.formatted(server.getAddress().getPort()));
        FailureException refused = catchThrowableOfType(
                FailureException.class, () -> new WebhookNotifier(CLOCK, false).tell(HOOK, secret, notice("why")));

        assertThat(refused.failure().kind()).isIn(FailureKind.INPUT, FailureKind.EXTERNAL);
        assertThat(seen).isEmpty();
    }

    private static RunNotice notice(String reason) {
        return new RunNotice(
                "id-1",
                When.FAILURE,
                "Promote order-api to test",
                "failed",
                "orders",
                new EnvironmentName("test"),
                List.of(new RunNotice.Part("order-api", "1.4.0", "0123456789ab")),
                "@ann",
                reason,
                "https://jenkins.example/job/1/",
                Instant.parse("2026-11-20T10:00:00Z"));
    }

    private Failure refused(Notification recipient, Secret address) {
        FailureException refused =
                catchThrowableOfType(FailureException.class, () -> notifier().tell(recipient, address, notice("why")));
        assertThat(refused).isNotNull();
        StringWriter all = new StringWriter();
        refused.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain("s3cret", "127.0.0.1");
        return refused.failure();
    }

    private JsonNode body() throws IOException {
        return new ObjectMapper().readTree(bodies.get(bodies.size() - 1));
    }

    @Test
    void slackIsToldWhatRanWhereAndWhy() throws IOException {
        notifier().tell(SLACK, url(), notice("order-api is degraded"));
        assertThat(seen.get(0).getRequestMethod()).isEqualTo("POST");
        assertThat(seen.get(0).getRequestURI()).hasToString(PATH);
        assertThat(seen.get(0).getRequestHeaders().getFirst("Content-Type")).startsWith("application/json");
        assertThat(body().path("channel").asText()).isEqualTo("#orders");
        assertThat(body().path("text").asText())
                .isEqualTo(
                        """
                        *Failed: Promote order-api to test*
                        tenant orders · order-api 1.4.0 (0123456789ab) · to test · by @ann
                        > order-api is degraded
                        <https://jenkins.example/job/1/|Show the run>""");
    }

    @Test
    void nobodysWordsCallAWholeChannelOrPretendToBeALink() throws IOException {
        notifier().tell(SLACK, url(), notice("<!channel> <https://evil.example|click> @here\nsecond & last"));
        assertThat(body().path("text").asText())
                .contains("> &lt;!channel&gt; &lt;https://evil.example|click&gt; @\u200bhere second &amp; last")
                .doesNotContain("<!channel>");
    }

    @Test
    void teamsGetsACardWhoseWordsAreNothingButWords() throws IOException {
        Notification teams = new Notification(Channel.TEAMS, "orders-teams", Set.of(When.FAILURE));
        notifier().tell(teams, url(), notice("<at>all</at> [click](https://evil.example)\u001b[31m\u202e\nsecond"));

        assertThat(seen.get(0).getRequestURI()).hasToString(PATH);
        JsonNode card = body().path("attachments").path(0).path("content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.path("body"))
                .allSatisfy(block -> assertThat(block.path("type").asText()).isEqualTo("RichTextBlock"));
        assertThat(card.path("body").findValuesAsText("text"))
                .containsExactly(
                        "Failed: Promote order-api to test",
                        "tenant orders · order-api 1.4.0 (0123456789ab) · to test · by @ann",
                        "<at>all</at> [click](https://evil.example) [31m second");
        assertThat(card.path("msteams").isMissingNode()).isTrue();
        assertThat(card.path("actions").path(0).path("url").asText()).isEqualTo("https://jenkins.example/job/1/");
    }

    @Test
    void aBotsTokenGoesToSlacksApiAndNowhereElse() throws IOException {
        answer = "{\"ok\": true}";
        notifier().tell(SLACK, new Secret("xoxb-s3cret"), notice(""));
        assertThat(seen.get(0).getRequestURI()).hasToString("/api/chat.postMessage");
        assertThat(seen.get(0).getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer xoxb-s3cret");
        assertThat(body().path("channel").asText()).isEqualTo("#orders");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ok\": false, \"error\": \"channel_not_found\"} | channel_not_found",
                "{\"ok\": false, \"error\": \"<b>s3cret</b>\"} | it does not say why",
                "null | it does not say why",
                "<html> | it does not answer with JSON"
            })
    void whatSlacksApiRefusesWith200IsARefusal(String said, String reason) {
        answer = said;
        Failure failure = refused(SLACK, new Secret("xoxb-s3cret"));
        assertThat(failure.kind()).isEqualTo(FailureKind.INPUT);
        assertThat(failure.what()).endsWith(reason);
    }

    @Test
    void aProgramGetsFields() throws IOException {
        notifier().tell(HOOK, url(), notice("why"));
        assertThat(bodies.get(0))
                .isEqualTo("{\"id\":\"id-1\",\"text\":\"Failed: Promote order-api to test\",\"occasion\":\"failure\","
                        + "\"result\":\"failed\",\"title\":\"Promote order-api to test\",\"tenant\":\"orders\","
                        + "\"environment\":\"test\",\"services\":[{\"service\":\"order-api\",\"version\":\"1.4.0\","
                        + "\"digest\":\"0123456789ab\"}],\"actor\":\"@ann\",\"reason\":\"why\","
                        + "\"link\":\"https://jenkins.example/job/1/\",\"at\":\"2026-11-20T10:00:00Z\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "429, EXTERNAL",
        "500, EXTERNAL",
        "503, EXTERNAL",
        "408, EXTERNAL",
        "400, INPUT",
        "404, INPUT",
        "410, INPUT",
        "302, INPUT"
    })
    void whatMayPassIsTriedAgainAndWhatIsWrongIsNot(int status, FailureKind kind) {
        code = status;
        answer = "no_service";
        Failure failure = refused(HOOK, url());
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.what()).isEqualTo("it answers with HTTP " + status + " (no_service)");
        assertThat(seen).as("no redirect is followed").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "30 | PT30S",
                "Fri, 20 Nov 2026 10:01:00 GMT | PT1M",
                "Fri, 20 Nov 2020 10:01:00 GMT | PT0S",
                "999999999 | PT1H",
                "soon | null"
            })
    void itIsWaitedAsLongAsTheOtherSideAsks(String header, Duration wait) {
        code = 429;
        retryAfter = header;
        assertThat(refused(SLACK, url()).retryAfter()).isEqualTo(wait);
    }

    @Test
    void whatTheOtherSideBabblesIsNotRepeated() {
        code = 500;
        answer = "s3cret ".repeat(100_000);
        assertThat(refused(HOOK, url()).what()).isEqualTo("it answers with HTTP 500");
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedForLong() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Failure failure = refused(HOOK, new Secret("http://127.0.0.1:" + silent.getLocalPort() + "/s3cret"));
            assertThat(failure.kind()).isEqualTo(FailureKind.EXTERNAL);
            assertThat(failure.what()).isEqualTo("it does not answer in time");
        }
    }

    @Test
    void whoIsNotThereMayBeThereLater() {
        server.stop(0);
        Failure failure = refused(HOOK, url());
        assertThat(failure.kind()).isEqualTo(FailureKind.EXTERNAL);
        assertThat(failure.what()).isEqualTo("it can't be reached: nothing answers there: the connection is refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s3cret", "http://hooks.example.org/s3cret", "ftp://hooks.example.org/s3cret", "https://"})
    void aSecretThatIsNoEncryptedAddressIsNotUsed(String secret) {
        Failure failure = refused(HOOK, new Secret(secret));
        assertThat(failure.kind()).isEqualTo(FailureKind.INPUT);
        assertThat(failure.what()).contains("not an https:// URL");
    }
}
