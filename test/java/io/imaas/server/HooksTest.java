package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.hub.CatalogKeeper;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.request.Requests;
import io.imaas.app.view.Views;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.event.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.EventLog;
import io.imaas.testing.Await;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HooksTest {
    private static final String GITOPS = "https://git.example/orders-gitops.git";
    private static final String PLATFORM = "https://git.example/platform.git";
    private static final String ZEROS = "0".repeat(40);
    private static final String SHA = "a".repeat(40);

    @TempDir
    Path folder;

    private final Map<String, String> metadata = new ConcurrentHashMap<>(Map.of(
            "platform.yaml",
            "platform: acme\nregistries: [registry.example/imaas]\n",
            "tenants/orders.yaml",
            tenant("orders", GITOPS)));
    private final Queue<FailureException> untold = new ConcurrentLinkedQueue<>();
    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private CatalogCache catalog;
    private EventLog log;
    private CatalogKeeper keeper;
    private Server server;
    private Sender sender;

    private static String tenant(String name, String gitops) {
        return "tenant: " + name + "\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: " + gitops
                + "\nquota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}, {name: prod}]"
                + "\nservices:\n  - {name: api, type: gateway, repository: 'https://git.example/" + name
                + "-api.git'}\n";
    }

    @BeforeEach
    void start() {
        log = SqliteEventLog.open(folder.resolve("events.db"));
        catalog = new CatalogCache(() -> CatalogReader.read(metadata).orThrow());
        catalog.refresh();
        keeper = new CatalogKeeper(catalog, new RepositoryUrl(PLATFORM), Duration.ofHours(1), untold::add);
        server = serve(log, 1_000);
        sender = new Sender(server.address());
    }

    private Server serve(EventLog events, int rate) {
        return Server.start(
                new ServerSettings("127.0.0.1", 0, new Secret(Sender.SECRET), rate, Optional::empty),
                new Served(
                        new Hub(events, keeper),
                        new Views(events, catalog, none -> null, clock, untold::add),
                        new Requests(catalog, none -> null, events, clock),
                        clock,
                        Map::of));
    }

    @AfterEach
    void stop() {
        server.close();
        keeper.close();
        log.close();
    }

    private StoredEvent only() {
        List<StoredEvent> all = log.after(0, 10);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

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

    /** What each sender tells of the tenant orders. */
    private static final Map<String, String> TOLD = Map.of(
            "github",
            Sender.push(GITOPS, "dev"),
            "gitea",
            Sender.push(GITOPS, "dev"),
            "gitlab",
            "{\"ref\":\"refs/heads/dev\",\"before\":\"" + ZEROS + "\",\"after\":\"" + SHA
                    + "\",\"project\":{\"git_http_url\":\"" + GITOPS + "\"}}",
            "bitbucket",
            "{\"repository\":{\"links\":{\"clone\":[{\"href\":\"" + GITOPS + "\"}]}},\"changes\":["
                    + change("refs/heads/dev", SHA) + "]}",
            "registry",
            "{\"events\":[{\"action\":\"push\",\"target\":{\"repository\":\"imaas/orders/api\","
                    + "\"digest\":\"sha256:1\",\"tag\":\"1.0\"},\"request\":{\"host\":\"registry.example\"}}]}",
            "argocd",
            "{\"application\":\"order-api\",\"namespace\":\"orders-prod\",\"health\":\"Degraded\"}",
            "cdevents",
            cdEvent(
                    "one",
                    "artifact.published.0.2.0",
                    "pkg:oci/api@sha256%3A" + "a".repeat(64)
                            + "?repository_url=registry.example/imaas/orders/api&tag=1.0",
                    "{}"));

    private static String cdEvent(String id, String type, String subject, String content) {
        return "{\"context\":{\"id\":\"" + id + "\",\"source\":\"/tekton\",\"type\":\"dev.cdevents." + type
                + "\"},\"subject\":{\"id\":\"" + subject + "\",\"content\":" + content + "}}";
    }

    @Test
    void theSameCdEventIsTheSameInBothModes() {
        String event = TOLD.get("cdevents");
        sender.signed("cdevents", "", event, "application/json");
        String structured = "{\"specversion\":\"1.0\",\"id\":\"one\",\"source\":\"/tekton\",\"type\":"
                + "\"dev.cdevents.artifact.published.0.2.0\",\"datacontenttype\":\"application/json\",\"data\":" + event
                + "}";
        assertThat(sender.signed("cdevents", "", structured, "application/cloudevents+json")
                        .statusCode())
                .isEqualTo(202);
        assertThat(only().event().type()).isEqualTo("image.pushed");
        assertThat(only().event().subject()).isEqualTo("registry.example/imaas/orders/api");
        assertThat(only().event().data())
                .containsEntry("digest", "sha256:" + "a".repeat(64))
                .containsEntry("tag", "1.0");
    }

    @Test
    void whatCdEventsTellIsHeardAsWhatOthersTell() {
        String repository = "{\"repository\":{\"source\":\"https://git.example\",\"id\":\"orders-gitops.git\"}}";
        String environment = "{\"environment\":{\"id\":\"orders-prod\"}}";
        Map<String, String> told = new LinkedHashMap<>();
        told.put(cdEvent("1", "branch.created.0.3.0", "dev", repository), "branch.pushed");
        told.put(cdEvent("2", "change.merged.0.3.0", "7", repository), "pull-request.merged");
        told.put(cdEvent("3", "service.upgraded.0.2.0", "api", environment), "rollout.succeeded");
        told.put(cdEvent("4", "incident.detected.0.3.0", "i", environment), "rollout.degraded");
        told.put(cdEvent("5", "taskrun.started.0.3.0", "t", "{}"), "delivery.received");
        told.keySet().forEach(body -> sender.signed("cdevents", "", body, "application/json"));
        assertThat(log.after(0, 10))
                .extracting(stored -> stored.event().type())
                .containsExactlyElementsOf(told.values());
        assertThat(log.after(0, 4))
                .allSatisfy(stored -> assertThat(stored.event().tenant()).isEqualTo("orders"));
        assertThat(sender.signed("cdevents", "", cdEvent("6", "x", "y", "{}"), "application/json")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab", "gitea", "bitbucket", "registry", "argocd", "cdevents"})
    void everyHookTakesWhatIsRightOnceAndRefusesWhatIsNot(String kind) {
        String body = TOLD.get(kind);
        for (int i = 0; i < 100; i++) {
            HttpResponse<String> answer = sender.signed(kind, "one", body, "application/json");
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).contains("\"id\" : \"" + kind + "-").doesNotContain("concerns no tenant");
        }
        assertThat(only().event().tenant()).isEqualTo("orders");
        String cut = body.substring(0, body.length() / 2);
        assertThat(sender.signed(kind, "2", cut, "application/json").statusCode())
                .isEqualTo(400);
        assertThat(sender.signed(kind, "3", "[1]", "application/json").statusCode())
                .isEqualTo(400);
        assertThat(sender.signed(kind, "4", body, "text/plain").statusCode()).isEqualTo(415);
        String large = body.substring(0, body.length() - 1) + ",\"pad\":\"" + " ".repeat(25_000_000) + "\"}";
        assertThat(sender.signed(kind, "5", large, "application/json").statusCode())
                .isEqualTo(413);
        String elsewhere =
                body.replace("\"one\"", "\"6\"").replace("orders", "nobody").replace("order-api", "x");
        assertThat(sender.signed(kind, "6", elsewhere, "application/json").body())
                .contains("concerns no tenant");
        assertThat(log.after(0, 10)).hasSize(2);
    }

    /** Signed, and not as its sender makes it: a value is missing, of another type, huge, or deep in others. */
    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab", "gitea", "bitbucket", "registry", "argocd", "cdevents"})
    void noSignedMessageBreaksIt(String kind) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> junk = List.of(
                "null",
                "7",
                "true",
                "\"\"",
                "[]",
                "{}",
                "[[[{}]]]",
                "\"\\u0000\"",
                "\"" + "a".repeat(5_000) + "\"",
                "[".repeat(900) + "]".repeat(900),
                "-1e999",
                "\"../..\"");
        for (String path : paths("", json.readTree(TOLD.get(kind)))) {
            for (String each : junk) {
                ObjectNode body = (ObjectNode) json.readTree(TOLD.get(kind));
                replace(body, path, json.readTree(each));
                HttpResponse<String> answer =
                        sender.signed(kind, path + each.length(), body.toString(), "application/json");
                assertThat(answer.statusCode())
                        .as(path + " " + each + answer.body())
                        .isIn(202, 400);
            }
        }
    }

    /** JSON pointers of everything in it. */
    private static List<String> paths(String at, JsonNode node) {
        List<String> all = new ArrayList<>();
        node.properties().forEach(one -> all.add(at + "/" + one.getKey()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            all.add(at + "/" + i);
        }
        List.copyOf(all).forEach(path -> all.addAll(paths(path, node.at(path.substring(at.length())))));
        return all;
    }

    private static void replace(JsonNode body, String path, JsonNode value) {
        JsonNode parent = body.at(path.substring(0, path.lastIndexOf('/')));
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(name), value);
        }
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
        log = SqliteEventLog.open(folder.resolve("events.db"));
    }

    @Test
    void gitLabGiteaAndBitbucketTellTheSame() {
        sender.post(
                "gitlab",
                "{\"ref\":\"refs/heads/dev\",\"before\":\"" + ZEROS + "\",\"after\":\"" + SHA
                        + "\",\"user_username\":\"ann\",\"project\":{\"git_http_url\":\"" + GITOPS + "\"}}",
                Map.of("X-Gitlab-Token", Sender.SECRET, "X-Gitlab-Event", "Push Hook", "X-Gitlab-Event-UUID", "l1"));
        String gitea = Sender.push(GITOPS, "dev");
        sender.post(
                "gitea",
                gitea,
                Map.of(
                        "X-Gitea-Signature",
                        Sender.signature(gitea),
                        "X-Gitea-Event",
                        "push",
                        "X-Gitea-Delivery",
                        "t1"));
        String bitbucket = "{\"actor\":{\"name\":\"ann\"},\"repository\":{\"links\":{\"clone\":[{\"href\":\""
                + "ssh://git@git.example/orders-gitops.git\"}]}},\"changes\":["
                + change("refs/heads/dev", SHA) + "," + change("refs/heads/old", ZEROS) + ","
                + change("refs/tags/v1", SHA) + "]}";
        HttpResponse<String> answer = sender.post(
                "bitbucket",
                bitbucket,
                Map.of(
                        "X-Hub-Signature", "sha256=" + Sender.signature(bitbucket),
                        "X-Event-Key", "repo:refs_changed",
                        "X-Request-Id", "b1"));
        assertThat(answer.body()).contains("bitbucket-b1-0", "bitbucket-b1-1", "bitbucket-b1-2");
        assertThat(log.after(0, 10))
                .extracting(
                        stored -> stored.event().type() + " " + stored.event().tenant())
                .containsExactly(
                        "branch.pushed orders",
                        "branch.pushed orders",
                        "branch.pushed orders",
                        "branch.deleted orders",
                        "tag.pushed orders");
    }

    private static String change(String ref, String to) {
        return "{\"ref\":{\"id\":\"" + ref + "\"},\"fromHash\":\"" + SHA + "\",\"toHash\":\"" + to + "\"}";
    }

    @Test
    void aMergeIsAMergeAtEveryForge() {
        String gitHub = "{\"action\":\"closed\",\"repository\":{\"clone_url\":\"" + GITOPS
                + "\"},\"pull_request\":{\"merged\":true,\"number\":7,\"base\":{\"ref\":\"dev\"},\"head\":{\"sha\":\""
                + SHA
                + "\"}}}";
        sender.post(
                "github",
                gitHub,
                Map.of("X-GitHub-Event", "pull_request", "X-Hub-Signature-256", "sha256=" + Sender.signature(gitHub)));
        sender.post(
                "gitlab",
                "{\"project\":{\"git_http_url\":\"" + GITOPS
                        + "\"},\"object_attributes\":{\"iid\":7,\"action\":\"merge\","
                        + "\"target_branch\":\"dev\",\"last_commit\":{\"id\":\"" + SHA + "\"}}}",
                Map.of("X-Gitlab-Token", Sender.SECRET, "X-Gitlab-Event", "Merge Request Hook"));
        assertThat(log.after(0, 10)).hasSize(2).allSatisfy(stored -> {
            assertThat(stored.event().type()).isEqualTo("pull-request.merged");
            assertThat(stored.event().data()).containsEntry("number", "7").containsEntry("branch", "dev");
        });
    }

    @Test
    void registriesAndArgoCdAreHeard() {
        Map<String, String> bearer = Map.of(
                "Authorization",
                "Bearer " + Sender.SECRET,
                "Content-Type",
                "application/vnd.docker.distribution.events.v2+json");
        sender.post(
                "registry",
                "{\"events\":[{\"action\":\"pull\"},{\"action\":\"push\",\"target\":{\"repository\":"
                        + "\"imaas/orders/api\",\"digest\":\"sha256:1\",\"tag\":\"1.0\"},"
                        + "\"request\":{\"host\":\"registry.example\"}}]}",
                bearer);
        sender.post(
                "registry",
                "{\"type\":\"PUSH_ARTIFACT\",\"event_data\":{\"resources\":[{\"digest\":\"sha256:2\",\"tag\":\"1.1\","
                        + "\"resource_url\":\"registry.example/imaas/orders/api:1.1\"}]}}",
                Map.of("Authorization", Sender.SECRET));
        sender.post(
                "argocd",
                "{\"application\":\"order-api\",\"namespace\":\"orders-prod\",\"health\":\"Degraded\"}",
                Map.of("Authorization", "Bearer " + Sender.SECRET));
        assertThat(log.after(0, 10))
                .extracting(
                        stored -> stored.event().type() + " " + stored.event().tenant())
                .containsExactly("image.pushed orders", "image.pushed orders", "rollout.degraded orders");
    }

    @Test
    void whatIsKeptIsListedInOrderAsCloudEvents() {
        for (int i = 0; i < 5; i++) {
            sender.gitHub("d" + i, Sender.push(GITOPS, "dev"));
        }
        String first = sender.get("/api/v1/events?limit=2").body();
        assertThat(first).contains("\"specversion\" : \"1.0\"", "github-d0", "github-d1", "\"next\" : 2");
        assertThat(sender.get("/api/v1/events?after=2&limit=100").body())
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
                        "imaas_events_last_position 1.0");
    }
}
