package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every address that the server has, asked by nobody and by people of another tenant. A new one is asked too. */
class EveryRouteTest extends RoutesWorld {
    @ParameterizedTest
    @MethodSource("notPublic")
    void nobodyIsAnsweredWithoutALogin(Asked asked) {
        HttpResponse<String> answer = served.send(asked.about("orders").setHeader("Accept", "*/*"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("orders");
    }

    @ParameterizedTest
    @MethodSource("notPublic")
    void anotherTenantIsAsOneThatIsNotThere(Asked asked) {
        if (asked.path().equals("/logout") || asked.path().equals("/api/v1/news")) {
            return;
        }
        HttpResponse<String> others = asAnn(asked.about("billing"));
        HttpResponse<String> nobodys = asAnn(asked.about("phantom"));
        assertThat(others.statusCode()).isEqualTo(nobodys.statusCode()).isNotEqualTo(401);
        assertThat(without(others.body(), "billing"))
                .isEqualTo(without(nobodys.body(), "phantom"))
                .doesNotContain("secret of the house");
        if (asked.isOfTenant()) {
            assertThat(others.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void noToolTellsOfAnotherTenant() throws IOException {
        List<String> tools = new ArrayList<>();
        new ObjectMapper()
                .readTree(call("tools/list", "{}"))
                .at("/result/tools")
                .forEach(tool -> tools.add(tool.path("name").asText()));
        assertThat(tools).hasSizeGreaterThan(7);
        for (String tool : tools) {
            assertThat(without(call(tool, "billing"), "billing"))
                    .as(tool)
                    .isEqualTo(without(call(tool, "phantom"), "phantom"))
                    .doesNotContain("secret of the house");
        }
    }

    @Test
    void aMessageThatTwoReadersCouldReadDifferentlyIsRefused() {
        for (String message : List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} {}")) {
            HttpResponse<String> answer = asAnn(served.to("/api/v1/mcp")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(message)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        }
    }

    /** Nor with what is encrypted anew each time. */
    private static String without(String answer, String tenant) {
        return answer.replace(tenant, "X").replaceAll("[\\w-]{48}", "X");
    }

    private static String call(String tool, String tenant) {
        boolean list = tool.equals("tools/list");
        String arguments = "{\"tenant\":\"" + tenant + "\",\"service\":\"" + tenant
                + "-api\",\"newer\":\"dev\",\"older\":\"prod\",\"environment\":\"dev\"}";
        String message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + (list ? tool : "tools/call") + "\",\"params\":"
                + (list ? "{}" : "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}") + "}";
        HttpResponse<String> answer = asAnn(served.to("/api/v1/mcp")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "until=-1000000000-01-01T00:00:00Z",
                "since=2026-02-30T00:00:00Z",
                "since=2026-01-01T00:00:00Z&until=2025-01-01T00:00:00Z"
            })
    void aPeriodThatIsNoneIsRefused(String query) {
        assertThat(asAnn(served.to("/api/v1/tenants/orders/audit?" + query)).statusCode())
                .isEqualTo(400);
    }

    /** A seed a route, so that a failure comes again. */
    @ParameterizedTest
    @MethodSource("notPublic")
    void noInputBreaksIt(Asked asked) {
        Random random = new Random(asked.toString().hashCode());
        for (int i = 0;
                i < 15 && !asked.path().equals("/logout") && !asked.path().equals("/api/v1/news");
                i++) {
            StringBuilder query = new StringBuilder("?");
            for (String name : List.of("q", "kind", "page", "days", "before", "after", "limit", "offset", "next")) {
                query.append(name).append('=').append(junk(random)).append('&');
            }
            String address = asked.path()
                    .replace("{tenant}", random.nextBoolean() ? "orders" : junk(random))
                    .replace("{service}", random.nextBoolean() ? "orders-api" : junk(random))
                    .replace("{key}", junk(random));
            HttpRequest.Builder request =
                    asked.about("orders").uri(served.server.address().resolve(address + query));
            String sent = odd(request, random);
            if (!asked.method().equals(HandlerType.GET)) {
                boolean form = random.nextInt(3) == 0;
                byte[] body = form
                        ? ("csrf=" + csrf + "&key=" + junk(random) + "&basis=" + junk(random) + "&intent="
                                        + junk(random) + "&services=" + junk(random) + "&to=" + junk(random))
                                .getBytes(StandardCharsets.UTF_8)
                        : any(BODIES, random);
                sent += " " + new String(body, 0, Math.min(60, body.length), StandardCharsets.ISO_8859_1);
                String type = any(TYPES, random);
                sent += " " + type;
                request.setHeader("Content-Type", type).method(asked.method().name(), BodyPublishers.ofByteArray(body));
            }
            HttpResponse<String> answer = asAnn(request);
            String about = address + query + sent + " " + answer.body();
            assertThat(answer.statusCode()).as(about).isNotEqualTo(500);
            assertThat(answer.body()).as(about).doesNotContain("java.", "Exception");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            if (answer.statusCode() == 200) {
                assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                        .as("what caches between may keep")
                        .isIn("private, no-cache", "no-store");
            }
            if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                assertThat(answer.body()).as(about).doesNotContain("<script>alert");
            }
        }
    }

    /** Headers that mean something to HTTP, wrong in some way. Returns what was added. */
    private static String odd(HttpRequest.Builder request, Random random) {
        String value = any(
                List.of("*", "W/", "\"", "\"x", "Thu, 99 Foo", "-1", "bytes=9-1,,", "a, b;q=x", "identity;q=0"),
                random);
        String name = any(
                List.of(
                        "If-None-Match",
                        "If-Match",
                        "If-Modified-Since",
                        "Range",
                        "Accept-Encoding",
                        "Accept-Language",
                        "Idempotency-Key",
                        "traceparent",
                        "Origin",
                        "Authorization"),
                random);
        request.setHeader(name, value);
        return " " + name + ": " + value;
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitea", "gitlab", "bitbucket", "registry", "argocd", "cdevents"})
    void noSignedDeliveryBreaksAHook(String kind) {
        Sender sender = new Sender(served.server.address());
        for (byte[] body : BODIES) {
            String text = new String(body, StandardCharsets.UTF_8);
            HttpResponse<String> answer = sender.signed(kind, "d", text, "application/json");
            assertThat(answer.statusCode())
                    .as(kind + " " + text + answer.body())
                    .isIn(202, 400);
        }
    }

    /** Bodies that are no good, or good and strange. */
    private static final List<byte[]> BODIES = Stream.of(
                    "",
                    "null",
                    "[]",
                    "{}",
                    "{\"to\":\"prod\"",
                    "{\"to\":{}}",
                    "{\"to\":[\"prod\"],\"from\":null}",
                    "{\"to\":\"prod\",\"to\":\"dev\"}",
                    "{\"to\":\"prod\\u0000\",\"services\":\"\\ud800\"}",
                    "{\"to\":1e999999999}",
                    "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/call\",\"params\":[]}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":7,\"arguments\":\"x\"}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"events\",\"arguments\":{\"limit\":[1]}}}",
                    "{\"ref\":[],\"repository\":\"x\",\"before\":{},\"after\":7,\"changes\":{},\"events\":[null,[],{}],\"subject\":[]}",
                    "{\"ref\":\"x\",\"before\":\"\",\"after\":\"y\",\"repository\":{\"clone_url\":\"\\u0000://\"},\"type\":\"PUSH_ARTIFACT\",\"event_data\":{\"resources\":[7]}}",
                    "[".repeat(1_100),
                    "{\"to\":".repeat(1_100),
                    "\uFEFF{\"to\":\"dev\"}",
                    "a=%ZZ&csrf=%&=&&",
                    "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=nonsense",
            "application/json;;=",
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=nonsense",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "text/plain",
            "/");

    private static String junk(Random random) {
        List<String> junk = List.of(
                "",
                "-1",
                "99999999999999999999",
                "%00",
                "..%2F..%2Fetc",
                "%E2%98%83",
                "a".repeat(3_000),
                "%22%3E",
                "'",
                "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "%F0%9F",
                "promote",
                "7");
        return junk.get(random.nextInt(junk.size()));
    }

    @Test
    void noRouteIsLeftOut() throws IOException {
        assertThat(routes()).extracting(Asked::toString).containsAll(PUBLIC);
        assertThat(notPublic()).hasSizeGreaterThan(25);
        JsonNode documented = new ObjectMapper()
                .readTree(asAnn(served.to("/api/v1/openapi.json")).body())
                .path("paths");
        assertThat(routes().stream().map(Asked::path).filter(path -> path.startsWith("/api/")))
                .as("a stream without an end and another protocol are in docs/serve.md")
                .filteredOn(path -> !documented.has(path))
                .containsExactlyInAnyOrder("/api/v1/news", "/api/v1/mcp");
    }
}
