package io.imaas.adapter.forge.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.forge.FakeForge;
import io.imaas.adapter.forge.Forges;
import io.imaas.model.failure.Effect.Kind;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.CommitId;
import io.imaas.port.PullRequests;
import io.imaas.port.PullRequests.Deployment;
import io.imaas.port.PullRequests.State;
import io.imaas.port.RepositorySetup;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Merge requests and a project's setup, against GitLab's published description. */
class GitLabTest {
    private static final BranchName CHANGE = new BranchName("imaas/to-prod/x");
    private static final BranchName PROD = new BranchName("prod");
    private static final CommitId HEAD = new CommitId("1".repeat(40));
    private static final CommitId MERGE = new CommitId("2".repeat(40));
    private static final String BASE = "/api/v4/projects/acme%2Fteam%2Forders/";

    private final Forges forges = new Forges(new ManualClock("2026-01-05T10:00:00Z"));
    private FakeForge server;
    private PullRequests pulls;
    private RepositorySetup setup;

    @BeforeEach
    void start() throws IOException {
        server = new FakeForge("gitlab", BASE, Map.of("X-Gitlab-Meta", "{}"));
        pulls = forges.pullRequests(server.repository("/acme/team/orders.git"), server.login())
                .orElseThrow();
        setup = forges.setup(server.repository("/acme/team/orders.git"), server.login(), true)
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        forges.close();
        server.close();
    }

    private static String request(String status) {
        return ("{'iid':7,'web_url':'https://git.example.org/7','state':'opened','title':'Promote','description':'words',"
                        + "'sha':'" + HEAD + "','merge_commit_sha':null,'detailed_merge_status':'" + status + "'}")
                .replace('\'', '"');
    }

    private static String merged() {
        return request("not_open")
                .replace("\"opened\"", "\"merged\"")
                .replace("\"merge_commit_sha\":null", "\"merge_commit_sha\":\"" + MERGE + "\"");
    }

    @Test
    void aMergeRequestIsOpenedAndThenFoundAndOnlyItsWordsChange() {
        String ofFork =
                request("checking").replace("{\"iid\":7", "{\"iid\":6,\"source_project_id\":9,\"target_project_id\":1");
        server.answer("GET merge_requests?", "[" + ofFork + "]");
        server.answer("POST merge_requests", request("checking"));
        assertThat(pulls.open(CHANGE, PROD, "Promote", "words").number()).isEqualTo(7);
        server.answer("GET merge_requests?", "[" + ofFork + "," + request("checking") + "]");
        server.answer("PUT merge_requests/7", request("checking"));
        pulls.open(CHANGE, PROD, "Promote", "words");
        pulls.open(CHANGE, PROD, "Promote", "other words");
        assertThat(server.writes).containsExactly("POST merge_requests", "PUT merge_requests/7");
    }

    @Test
    void whatIsReadyIsMergedAndWhatIsHeldBackIsMergedLater() {
        server.answer("GET merge_requests/7", request("mergeable"));
        server.answer("PUT merge_requests/7/merge", merged());
        assertThat(pulls.mergeWhenAllowed(7, HEAD)).contains(MERGE);
        assertThat(server.bodies.get(0).path("auto_merge").asBoolean()).isFalse();

        server.answer("GET merge_requests/7", request("not_approved"));
        server.answer("PUT merge_requests/7/merge", request("not_approved"));
        assertThat(pulls.mergeWhenAllowed(7, HEAD)).isEmpty();
        assertThat(server.bodies.get(1).path("auto_merge").asBoolean()).isTrue();

        server.answer("GET merge_requests/7", request("conflict"));
        assertThatThrownBy(() -> pulls.mergeWhenAllowed(7, HEAD)).hasMessageContaining("do not go together");
        server.answer("GET merge_requests/7", merged());
        assertThat(pulls.mergeWhenAllowed(7, HEAD)).contains(MERGE);
    }

    @Test
    void commentsStatusesAndDeploymentsAreWrittenOnceEach() {
        server.answer("GET merge_requests/7/notes", "[]");
        server.answer("POST merge_requests/7/notes", "{\"id\":1,\"body\":\"\"}");
        pulls.comment(7, "plan", "first");
        server.answer("GET merge_requests/7/notes", "[{\"id\":1,\"body\":\"<!-- plan -->\\nfirst\"}]");
        server.answer("PUT merge_requests/7/notes/1", "{\"id\":1,\"body\":\"\"}");
        pulls.comment(7, "plan", "first");
        pulls.comment(7, "plan", "second");

        server.answer("GET repository/commits/" + HEAD + "/statuses", "[]");
        server.answer("POST statuses/" + HEAD, "{}");
        pulls.status(HEAD, "imaas/check", State.FAILURE, "x".repeat(300), "");
        server.answer(
                "GET repository/commits/" + HEAD + "/statuses",
                "[{\"status\":\"failed\",\"name\":\"imaas/check\",\"description\":\"bad\",\"target_url\":null}]");
        pulls.status(HEAD, "imaas/check", State.FAILURE, "bad", "");

        server.answer("GET deployments", "[]");
        server.answer("POST deployments", "{\"id\":1}");
        pulls.deployed(new Deployment(HEAD, "orders/prod/api", State.PENDING, "syncing", ""));
        server.answer("GET deployments", "[{\"id\":1,\"status\":\"running\",\"sha\":\"" + HEAD + "\"}]");
        server.answer("PUT deployments/1", "{\"id\":1}");
        pulls.deployed(new Deployment(HEAD, "orders/prod/api", State.SUCCESS, "live", ""));

        assertThat(server.writes)
                .containsExactly(
                        "POST merge_requests/7/notes",
                        "PUT merge_requests/7/notes/1",
                        "POST statuses/" + HEAD,
                        "POST deployments",
                        "PUT deployments/1");
    }

    @Test
    void anApprovalIsOfWhatTheRequestHeldThen() {
        server.answer(
                "GET merge_requests/7/versions",
                ("[{'head_commit_sha':'" + HEAD + "','created_at':'2026-01-05T10:30:00.000Z'},{'head_commit_sha':'"
                                + MERGE + "','created_at':'2026-01-05T09:00:00.000Z'}]")
                        .replace('\'', '"'));
        server.answer(
                "GET merge_requests/7/approvals",
                ("{'approved_by':[{'user':{'username':'ann'},'approved_at':'2026-01-05T10:00:00.000Z'},"
                                + "{'user':{'username':'bob'},'approved_at':'2026-01-05T11:00:00.000Z'},"
                                + "{'user':{'username':'cid'},'approved_at':null}]}")
                        .replace('\'', '"'));
        assertThat(pulls.reviews(7))
                .extracting(review -> review.author() + " " + review.commit())
                .containsExactly("ann " + MERGE, "bob " + HEAD, "cid null");
    }

    @Test
    void whatARequestWasMergedAsLeadsBackToIt() {
        server.answer("GET repository/commits/" + MERGE + "/merge_requests", "[" + request("mergeable") + "]");
        assertThat(pulls.mergedAs(MERGE)).isEmpty();
        server.answer(
                "GET repository/commits/" + MERGE + "/merge_requests",
                "[" + merged().replaceFirst("}$", ",\"merge_user\":{\"username\":\"ann\"}}") + "]");
        assertThat(pulls.mergedAs(MERGE)).contains(new PullRequests.Merge(7, HEAD, "ann"));
    }

    @Test
    void aWebHookIsSetAgainOnlyWithAnotherSecret() {
        URI target = URI.create("https://ci.example.org/hook");
        server.answer("POST hooks", "{\"id\":1}");
        server.answer("PUT hooks/1", "{\"id\":1}");
        setup.webhook(target, new Secret("s"));
        String marked = server.bodies.get(0).path("url").asText();
        assertThat(marked).matches("https://ci.example.org/hook\\?key=[0-9a-f]{4}");

        server.answer("GET hooks", "[{\"id\":1,\"url\":\"" + marked + "\"}]");
        assertThat(setup.webhook(target, new Secret("s")).kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(setup.webhook(target, new Secret("t")).kind()).isEqualTo(Kind.UPDATED);
        assertThat(server.writes).containsExactly("POST hooks", "PUT hooks/1");
    }

    @Test
    void aProjectIsMadeProtectedAndItsRightsRead() {
        server.answer("GET /api/v4/namespaces", "[{\"id\":3,\"full_path\":\"acme/team\"}]");
        server.answer("POST /api/v4/projects", "{\"id\":9}");
        server.answer("POST protected_branches", "{\"name\":\"rendered/*\"}");
        server.answer("POST hooks", "{\"id\":1}");
        assertThat(setup.create("made by a test").kind()).isEqualTo(Kind.CREATED);
        BranchProtection rendered = BranchProtection.orchestratorAlone("rendered/*");
        assertThat(setup.protect(rendered).kind()).isEqualTo(Kind.CREATED);
        assertThat(setup.webhook(URI.create("https://ci.example.org/hook"), new Secret("s"))
                        .kind())
                .isEqualTo(Kind.CREATED);

        String rule =
                "[{\"name\":\"rendered/*\",\"allow_force_push\":false,\"push_access_levels\":[{\"access_level\":%d}]}]";
        server.answer("GET protected_branches", rule.formatted(40));
        assertThat(setup.gaps(rendered)).isEmpty();
        server.answer("GET protected_branches", rule.formatted(30));
        assertThat(setup.gaps(rendered)).containsExactly("others than the orchestrator may push");
        assertThatThrownBy(() -> setup.protect(rendered)).hasMessageContaining("take the rule away");
        server.answer("GET /api/v4/personal_access_tokens/self", "{\"scopes\":[\"api\"],\"user_id\":7}");
        String one = "[{\"name\":\"rendered/*\",\"push_access_levels\":[{\"access_level\":40,\"%s\":%d}]}]";
        server.answer("GET protected_branches", one.formatted("user_id", 7));
        assertThat(setup.gaps(rendered)).as("the orchestrator by name").isEmpty();
        for (String other :
                List.of(one.formatted("user_id", 8), one.formatted("group_id", 7), one.formatted("deploy_key_id", 7))) {
            server.answer("GET protected_branches", other);
            assertThat(setup.gaps(rendered)).as(other).containsExactly("others than the orchestrator may push");
        }
        server.answer(
                "GET protected_branches",
                rule.formatted(40).replace("}]}]", "}],\"merge_access_levels\":[{\"access_level\":30}]}]"));
        assertThat(setup.gaps(rendered)).containsExactly("others than the orchestrator may merge");
        String two = "[{\"name\":\"rendered/*\",\"push_access_levels\":[{\"access_level\":40}]},"
                + "{\"name\":\"%s\",\"push_access_levels\":[{\"access_level\":%d}]}]";
        for (String other : List.of("*", "rendered/prod", "r*")) {
            server.answer("GET protected_branches", two.formatted(other, 0));
            assertThat(setup.gaps(rendered)).as(other).isEmpty();
            server.answer("GET protected_branches", two.formatted(other, 30));
            assertThat(setup.gaps(rendered)).containsExactly("the rule " + other + " lets others push or merge");
        }
        server.answer("GET protected_branches", two.formatted("dev", 30));
        assertThat(setup.gaps(rendered)).isEmpty();
        server.answer("GET protected_branches", two.formatted("*", 30));
        assertThatThrownBy(() -> setup.protect(rendered)).hasMessageContaining("take the rule away");

        server.answer("GET /api/v4/personal_access_tokens/self", "{\"scopes\":[\"api\"]}");
        server.answer(
                "GET /api/v4/projects/acme%2Fteam%2Forders",
                "{\"id\":9,\"permissions\":{\"project_access\":{\"access_level\":30},\"group_access\":null}}");
        assertThat(setup.rights()).extracting(right -> right.held()).containsExactly(true, false, false);
        assertThat(setup.create("made by a test").kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(server.writes).isEqualTo(List.of("POST /api/v4/projects", "POST protected_branches", "POST hooks"));

        assertThat(setup.branches()).isEmpty();
        server.answer("GET repository/branches", "[{\"name\":\"dev\"},{\"name\":\"rendered/dev\"}]");
        assertThat(setup.branches()).containsExactly("dev", "rendered/dev");
        server.answer("DELETE /api/v4/projects/acme%2Fteam%2Forders", "{\"message\":\"202 Accepted\"}");
        assertThat(setup.remove().kind()).isEqualTo(Kind.DELETED);
        assertThat(server.writes).last().isEqualTo("DELETE /api/v4/projects/acme%2Fteam%2Forders");
    }
}
