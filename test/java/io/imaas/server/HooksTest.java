package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.access.Visitor;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.Repeating;
import io.imaas.model.event.TraceParent;
import io.imaas.model.identity.Actor;
import io.imaas.testing.Await;
import io.imaas.testing.RecordedTracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HooksTest extends HooksWorld {
    @Test
    void aPushIsKeptWithItsTenantBefore202() {
        HttpResponse<String> answer = sender.gitHub("72d3162e-cc78-11e3", Sender.push(GITOPS, "dev"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"id\" : \"github-72d3162e-cc78-11e3\"");
        assertThat(only().event().type()).isEqualTo("branch.pushed");
        assertThat(only().event().tenant()).isEqualTo("orders");
        assertThat(only().event().data()).containsEntry("branch", "dev").containsEntry("by", "ann");
    }

    @Test
    void aDeliveryIsPartOfItsSendersTraceOrBeginsOne() {
        String push = Sender.push(GITOPS, "dev");
        TraceParent theirs = new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        Map<String, String> bearer = Map.of("Authorization", "Bearer " + Sender.SECRET);
        Map<String, String> traced = new HashMap<>(bearer);
        traced.put("traceparent", theirs.value());
        String rollout = "{\"application\":\"a\",\"namespace\":\"b\",\"health\":\"Healthy\"}";
        assertThat(sender.post("argocd", rollout, traced).statusCode()).isEqualTo(202);
        assertThat(sender.gitHub("one", push).statusCode()).isEqualTo(202);
        traced.put("Authorization", "Bearer somebody");
        assertThat(sender.post("argocd", rollout, traced).statusCode()).isEqualTo(401);
        assertThat(tracing.ended())
                .extracting(RecordedTracing.Ended::name)
                .containsExactly("hook argocd", "hook github");
        assertThat(tracing.ended())
                .extracting(RecordedTracing.Ended::parent)
                .containsExactly(Optional.of(theirs), Optional.empty());
        assertThat(log.after(0, 10))
                .extracting(stored -> stored.event().data().get("traceparent"))
                .containsExactlyElementsOf(
                        tracing.ended().stream().map(span -> span.own().value()).toList());
    }

    @Test
    void theSameDeliveryIsTheSameEventHoweverOftenItComes() {
        for (int i = 0; i < 100; i++) {
            HttpResponse<String> answer = sender.gitHub("one", Sender.push(GITOPS, "dev"));
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).contains("github-one");
        }
        only();
    }

    @Test
    void anotherRepositoryIsKeptAndPlainlyNobodys() {
        HttpResponse<String> answer = sender.gitHub("one", Sender.push("https://git.example/else.git", "dev"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("concerns no tenant", "https://git.example/else.git");
        assertThat(only().event().tenant()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab", "gitea", "bitbucket", "registry", "argocd", "cdevents"})
    void nobodyWithoutTheSecretIsHeard(String kind) {
        String body = Sender.push(GITOPS, "dev");
        for (String wrong :
                List.of("", "sha256=", "sha256=" + Sender.signature(body + " "), "Bearer ", "Bearer wrong")) {
            Map<String, String> headers = new HashMap<>();
            for (String name : List.of(
                    "X-Hub-Signature-256", "X-Hub-Signature", "X-Gitea-Signature", "X-Gitlab-Token", "Authorization")) {
                headers.put(name, wrong);
            }
            HttpResponse<String> answer = sender.post(kind, body, headers);
            assertThat(answer.statusCode()).as(kind + " " + wrong).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).doesNotContain(Sender.SECRET);
        }
        assertThat(log.last()).isZero();
    }

    @Test
    void whatIsNoSuchMessageIsRefusedPlainly() {
        String truncated = Sender.push(GITOPS, "dev").substring(0, 80);
        assertThat(sender.gitHub("1", truncated).statusCode()).isEqualTo(400);
        assertThat(sender.gitHub("2", "[]").statusCode()).isEqualTo(400);
        assertThat(sender.gitHub("3", "").statusCode()).isEqualTo(400);
        HttpResponse<String> incomplete = sender.gitHub("4", "{\"ref\":\"refs/heads/dev\"}");
        assertThat(incomplete.statusCode()).isEqualTo(400);
        assertThat(incomplete.body()).contains("/repository/clone_url");
        assertThat(sender.gitHub("5", " ".repeat(25_000_000)).statusCode()).isEqualTo(413);
        assertThat(sender.post("github", "a=b", Map.of("Content-Type", "application/x-www-form-urlencoded"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(sender.post("svn", "{}", Map.of()).statusCode()).isEqualTo(404);
        assertThat(sender.get("/hooks/github").statusCode()).isEqualTo(405);
        assertThat(sender.get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(sender.get("/api/v1/events?after=x").statusCode()).isEqualTo(400);
        assertThat(log.last()).isZero();
    }

    @Test
    void whoEndsTheConnectionEarlyLeavesNothing() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.getOutputStream()
                    .write(("POST /hooks/github HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 500\r\n\r\n{\"ref\":")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
        assertThat(log.last()).isZero();
    }

    @Test
    void eventsThatComeOutOfOrderAreKeptAsTheyCame() {
        sender.gitHub("second", Sender.push(GITOPS, "dev"));
        sender.gitHub("first", Sender.push(GITOPS, "dev"));
        assertThat(log.after(0, 10))
                .extracting(stored -> stored.event().id())
                .containsExactly("github-second", "github-first");
    }

    @Test
    void whoSendsTooFastIsAskedToWaitAndOthersAreNot() {
        try (Server slow = serve(log, 3)) {
            Sender fast = new Sender(slow.address());
            List<HttpResponse<String>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> fast.gitHub("d" + i, Sender.push(GITOPS, "dev")))
                    .filter(answer -> answer.statusCode() == 429)
                    .toList();
            assertThat(answers).isNotEmpty();
            assertThat(answers.get(0).headers().firstValue("Retry-After")).hasValue("1");
            assertThat(answers.get(0).body()).contains("3 deliveries a second", "--rate");
            assertThat(fast.signed("gitea", "g", Sender.push(GITOPS, "dev"), "application/json")
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void whenTheLogTakesNothingTheSenderIsAskedToComeBack() {
        log.close();
        HttpResponse<String> answer = sender.gitHub("1", Sender.push(GITOPS, "dev"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        log = SqliteEventLog.open(folder.resolve("events.db"), () -> Instant.MIN);
    }

    @Test
    void whoFollowsChoosesByLabelAndSeesWhetherSomethingIsMissing() {
        sender.gitHub("a", Sender.push(GITOPS, "dev"));
        sender.gitHub("b", Sender.push("https://git.example/elsewhere.git", "dev"));
        sender.signed("registry", "c", "{}", "application/json");
        String next = "\"next\" : " + log.last();
        assertThat(sender.get("/api/v1/events?tenant=orders").body())
                .contains("github-a", next, "\"gap\" : false")
                .doesNotContain("github-b", "registry-c");
        assertThat(sender.get("/api/v1/events?type=branch").body())
                .contains("github-a", "github-b")
                .doesNotContain("registry-c");
        assertThat(sender.get("/api/v1/events?type=branch.push").body()).doesNotContain("github-a");
        assertThat(sender.get("/api/v1/events?after=" + (log.last() - 1)).body())
                .contains("registry-c", "\"gap\" : false");
        // As after the loss of the folder: what this position meant is gone.
        assertThat(sender.get("/api/v1/events?after=7").body()).contains("github-a", "\"gap\" : true", next);
        assertThat(sender.get("/api/v1/events?after=" + (log.last() + 7)).body())
                .contains("\"gap\" : true", next);
    }

    /** Who comes again with what is forgotten has to begin with a snapshot; who has the newest has missed nothing. */
    @Test
    void aPositionThatIsForgottenIsToldAtOnceAndTheNewestNeverIs() {
        for (String id : List.of("a", "b", "c")) {
            sender.gitHub(id, Sender.push(GITOPS, "dev"));
        }
        oldest = clock.now().plus(Duration.ofDays(1));
        Await.until(() -> log.after(0, 10).size() == 1);
        long newest = log.last();
        for (long forgotten : List.of(newest - 2, newest - 1)) {
            assertThat(sender.get("/api/v1/events?wait=25&after=" + forgotten).body())
                    .contains("github-c", "\"gap\" : true", "\"next\" : " + newest);
        }
        assertThat(sender.get("/api/v1/events?wait=1&after=" + newest).body())
                .contains("\"events\" : [ ]", "\"gap\" : false", "\"next\" : " + newest);
    }

    @Test
    void whatIsKeptIsListedInOrderAsCloudEvents() {
        for (int i = 0; i < 5; i++) {
            sender.gitHub("d" + i, Sender.push(GITOPS, "dev"));
        }
        String first = sender.get("/api/v1/events?limit=2").body();
        assertThat(first)
                .contains("\"specversion\" : \"1.0\"", "github-d0", "github-d1", "\"next\" : " + (log.last() - 3));
        assertThat(sender.get("/api/v1/events?limit=100&after=" + (log.last() - 3))
                        .body())
                .contains("github-d2", "github-d4")
                .doesNotContain("github-d1");
    }

    @Test
    void aPushToThePlatformMakesANewTenantKnown() {
        String gitops = "https://git.example/billing-gitops.git";
        assertThat(sender.gitHub("1", Sender.push(gitops, "dev")).body()).contains("concerns no tenant");
        metadata.put("tenants/billing.yaml", tenant("billing", gitops));
        sender.gitHub("2", Sender.push("git@git.example:platform.git", "main"));
        AtomicInteger sent = new AtomicInteger(2);
        Await.until(() -> !sender.gitHub("" + sent.incrementAndGet(), Sender.push(gitops, "dev"))
                .body()
                .contains("concerns no tenant"));
    }

    @Test
    void filesThatAreBrokenAreToldAndWhatWasKnownStays() {
        metadata.put("tenants/billing.yaml", "tenant: [");
        sender.gitHub("1", Sender.push(PLATFORM, "main"));
        Await.until(() -> !untold.isEmpty());
        assertThat(untold).hasSize(1);
        assertThat(sender.gitHub("2", Sender.push(GITOPS, "dev")).body()).doesNotContain("concerns no tenant");
    }

    @Test
    void whatAProxyHandsOnSeesNoTenantsEvents() {
        sender.gitHub("d", Sender.push(GITOPS, "dev"));
        for (String header : List.of("X-Forwarded-For", "Forwarded", "Via")) {
            HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/api/v1/events"))
                    .header(header, "1.1 proxy")
                    .build();
            HttpResponse<String> answer = sender.send(request);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("orders");
        }
    }

    @Test
    void operatorsSeeHowItIs() {
        sender.gitHub("d", Sender.push(GITOPS, "dev"));
        sender.post("github", "{}", Map.of());
        assertThat(sender.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(sender.get("/readyz").statusCode()).isEqualTo(200);
        assertThat(sender.get("/metrics").body())
                .contains(
                        "imaas_hook_deliveries_total{kind=\"github\",result=\"accepted\"} 1.0",
                        "imaas_hook_deliveries_total{kind=\"github\",result=\"refused\"} 1.0",
                        "imaas_intake_seconds_count 1",
                        "imaas_events_waiting 0.0",
                        "imaas_tenants 1.0",
                        "imaas_tenants_unread 1.0",
                        "imaas_inbox_items{kind=\"failing\"} 0.0",
                        "imaas_events_last_position " + (double) log.last());
    }

    @Test
    void whoFollowsIsAnsweredWhenSomethingWithItsLabelsHappens() throws Exception {
        sender.gitHub("a", Sender.push(GITOPS, "dev"));
        assertThat(only().event().data()).containsEntry("environment", "dev").containsEntry("server", "git.example");
        String prod = "/api/v1/events?environment=prod&server=git.example&after=" + log.last();
        CompletableFuture<HttpResponse<String>> waits =
                CompletableFuture.supplyAsync(() -> sender.get(prod + "&wait=25"));
        sender.gitHub("b", Sender.push("https://git.example/elsewhere.git", "prod"));
        sender.gitHub("c", Sender.push(GITOPS, "rendered/prod"));
        assertThat(waits.get(1, TimeUnit.MINUTES).body())
                .contains("rendered/prod")
                .doesNotContain("elsewhere");
        assertThat(sender.get("/api/v1/events?server=git.other&after=0&wait=1").body())
                .contains("\"events\" : [ ]", "\"next\" : " + log.last());
        assertThat(sender.get(prod + "&limit=0&wait=25").body()).contains("\"events\" : [ ]");
    }

    @Test
    void aStopAnswersWhoFollows() throws Exception {
        CompletableFuture<HttpResponse<String>> waits =
                CompletableFuture.supplyAsync(() -> sender.get("/api/v1/events?wait=25"));
        Await.until(() -> server.javalin.jettyServer().server().getConnectors()[0].getConnectedEndPoints().stream()
                .anyMatch(client -> !HeadDeadline.hasNoRequest(client)));
        server.close();
        assertThat(waits.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
    }

    @Test
    void whoAsksWhileItStopsIsAnsweredAtOnce() {
        Repeating timer = new Repeating("followers", failure -> {});
        Followers followers = new Followers(new Hub(log, keeper), timer);
        timer.close();
        followers.close();
        Visitor anybody = new Visitor(new Actor("@ann", Actor.Proof.TOKEN, List.of()), Set.of(), Set.of());
        assertThat(followers.next(
                        anybody, 0, Duration.ofMinutes(5), after -> new Timeline.Part(List.of(), after, false)))
                .isCompleted();
    }
}
