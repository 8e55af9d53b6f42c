package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.testing.Await;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The API over a real repository: what the command line can do, and the document that says so. */
class ServedApiTest extends ServedWorld {
    @Test
    void aPromotionIsDoneOnceHoweverOftenItIsSent() throws Exception {
        healthy();
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(client.sendAsync(
                    request("POST", PROMOTIONS, TO_TEST, "Idempotency-Key", "k1"),
                    HttpResponse.BodyHandlers.ofString()));
        }
        List<String> answers = sent.stream()
                .map(one -> one.join().statusCode() + one.join().body())
                .toList();
        assertThat(answers).allMatch(answer -> answer.startsWith("200")).containsOnly(answers.get(0));
        assertThat(answers.get(0)).contains("\"status\" : \"SUCCEEDED\"", "\"commit\"");
        CommitId promoted = world.head(new EnvironmentName("test"));

        HttpResponse<String> another =
                send("POST", PROMOTIONS, TO_TEST.replace("order-api", ""), "Idempotency-Key", "k1");
        assertThat(another.statusCode()).isEqualTo(409);
        assertThat(another.body()).contains("used for another request");

        stopServing();
        serve();
        HttpResponse<String> afterRestart = send("POST", PROMOTIONS, TO_TEST, "Idempotency-Key", "k1");
        assertThat(afterRestart.statusCode()).isEqualTo(409);
        assertThat(world.head(new EnvironmentName("test"))).isEqualTo(promoted);
        assertThat(log.after(0, 100))
                .extracting(stored -> stored.event().type())
                .containsExactly("request.accepted", "request.ended");
        assertThat(log.after(0, 1).get(0).event().data())
                .containsEntry("by", "@rita")
                .containsEntry("proof", "TOKEN");
    }

    @Test
    void aClosedGateIsToldWithWhatOpensIt() throws Exception {
        HttpResponse<String> refused = send("POST", PROMOTIONS, TO_TEST, "Idempotency-Key", "k1");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json.readTree(refused.body());
        assertThat(problem.at("/detail").asText()).contains("not yet seen healthy");
        assertThat(problem.at("/run/gates").findValuesAsText("gate")).contains("order");
        assertThat(world.has("test")).isFalse();
    }

    @Test
    void nobodyDoesMoreThanTheyMay() throws Exception {
        healthy();
        HttpResponse<String> looker =
                send("POST", PROMOTIONS, TO_TEST, "Idempotency-Key", "k", "Authorization", "Bearer b");
        assertThat(looker.statusCode()).isEqualTo(403);
        assertThat(looker.body()).contains("@vic may not promote");
        String approval = "{\"services\":\"order-api\",\"to\":\"test\",\"as\":\"@acme/security\"}";
        HttpResponse<String> as = send("POST", "/api/v1/tenants/orders/approvals", approval, "Idempotency-Key", "k2");
        assertThat(as.statusCode()).isEqualTo(403);
        assertThat(as.body()).contains("@rita is not @acme/security");
        assertThat(send("POST", PROMOTIONS.replace("orders", "others"), TO_TEST, "Idempotency-Key", "k3")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("POST", PROMOTIONS, TO_TEST).statusCode()).isEqualTo(400);
        assertThat(world.has("test")).isFalse();
    }

    /** The misspelt word may be the one that was to prevent something. */
    @Test
    void whatIsNotUnderstoodIsNeverLeftOut() throws Exception {
        healthy();
        for (String more : List.of(
                "\"dryrun\":true", "\"dryRun\":\"yes\"", "\"dryRun\":1", "\"chart\":\"true\"", "\"to\":\"test\"")) {
            String body = TO_TEST.replace("}", "," + more + "}");
            HttpResponse<String> answer = send("POST", PROMOTIONS, body, "Idempotency-Key", "k");
            assertThat(answer.statusCode()).as(more + answer.body()).isEqualTo(400);
        }
        for (String dry : List.of("true", "\"true\"")) {
            String body = TO_TEST.replace("}", ",\"dryRun\":" + dry + "}");
            assertThat(send("POST", PROMOTIONS, body, "Idempotency-Key", "k").body())
                    .contains("exitCode");
        }
        assertThat(world.has("test")).isFalse();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        String large = TO_TEST.replace("}", ",\"reason\":\"" + "a".repeat(1_500_000) + "\"}");
        for (String address : List.of(PROMOTIONS, "/api/v1/tenants/orders/onboardings", "/api/v1/mcp")) {
            HttpResponse<String> answer = send("POST", address, large, "Idempotency-Key", "k");
            assertThat(answer.statusCode()).as(address).isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Test
    void aRollbackAndItsEndAreAskedForToo() throws Exception {
        world.released("dev", world.release("2.0.0", null));
        String rollback = "{\"service\":\"order-api\",\"environment\":\"dev\",\"reason\":\"it fails\"}";
        assertThat(send("POST", "/api/v1/tenants/orders/rollbacks", rollback, "Idempotency-Key", "r1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.git("dev", "release.yaml")).contains("1.0.0");
        String resume = "{\"service\":\"order-api\",\"environment\":\"dev\"}";
        assertThat(send("POST", "/api/v1/tenants/orders/resumes", resume, "Idempotency-Key", "r2")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void everyAddressOfTheDocumentAnswersAndTheAnswerFitsIt() throws Exception {
        JsonNode document = body("GET", "/api/v1/openapi.json");
        assertThat(document.at("/openapi").asText()).isEqualTo("3.1.0");
        int looked = 0;
        for (var path : document.at("/paths").properties()) {
            JsonNode get = path.getValue().path("get");
            if (get.isMissingNode() || path.getKey().matches(".*/(evidence|drift)")) {
                continue;
            }
            String address = path.getKey().replace("{tenant}", "orders").replace("{service}", "order-api")
                    + (path.getKey().endsWith("/diff") ? "?newer=dev&older=test" : "")
                    + (path.getKey().endsWith("/condition") ? "?environment=dev" : "");
            HttpResponse<String> answer = send("GET", address, "");
            assertThat(answer.statusCode()).as(address + answer.body()).isEqualTo(200);
            for (JsonNode one : get.path("parameters")) {
                JsonNode range = one.path("schema");
                if (range.path("type").asText().equals("integer")) {
                    String number = address + (address.contains("?") ? "&" : "?")
                            + one.path("name").asText() + "=";
                    long least = range.required("minimum").asLong();
                    long most = range.required("maximum").asLong();
                    boolean waits = number.endsWith("wait=");
                    assertThat(send("GET", number + least, "").statusCode()).isIn(200, waits ? 503 : 200);
                    if (!waits) {
                        assertThat(send("GET", number + most, "").statusCode()).isEqualTo(200);
                    }
                    assertThat(send("GET", number + (least - 1), "").statusCode())
                            .isEqualTo(400);
                    assertThat(send("GET", number + (most + 1), "").statusCode())
                            .isEqualTo(400);
                }
            }
            ObjectNode schema = ((ObjectNode) get.at("/responses/200/content/application~1json/schema")).deepCopy();
            schema.set("components", document.path("components"));
            assertThat(valid(schema, json.readTree(answer.body())))
                    .as(address + " " + answer.body())
                    .isTrue();
            looked++;
        }
        assertThat(looked).isGreaterThanOrEqualTo(7);
    }

    private static boolean valid(JsonNode schema, JsonNode value) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(value)
                .isEmpty();
    }

    @Test
    void noInputBreaksIt() throws Exception {
        JsonNode document = body("GET", "/api/v1/openapi.json");
        JsonNode problem = document.at("/components/schemas/Problem");
        Random random = new Random(7);
        List<String> junk = List.of(
                (",x,-1,99999999999999999999,%00,..%2F..%2Fetc,%E2%98%83,%22%3E,'," + "a".repeat(300)).split(","));
        for (var path : document.at("/paths").properties()) {
            for (int i = 0; i < 12; i++) {
                String tenant = i % 2 == 0 ? "orders" : junk.get(1 + random.nextInt(junk.size() - 1));
                String service = i % 3 == 0 ? "order-api" : junk.get(1 + random.nextInt(junk.size() - 1));
                StringBuilder query = new StringBuilder("?");
                for (String name : List.of("offset", "limit", "after", "newer", "older", "environment", "release")) {
                    query.append(name)
                            .append('=')
                            .append(junk.get(random.nextInt(junk.size())))
                            .append('&');
                }
                String address = path.getKey().replace("{tenant}", tenant).replace("{service}", service) + query;
                List<String> bodies = List.of(
                        "{}",
                        "[]",
                        "{\"to\":3}",
                        "{",
                        "{\"to\":null,\"from\":\"\\u0000\",\"services\":\",,\"}",
                        "7",
                        "{\"service\":\"../x\",\"environment\":\"dev\"}",
                        "{\"service\":{\"a\":[]}}");
                boolean post = path.getValue().has("post");
                String body = post ? bodies.get(random.nextInt(bodies.size())) : "";
                HttpResponse<String> answer =
                        send(post ? "POST" : "GET", address, body, "Idempotency-Key", "fuzz-" + random.nextLong());
                if (post && tenant.equals("orders")) {
                    JsonNode schema = path.getValue().at("/post/requestBody/content/application~1json/schema");
                    boolean fits = !body.equals("{") && valid(schema, json.readTree(body));
                    // With a run: what was carried out has failed for want of a registry.
                    assertThat(List.of(400, 404).contains(answer.statusCode())
                                    && !answer.body().contains("\"run\""))
                            .as(address + body + answer.body())
                            .isEqualTo(!fits);
                }
                assertThat(answer.statusCode())
                        .as(address + " " + answer.body())
                        .isLessThan(500);
                if (answer.statusCode() >= 400) {
                    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                            .as(address + " " + answer.body())
                            .startsWith("application/problem+json");
                    assertThat(valid(problem, json.readTree(answer.body())))
                            .as(address + " " + answer.body())
                            .isTrue();
                }
            }
        }
    }

    /** Clients keep connections: one that ends without a word fails their next request, which has no fault. */
    @Test
    void aRefusalBeforeTheBodyCameSaysThatTheConnectionEnds() throws Exception {
        for (String address : List.of("/api/v1/tenants/%00/promotions", PROMOTIONS, "/nothing", "/hooks/svn")) {
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), server.address().getPort())) {
                socket.setSoTimeout(60_000);
                String head = "POST " + address + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 2\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                List<String> headers = new ArrayList<>();
                for (String line = answer.readLine(); !line.isEmpty(); line = answer.readLine()) {
                    headers.add(line);
                }
                assertThat(headers).as(address).contains("Connection: close");
            }
        }
    }

    private JsonNode tool(String method, String parameters, String... headers) throws Exception {
        String message = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
        HttpResponse<String> answer = send("POST", "/api/v1/mcp", message, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode told = json.readTree(answer.body());
        assertThat(told.at("/id").asInt()).isEqualTo(7);
        return told;
    }

    @Test
    void modelsReadByToolsWhatTheApiTellsTheirPerson() throws Exception {
        assertThat(tool("initialize", "{\"protocolVersion\":\"2025-06-18\"}")
                        .at("/result/protocolVersion")
                        .asText())
                .isEqualTo("2025-06-18");
        assertThat(send("POST", "/api/v1/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(tool("tools/list", "{}").findValuesAsText("name"))
                .contains("tenants", "tenant", "tenant_inbox", "tenant_audit", "service_diff", "service_evidence")
                .doesNotContain("promotions", "tenant_promotions");
        JsonNode status = tool("tools/call", "{\"name\":\"tenant\",\"arguments\":{\"tenant\":\"orders\"}}");
        assertThat(status.at("/result/isError").asBoolean()).isFalse();
        assertThat(json.readTree(status.at("/result/content/0/text").asText()))
                .isEqualTo(body("GET", "/api/v1/tenants/orders"));
        String others = "{\"name\":\"service_diff\",\"arguments\":{\"tenant\":\"../../x\",\"service\":\"a b\"}}";
        JsonNode refused = tool("tools/call", others);
        assertThat(refused.at("/result/isError").asBoolean()).isTrue();
        assertThat(tool("tools/call", "{\"name\":\"promote\"}")
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32602);
        assertThat(tool("resources/list", "{}").at("/error/code").asInt()).isEqualTo(-32601);
        assertThat(send("POST", "/api/v1/mcp", "[1]").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/api/v1/mcp", "{}", "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> noStream = send("GET", "/api/v1/mcp", "");
        assertThat(noStream.statusCode()).isEqualTo(405);
        assertThat(noStream.headers().firstValue("Allow"))
                .as("RFC 9110, 15.5.6")
                .hasValue("POST");
    }

    @Test
    void whatDidNotChangeIsNotSentAgain() throws Exception {
        HttpResponse<String> first = send("GET", "/api/v1/tenants/orders", "");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = send("GET", "/api/v1/tenants/orders", "", "If-None-Match", tag);
        assertThat(tag).as("RFC 9110, 8.8.3").matches("\"[0-9a-f]{64}\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        for (String same : List.of("*", "\"other\", " + tag, "W/" + tag)) {
            HttpResponse<String> known = send("GET", "/api/v1/tenants/orders", "", "If-None-Match", same);
            assertThat(known.statusCode()).as(same + ", RFC 9110, 13.1.2").isEqualTo(304);
            assertThat(known.headers().firstValue("ETag")).hasValue(tag);
        }
        for (String other : List.of("\"other\"", "W/\"other\"", "")) {
            assertThat(send("GET", "/api/v1/tenants/orders", "", "If-None-Match", other)
                            .statusCode())
                    .as(other)
                    .isEqualTo(200);
        }
        JsonNode page = body("GET", "/api/v1/tenants?limit=1&offset=5");
        assertThat(page.at("/tenants")).isEmpty();
        assertThat(page.at("/total").asInt()).isEqualTo(1);
        assertThat(page.has("next")).isFalse();
    }

    @Test
    void whoAsksFasterThanGitAnswersIsAskedToWait() throws Exception {
        gitAnswers = new CountDownLatch(1);
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add(client.sendAsync(
                    request("GET", "/api/v1/tenants/orders/services/order-api/history", ""),
                    HttpResponse.BodyHandlers.ofString()));
        }
        Await.until(() -> sent.stream().filter(CompletableFuture::isDone).count() == 10);
        assertThat(send("GET", "/api/v1/tenants/orders", "").statusCode())
                .as("what is in memory waits for nobody")
                .isEqualTo(200);
        gitAnswers.countDown();
        assertThat(sent.stream().map(CompletableFuture::join).filter(answer -> answer.statusCode() == 503))
                .hasSize(10)
                .allSatisfy(answer -> {
                    assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
                    assertThat(answer.body()).contains("50 questions about tenant orders wait already");
                });
        assertThat(send("GET", "/api/v1/tenants/orders/services/order-api/history", "")
                        .statusCode())
                .isEqualTo(200);
    }

    /** The events of {@code GET /api/v1/news}, as they come. */
    private Queue<String> news(String token) throws Exception {
        Queue<String> events = new ConcurrentLinkedQueue<>();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/api/v1/news"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> opened = client.send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(opened.statusCode()).isEqualTo(200);
        Thread reading = new Thread(
                () -> opened.body().filter(line -> line.startsWith("event")).forEach(events::add));
        reading.setDaemon(true);
        reading.start();
        return events;
    }

    @Test
    void thatSomethingHappenedElsewhereIsNoNews() throws Exception {
        Queue<String> own = news("a");
        Queue<String> elsewhere = news("c");
        for (int i = 1; i < 3; i++) {
            int round = i;
            world.clock().pause(Duration.ofSeconds(1));
            log.append(List.of(new CloudEvent(
                            "push-" + i,
                            "/hooks/github",
                            "branch.pushed",
                            "",
                            world.clock().now(),
                            "orders",
                            Map.of())))
                    .join();
            Await.until(() -> own.size() >= round);
        }
        assertThat(elsewhere).isEmpty();
        HttpResponse<String> noStream = send("GET", "/api/v1/news", "");
        assertThat(noStream.statusCode()).isEqualTo(406);
        assertThat(noStream.body()).contains("Accept: text/event-stream");
    }
}
