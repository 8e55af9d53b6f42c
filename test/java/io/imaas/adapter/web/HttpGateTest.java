package io.imaas.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.cel.CelExpressions;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
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
import io.imaas.step.observe.HttpGateObserver;
import io.imaas.testing.Loopback;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
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
        return ask(gate, web());
    }

    static HttpGateFacts ask(HttpGate gate, HttpWebQuestions web) {
        Snapshot nothing =
                Snapshot.of(new GitOpsState(List.of(), List.of(), List.of(), List.of(), null, Instant.EPOCH));
        return new HttpGateObserver(web, new CelExpressions(), List.of(gate))
                .of(
                        new Scene().tenant(),
                        new EnvironmentName("prod"),
                        List.of(new ServiceState(RELEASE.service(), RELEASE, null, null, "", null)),
                        nothing)
                .get(0);
    }

    private static HttpWebQuestions web() {
        return web(Duration.ofMinutes(1));
    }

    private static HttpWebQuestions web(Duration patience) {
        return new HttpWebQuestions(
                name -> name.equals("TOKEN") ? Optional.of(new Secret("ann:secret")) : Optional.empty(), patience);
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
                "200 | {\"open\": true} {\"open\": false} | can't be understood by 'open'",
                "200 | {\"open\": true}<html> | can't be understood by 'open'",
                "302 | {\"open\": true} | and leads to 127.0.0.1/elsewhere",
            })
    void anythingElseClosesIt(int status, String body, String why) {
        answering = exchange -> {
            exchange.getResponseHeaders().set("Location", "http://" + host() + "/elsewhere");
            answer(exchange, status, body);
        };

        HttpGateFacts facts = ask(gate("", "status == 200 && json.open"));

        assertThat(facts.open()).isFalse();
        assertThat(asked).hasSize(1);
        assertThat(facts.unanswered().what()).contains(why);
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
    void aFewBytesThatBecomeAFloodCloseIt() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"open\": true, \"more\": \"".getBytes(StandardCharsets.US_ASCII));
            gzip.write("x".repeat(20 << 20).getBytes(StandardCharsets.US_ASCII));
            gzip.write("\"}".getBytes(StandardCharsets.US_ASCII));
        }
        answering = exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
            exchange.close();
        };

        HttpGateFacts facts = ask(gate("", "json.open"));

        assertThat(facts.open()).isFalse();
        assertThat(facts.unanswered().what()).contains("longer than 1048576 bytes");
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

        assertThat(ask(gate("", "status == 200"), web(Duration.ofMillis(300)))
                        .unanswered()
                        .what())
                .isEqualTo("it does not answer in time");
    }

    @Test
    void aServerThatAnswersByteByByteClosesItAsWell() {
        CountDownLatch gone = new CountDownLatch(1);
        answering = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (!gone.await(20, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        assertThat(ask(gate("", "status == 200"), web(Duration.ofMillis(500)))
                        .unanswered()
                        .what())
                .isEqualTo("it does not answer in time");
        gone.countDown();
    }

    @Test
    void whatSpeaksNoTlsClosesItAndSoDoesWhoIsNotThere() throws IOException {
        HttpGate plain = gate("", "status == 200");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread other = new Thread(() -> speakPlainly(socket));
            other.start();
            assertThat(asking(plain, "https://127.0.0.1:" + socket.getLocalPort() + "/c")
                            .what())
                    .startsWith("127.0.0.1 can't be reached: ");
        }
        server.stop(0);
        assertThat(asking(plain, "http://" + host() + "/c")).satisfies(why -> {
            assertThat(why.what()).startsWith("127.0.0.1 can't be reached: ");
            assertThat(why.suggestion()).isNotEmpty();
        });
    }

    private static void speakPlainly(ServerSocket socket) {
        try (Socket client = socket.accept()) {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            return;
        }
    }

    private static Failure asking(HttpGate gate, String url) {
        HttpGate.Call call = gate.call();
        HttpGate.Call other =
                new HttpGate.Call(call.method(), url, call.headers(), call.body(), call.credential(), call.login());
        return catchThrowableOfType(FailureException.class, () -> web().ask(other))
                .failure();
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

    @Test
    void aWordWithoutAValueAsksNobody() {
        HttpGateFacts facts = ask(gate(", method: POST, body: '{\"id\": \"${manifests}\"}'", "true"));

        assertThat(facts.unanswered().what()).isEqualTo("${manifests} has no value here: nothing is rendered");
        assertThat(asked).isEmpty();
    }

    @Test
    void aServerThatIsAskedTooOftenSaysWhenToComeBack() {
        answering = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "900");
            answer(exchange, 429, "");
        };

        assertThat(ask(gate("", "status == 200")).unanswered().askedToWait()).contains(Duration.ofMinutes(15));
    }
}
