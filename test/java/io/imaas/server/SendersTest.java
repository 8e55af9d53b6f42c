package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever sends: forges, registries, Argo CD and senders of CDEvents, each in its own words. */
class SendersTest extends HooksWorld {
    private static final String ZEROS = "0".repeat(40);
    private static final String SHA = "a".repeat(40);

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
        int tooMuch = kind.equals("github") ? 25_000_000 : Intake.MAX_BYTES;
        String large = body.substring(0, body.length() - 1) + ",\"pad\":\"" + " ".repeat(tooMuch) + "\"}";
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
                "\"pkg:oci/x@%zz\"",
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
}
