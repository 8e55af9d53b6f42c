package io.imaas.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.cel.CelExpressions;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.HttpGateFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.CallGate;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.step.observe.HttpGateObserver;
import io.imaas.step.runner.CallGateRunner;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a ticket server answers, and what becomes of it; nothing but a clear yes opens the gate. */
@Execution(ExecutionMode.CONCURRENT)
class HttpGateTest {
    private static final Release RELEASE = new Release(
            new ServiceName("order-api"),
            "1.4.0",
            new CommitId("0".repeat(40)),
            new TreeHash("1".repeat(40)),
            new ImageRef(
                    new ImageRepository("registry.example.org", "orders/order-api"),
                    new Digest("sha256:" + "0".repeat(64))));

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private Answering answering = exchange -> answer(exchange, 200, "{\"open\": true}");

    private interface Answering {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = Loopback.http();
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readNBytes(10_000), StandardCharsets.UTF_8));
            answering.to(exchange);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static List<HttpGate> read(String platform) {
        return CatalogReader.read(Map.of(
                        "platform.yaml", "platform: acme\nregistries: [registry.example.org/imaas]\n" + platform))
                .orThrow()
                .platform()
                .gates();
    }

    private HttpGate gate(String more, String open) {
        return read("gateHosts: ['http://" + host() + "']\ngates:\n  - name: ticket\n    environments: [prod]\n"
                        + "    http: {url: 'http://" + host() + "/c?s=${service}&v=${version}'" + more
                        + "}\n    open: \""
                        + open + "\"\n    closedReason: \"'it is ' + json.state\"\n")
                .get(0);
    }

    private HttpGateFacts ask(HttpGate gate) {
        Snapshot nothing =
                Snapshot.of(new GitOpsState(List.of(), List.of(), List.of(), List.of(), null, Instant.EPOCH));
        return new HttpGateObserver(web(), new CelExpressions(), List.of(gate))
                .of(
                        new Scene().tenant(),
                        new EnvironmentName("prod"),
                        List.of(new ServiceState(RELEASE.service(), RELEASE, null, null, "", null)),
                        nothing)
                .get(0);
    }

    private static HttpWebQuestions web() {
        return new HttpWebQuestions(
                name -> name.equals("TOKEN") ? Optional.of(new Secret("ann:secret")) : Optional.empty(),
                Duration.ofSeconds(2));
    }

    @Test
    void aClearYesOpensItAndItsDigestIsEvidence() {
        HttpGateFacts facts = ask(gate(", credential: TOKEN, login: basic", "status == 200 && json.open"));

        assertThat(facts.open()).isTrue();
        assertThat(facts.found()).startsWith("HTTP 200, sha256:");
        assertThat(asked).containsExactly("GET /c?s=order-api&v=1.4.0 Basic YW5uOnNlY3JldA== ");
    }

    @Test
    void aNoIsToldInTheWordsOfTheAnswerWithoutControlCharacters() {
        answering = exchange -> answer(exchange, 200, "{\"open\": false, \"state\": \"draft\\u001b[31m\\nx\"}");

        HttpGateFacts facts = ask(gate("", "json.open == true"));

        assertThat(facts.open()).isFalse();
        assertThat(facts.found()).startsWith("it is draft [31m x; HTTP 200, sha256:");
        assertThat(facts.unanswered()).isNull();
    }

    @Test
    void wordsOfABodyStayInTheirPlace() {
        ask(gate(", method: POST, body: '{\"id\": \"${tenant}/${digest}\"}', credential: TOKEN", "true"));

        assertThat(asked.get(0))
                .contains("Bearer ann:secret")
                .endsWith("{\"id\": \"orders/sha256:" + "0".repeat(64) + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | {\"open\": true} | it answers with HTTP 500",
                "503 | busy | it answers with HTTP 503",
                "200 | <html>Log in</html> | can't be understood by 'open'",
                "200 | {\"open\": \"yes\"} | can't be understood by 'open'",
                "200 | {} | can't be understood by 'open'",
                "200 | {\"open\": true, \"open\": false} | can't be understood by 'open'",
                "302 | {\"open\": true} | ",
            })
    void anythingElseClosesIt(int status, String body, String why) {
        answering = exchange -> {
            exchange.getResponseHeaders().set("Location", "http://" + host() + "/elsewhere");
            answer(exchange, status, body);
        };

        HttpGateFacts facts = ask(gate("", "status == 200 && json.open"));

        assertThat(facts.open()).isFalse();
        assertThat(asked).hasSize(1);
        if (why != null) {
            assertThat(facts.unanswered().what()).contains(why);
        }
    }

    @Test
    void anAnswerOfTenMegabytesClosesIt() {
        answering = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 160; i++) {
                    out.write(" ".repeat(65536).getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException closedByTheOther) {
                return;
            }
        };

        assertThat(ask(gate("", "status == 200")).unanswered().what())
                .isEqualTo("its answer is longer than 1048576 bytes");
    }

    @Test
    void deepJsonClosesIt() {
        answering = exchange -> answer(exchange, 200, "[".repeat(100_000));

        assertThat(ask(gate("", "json.open == true")).open()).isFalse();
    }

    @Test
    void aServerThatNeverAnswersClosesIt() {
        answering = exchange -> {
            try {
                TimeUnit.SECONDS.sleep(4);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        assertThat(ask(gate("", "status == 200")).unanswered().what()).isEqualTo("it does not answer in time");
    }

    @Test
    void aSecretThatIsNotThereClosesItAndAsksNobody() {
        HttpGateFacts facts = ask(gate(", credential: OTHER", "true"));

        assertThat(facts.unanswered().what()).isEqualTo("there is no secret 'OTHER' for this gate");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status == | at 1",
                "nothing == 1 | undeclared reference to 'nothing'",
                "json.a | it must give bool, but gives dyn",
                "[1,2,3,4,5,6,7,8,9,0].all(a, [1,2,3,4,5,6,7,8,9,0].all(b, [1,2,3,4,5,6,7,8,9,0].all(c, [1,2,3,4,5,6,7,8,9,0].all(d, [1,2,3,4,5,6,7,8,9,0].all(e, [1,2,3,4,5,6,7,8,9,0].all(f, a + b + c + d + e + f >= 0)))))) | it costs more than 1000000 steps",
            })
    void anExpressionThatCanNotBeEvaluatedClosesIt(String open, String why) {
        assertThat(ask(gate("", open)).unanswered().what()).contains(why);
    }

    @Test
    void hostsThatAreNotNamedAreRefusedWhereTheyStand() {
        for (String url : List.of(
                "https://other.example.org/x",
                "http://change.example.org/x",
                "https://ann:secret@change.example.org/x",
                "https://${tenant}.example.org/x",
                "https://change.example.org${tenant}/x",
                "file:///etc/passwd")) {
            assertThat(CatalogReader.read(Map.of(
                                    "platform.yaml",
                                    "platform: acme\nregistries: [r.example.org/x]\ngateHosts: [change.example.org]\n"
                                            + "gates: [{name: t, environments: [prod], http: {url: '" + url
                                            + "'}, open: 'true'}]\n"))
                            .problems())
                    .as(url)
                    .anyMatch(problem -> problem.rule().equals("gate-host")
                            && problem.where().line() == 4);
        }
    }

    /** The presets of the documentation against answers as the systems' API descriptions have them. */
    @ParameterizedTest
    @CsvSource({
        "1, servicenow-approved, 200, true, HTTP 200",
        "1, servicenow-requested, 200, false, 'CHG0030042 is requested, state -4; '",
        "1, servicenow-none, 200, false, 'there is no change request with this correlation id; '",
        "1, servicenow-refused, 401, false, 'ServiceNow answers with HTTP 401; '",
        "2, jira-approved, 200, true, HTTP 200",
        "2, jira-waiting, 200, false, 'CHG-42 is Waiting for approval; '",
        "2, jira-none, 200, false, 'there is no change request with this label; '",
    })
    void thePresetsOfTheDocumentationUnderstandWhatTheSystemsAnswer(
            int preset, String fixture, int status, boolean open, String found) throws IOException {
        HttpGate local = documented(preset);
        String body = Files.readString(Path.of("test/fixtures/gates/" + fixture + ".json"));
        answering = exchange -> answer(exchange, status, body);
        HttpGateFacts facts = ask(local);

        assertThat(facts.open()).isEqualTo(open);
        assertThat(facts.found()).startsWith(found);
        assertThat(asked.get(0)).contains("orders-order-api-1.4.0");
    }

    /** Step by step as their API descriptions have it: nothing there, made, approved, closed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | /api/now/table/change_request | \"correlation_id\": \"orders-order-api-1.4.0\" | PATCH /api/now/table/change_request/46e18c0fa9fe19810066a0083f76bd56 | \"close_code\": \"successful\" | \"close_code\": \"unsuccessful\" | servicenow",
                "2 | /rest/api/3/issue | \"labels\": [\"orders-order-api-1.4.0\"] | POST /rest/api/3/issue/CHG-42/transitions | {\"transition\": {\"id\": \"31\"}} | {\"transition\": {\"id\": \"41\"}} | jira",
            })
    void thePresetsMakeATicketAndCloseIt(
            int preset, String create, String about, String close, String done, String failed, String fixtures)
            throws IOException {
        HttpGate gate = documented(preset);
        String none = Files.readString(Path.of("test/fixtures/gates/" + fixtures + "-none.json"));
        String approved = Files.readString(Path.of("test/fixtures/gates/" + fixtures + "-approved.json"));
        answering = exchange -> answer(exchange, exchange.getRequestMethod().equals("GET") ? 200 : 201, none);
        HttpGateFacts facts = ask(gate);
        assertThat(facts.missing()).isTrue();

        Outcome made = call(gate, facts, "", Outcome.skipped(""));

        assertThat(made.effects()).singleElement().satisfies(effect -> assertThat(effect.detail())
                .startsWith("HTTP 201"));
        assertThat(asked.get(asked.size() - 1))
                .startsWith("POST " + create + " Basic ")
                .contains(about);
        answering = exchange -> answer(exchange, 200, approved);
        assertThat(ask(gate).open()).isTrue();
        asked.clear();
        call(gate, facts, "", Outcome.skipped(""));
        assertThat(asked).as("no second ticket").singleElement().satisfies(one -> assertThat(one)
                .startsWith("GET "));

        call(gate, facts, "rollout", Outcome.skipped("is live already"));
        assertThat(asked.get(asked.size() - 1)).startsWith(close + " ").contains(done);
        call(gate, facts, "rollout", Outcome.failed(new Failure(FailureKind.FAILED, "crash loop", "", "")));
        assertThat(asked.get(asked.size() - 1)).startsWith(close + " ").contains(failed);
    }

    @Test
    void aTicketThatTheSystemDoesNotTakeIsAFailureWithItsStatus() throws IOException {
        HttpGate gate = documented(1);
        answering =
                exchange -> answer(exchange, exchange.getRequestMethod().equals("GET") ? 200 : 403, "{\"result\": []}");
        HttpGateFacts facts = ask(gate);

        assertThatThrownBy(() -> call(gate, facts, "", Outcome.skipped("")))
                .hasMessageContaining("the system behind change-ticket does not take it (HTTP 403");
    }

    private Outcome call(HttpGate gate, HttpGateFacts facts, String follows, Outcome ended) {
        CallGateRunner runner = new CallGateRunner(List.of(gate), HttpGateTest::web, CelExpressions::new, null);
        return runner.run(
                new CallGate("call", "Call", gate.name(), facts.about().words(), Map.of(), follows), new StepContext() {
                    @Override
                    public <T extends StepOutput> T output(String stepId, Class<T> type) {
                        throw new AssertionError(stepId);
                    }

                    @Override
                    public Optional<Outcome> outcome(String stepId) {
                        return Optional.of(ended);
                    }

                    @Override
                    public void log(String line) {}
                });
    }

    /** A preset of the documentation that asks the server of this test. */
    private HttpGate documented(int preset) throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/gates.md")));
        while (blocks.find()) {
            examples.add(blocks.group(1));
        }
        assertThat(read(examples.get(preset))).hasSize(1);
        return read(examples.get(preset)
                        .replaceAll("https://[a-z.-]+", "http://" + host())
                        .replaceAll("gateHosts: \\[.*", "gateHosts: ['http://" + host() + "']")
                        .replaceAll("credential: .*", "credential: TOKEN"))
                .get(0);
    }
}
