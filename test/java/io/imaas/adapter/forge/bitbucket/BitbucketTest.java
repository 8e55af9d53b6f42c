package io.imaas.adapter.forge.bitbucket;

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
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pull requests and a repository's setup, against the published description of Bitbucket Data Center. */
class BitbucketTest {
    private static final BranchName CHANGE = new BranchName("imaas/to-prod/x");
    private static final BranchName PROD = new BranchName("prod");
    private static final CommitId HEAD = new CommitId("1".repeat(40));
    private static final CommitId MERGE = new CommitId("2".repeat(40));
    private static final String REPOS = "/rest/api/latest/projects/ACME/repos";
    private static final String RULES = "/rest/branch-permissions/2.0/projects/ACME/repos/orders/restrictions";

    private final Forges forges = new Forges(new ManualClock("2026-01-05T10:00:00Z"));
    private FakeForge server;
    private PullRequests pulls;
    private RepositorySetup setup;

    @BeforeEach
    void start() throws IOException {
        server = new FakeForge("bitbucket", REPOS + "/orders/", Map.of("X-AUSERNAME", "imaas"));
        server.answer("GET /rest/api/latest/application-properties", "{\"displayName\":\"Bitbucket\"}");
        pulls = forges.pullRequests(server.repository("/scm/ACME/orders.git"), server.login())
                .orElseThrow();
        setup = forges.setup(server.repository("/scm/ACME/orders.git"), server.login(), true)
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        forges.close();
        server.close();
    }

    private static String pull(String state) {
        return ("{'id':7,'version':4,'state':'" + state + "','title':'Promote','description':'words','fromRef':{'id':"
                        + "'refs/heads/imaas/to-prod/x','latestCommit':'" + HEAD
                        + "'},'toRef':{'id':'refs/heads/prod'},"
                        + "'reviewers':[{'user':{'name':'ann'},'status':'APPROVED','lastReviewedCommit':'" + HEAD
                        + "'},"
                        + "{'user':{'name':'bob'},'status':'UNAPPROVED'}],'properties':{'mergeCommit':{'id':'" + MERGE
                        + "'}},'links':{'self':[{'href':'https://git.example.org/7'}]}}")
                .replace('\'', '"');
    }

    @Test
    void aPullRequestIsOpenedAndThenFoundAndKeepsItsReviewers() {
        String intoFork = pull("OPEN").replace("\"toRef\":{", "\"toRef\":{\"repository\":{\"id\":9},");
        assertThat(intoFork).isNotEqualTo(pull("OPEN"));
        server.answer("GET pull-requests?", "{\"values\":[" + intoFork + "],\"isLastPage\":true}");
        server.answer("POST pull-requests", pull("OPEN"));
        assertThat(pulls.open(CHANGE, PROD, "Promote", "words").url()).isEqualTo("https://git.example.org/7");
        server.answer("GET pull-requests?", "{\"values\":[" + pull("OPEN") + "],\"isLastPage\":true}");
        server.answer("GET pull-requests/7", pull("OPEN"));
        server.answer("PUT pull-requests/7", pull("OPEN"));
        pulls.open(CHANGE, PROD, "Promote", "words");
        pulls.open(CHANGE, PROD, "Promote", "other words");
        assertThat(server.writes).containsExactly("POST pull-requests", "PUT pull-requests/7");
        assertThat(server.bodies.get(1).at("/reviewers/0/user/name").asText()).isEqualTo("ann");
    }

    @Test
    void reviewsAndMergesSayWhoAndWhen() {
        server.answer("GET pull-requests/7", pull("MERGED"));
        server.answer(
                "GET pull-requests/7/activities",
                ("{'values':[{'action':'MERGED','user':{'name':'cid'},'createdDate':1767610000000},"
                                + "{'action':'APPROVED','user':{'name':'bob'},'createdDate':1767605000000},"
                                + "{'action':'APPROVED','user':{'name':'ann'},'createdDate':1767600000000}],"
                                + "'isLastPage':true}")
                        .replace('\'', '"'));
        assertThat(pulls.reviews(7))
                .containsExactly(new PullRequests.Review("ann", true, HEAD, Instant.parse("2026-01-05T08:00:00Z")));

        server.answer(
                "GET commits/" + MERGE + "/pull-requests", "{\"values\":[" + pull("MERGED") + "],\"isLastPage\":true}");
        assertThat(pulls.mergedAs(MERGE)).contains(new PullRequests.Merge(7, HEAD, "cid"));
        server.answer(
                "GET commits/" + HEAD + "/pull-requests", "{\"values\":[" + pull("MERGED") + "],\"isLastPage\":true}");
        assertThat(pulls.mergedAs(HEAD)).as("a commit of the pull request").isEmpty();
    }

    @Test
    void whatIsReadyIsMergedAndAVetoIsWaitedFor() {
        server.answer("GET pull-requests/7", pull("OPEN"));
        server.answer("GET pull-requests/7/merge", "{\"canMerge\":true,\"conflicted\":false}");
        server.answer("POST pull-requests/7/merge?version=4", pull("MERGED"));
        assertThat(pulls.mergeWhenAllowed(7, HEAD)).contains(MERGE);
        server.answer("GET pull-requests/7/merge", "{\"canMerge\":false,\"conflicted\":false}");
        server.answer("POST pull-requests/7/merge?version=4", pull("OPEN"));
        assertThat(pulls.mergeWhenAllowed(7, HEAD)).isEmpty();
        assertThat(server.bodies.get(1).path("autoMerge").asBoolean()).isTrue();
        server.answer("GET pull-requests/7/merge", "{\"canMerge\":false,\"conflicted\":true}");
        assertThatThrownBy(() -> pulls.mergeWhenAllowed(7, HEAD)).hasMessageContaining("do not go together");
    }

    @Test
    void commentsStatusesAndDeploymentsAreWrittenOnceEach() {
        server.answer("GET pull-requests/7/activities", "{\"values\":[],\"isLastPage\":true}");
        server.answer("POST pull-requests/7/comments", "{\"id\":1}");
        pulls.comment(7, "plan", "a line\n".repeat(10_000));
        assertThat(server.bodies.get(0).path("text").asText())
                .startsWith("[//]: # (plan)\na line\n")
                .contains("The rest is left out here");
        server.answer(
                "GET pull-requests/7/activities",
                "{\"values\":[{\"action\":\"OPENED\"},{\"action\":\"COMMENTED\",\"comment\":{\"id\":1,\"version\":3,"
                        + "\"text\":\"[//]: # (plan)\\nfirst\"}}],\"isLastPage\":true}");
        server.answer("PUT pull-requests/7/comments/1", "{\"id\":1}");
        pulls.comment(7, "plan", "first");
        pulls.comment(7, "plan", "second");
        assertThat(server.bodies.get(1).path("version").asInt()).isEqualTo(3);

        server.answer("POST commits/" + HEAD + "/builds", "");
        pulls.status(HEAD, "imaas/check", State.SUCCESS, "good", "");
        server.answer(
                "GET commits/" + HEAD + "/builds",
                "{\"state\":\"SUCCESSFUL\",\"description\":\"good\",\"url\":\"" + server.root()
                        + "/projects/ACME/repos/orders\"}");
        pulls.status(HEAD, "imaas/check", State.SUCCESS, "good", "");

        server.answer("POST commits/" + HEAD + "/deployments", "{}");
        pulls.deployed(new Deployment(HEAD, "orders/prod/api", State.SUCCESS, "live", ""));
        server.answer("GET commits/" + HEAD + "/deployments", "{\"state\":\"SUCCESSFUL\"}");
        pulls.deployed(new Deployment(HEAD, "orders/prod/api", State.SUCCESS, "live", ""));

        assertThat(server.writes)
                .containsExactly(
                        "POST pull-requests/7/comments",
                        "PUT pull-requests/7/comments/1",
                        "POST commits/" + HEAD + "/builds",
                        "POST commits/" + HEAD + "/deployments");
    }

    @Test
    void aRepositoryIsMadeAndOnlyTheMissingRestrictionsAreAdded() {
        server.answer("POST " + REPOS, "{}");
        server.answer("POST " + RULES, "[]");
        server.answer("POST webhooks", "{\"id\":1}");
        server.answer("GET " + RULES, "{\"values\":[]}");
        assertThat(setup.create("made by a test").kind()).isEqualTo(Kind.CREATED);
        BranchProtection rendered = BranchProtection.orchestratorAlone("rendered/*");
        assertThat(setup.protect(rendered).kind()).isEqualTo(Kind.CREATED);
        assertThat(setup.webhook(URI.create("https://ci.example.org/hook"), new Secret("s"))
                        .kind())
                .isEqualTo(Kind.CREATED);
        server.answer(
                "GET " + RULES,
                ("{'values':[" + rule("fast-forward-only", "") + "," + rule("no-deletes", "") + ","
                                + rule("read-only", "{'name':'imaas'},{'name':'eve'}") + "]}")
                        .replace('\'', '"'));
        assertThat(setup.gaps(rendered)).containsExactly("others than the orchestrator may push");
        assertThat(setup.protect(rendered).kind()).isEqualTo(Kind.UPDATED);
        assertThat(server.bodies.get(3)).hasSize(1);
        assertThat(server.bodies.get(3).at("/0/users/0").asText()).isEqualTo("imaas");

        server.answer(
                "GET " + RULES,
                ("{'values':[" + rule("fast-forward-only", "") + "," + rule("no-deletes", "") + ","
                                + rule("read-only", "{'name':'imaas'}")
                                        .replace("]}", "],'accessKeys':[{'key':{'id':3}}]}")
                                + "]}")
                        .replace('\'', '"'));
        assertThat(setup.gaps(rendered))
                .as("a deploy key that may push as well")
                .containsExactly("others than the orchestrator may push");

        assertThat(setup.branches()).isEmpty();
        server.answer("GET branches", "{\"values\":[{\"displayId\":\"dev\"}],\"isLastPage\":true}");
        assertThat(setup.branches()).containsExactly("dev");
        server.answer("DELETE " + REPOS + "/orders", "{}");
        assertThat(setup.remove().kind()).isEqualTo(Kind.DELETED);
        assertThat(server.writes).last().isEqualTo("DELETE " + REPOS + "/orders");
    }

    private static String rule(String type, String users) {
        return "{'type':'" + type + "','matcher':{'id':'rendered/*'},'users':[" + users + "],'groups':[]}";
    }
}
