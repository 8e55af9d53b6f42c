package io.imaas.adapter.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.forge.github.FakeGitHub.Answer;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Clock;
import io.imaas.port.Measures;
import io.imaas.port.PullRequests;
import io.imaas.port.PullRequests.Deployment;
import io.imaas.port.PullRequests.PullRequest;
import io.imaas.port.PullRequests.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubPullRequestsTest {
    private static final BranchName FROM = new BranchName("promote/orders");
    private static final BranchName PROD = new BranchName("prod");
    private static final CommitId HEAD = new CommitId("6dcb09b5b57875f334f61aebed695e2e4193db5e");

    private final TestClock clock = new TestClock();
    private final Map<String, Long> left = new HashMap<>();
    private FakeGitHub server;
    private PullRequests pulls;

    @BeforeEach
    void start() throws IOException {
        server = new FakeGitHub();
        ForgeLogin login = new ForgeLogin(name -> Optional.of(new Secret("t0ken")), "git", server.hosts());
        Measures measures = new Measures() {
            @Override
            public void callsLeft(String host, long calls) {
                left.put(host, calls);
            }
        };
        pulls = new Forges(clock, measures)
                .pullRequests(server.repository(), login)
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPullRequestIsOpenedOnceAndItsWordsKeptUpToDate() {
        PullRequest opened = pulls.open(FROM, PROD, "Promote", "the diff");
        assertThat(opened.open()).isTrue();
        assertThat(opened.mergeCommit()).isNull();
        assertThat(pulls.open(FROM, PROD, "Promote", "the diff")).isEqualTo(opened);
        pulls.open(FROM, PROD, "Promote", "another diff");

        assertThat(writes()).containsExactly("POST /repos/acme/orders/pulls", "PATCH /repos/acme/orders/pulls/1347");
        assertThat(server.requests.get(0))
                .contains("head=acme%3Apromote%2Forders")
                .contains("base=prod");
        assertThat(server.authorizations).containsOnly("Bearer t0ken");
        assertThat(pulls.find(opened.number())).contains(opened);
    }

    @Test
    void aPullRequestThatSomebodyElseJustOpenedIsFound() {
        server.next.add(new Answer(200, Map.of(), "[]"));
        server.next.add(new Answer(422, Map.of(), "{\"message\":\"A pull request already exists\"}"));
        server.pulls.add(waiting());
        assertThat(pulls.open(FROM, PROD, "Promote", "x").number()).isEqualTo(1347);
    }

    @Test
    void theCommentWithTheMarkerIsRewrittenAndOthersLeftAlone() {
        pulls.comment(7, "imaas:plan", "first");
        pulls.comment(7, "imaas:plan", "first");
        pulls.comment(7, "imaas:plan", "second");
        assertThat(writes())
                .containsExactly(
                        "POST /repos/acme/orders/issues/7/comments", "PATCH /repos/acme/orders/issues/comments/1");
        assertThat(server.comments.get(0).path("body").asText()).isEqualTo("<!-- imaas:plan -->\nsecond");
    }

    @Test
    void aStatusThatSaysNothingNewIsNotSentAgain() {
        String tooLong = "x".repeat(200);
        pulls.status(HEAD, "imaas/prod", State.PENDING, tooLong, "https://ci.example.org/1");
        pulls.status(HEAD, "imaas/prod", State.PENDING, tooLong, "https://ci.example.org/1");
        assertThat(writes()).containsExactly("POST /repos/acme/orders/statuses/" + HEAD);
        assertThat(server.statuses.get(0).path("description").asText())
                .hasSize(140)
                .endsWith("…");
        assertThat(server.statuses.get(0).path("state").asText()).isEqualTo("pending");
    }

    private ObjectNode waiting() {
        ObjectNode pull = (ObjectNode) server.example("pull-request");
        ((ObjectNode) pull.path("head")).put("sha", HEAD.value()).put("ref", FROM.value());
        ((ObjectNode) pull.path("base")).put("ref", PROD.value());
        return pull.put("merged", false).putNull("merged_at");
    }

    @Test
    void gitHubMergesByItselfWhatItsRulesStillHoldBack() {
        server.pulls.add(waiting());
        server.mergeStates.addFirst("BLOCKED");
        assertThat(pulls.mergeWhenAllowed(1347, HEAD)).isEmpty();
        assertThat(server.graphql).singleElement().satisfies(query -> {
            assertThat(query.path("query").asText()).contains("enablePullRequestAutoMerge", "mergeMethod: MERGE");
            assertThat(query.at("/variables/id").asText()).isEqualTo("MDExOlB1bGxSZXF1ZXN0MQ==");
            assertThat(query.at("/variables/head").asText()).isEqualTo(HEAD.value());
        });
    }

    @Test
    void whatIsReadyGoesIntoTheQueueOfABranchThatHasOne() {
        server.pulls.add(waiting());
        server.mergeQueue = true;
        assertThat(pulls.mergeWhenAllowed(1347, HEAD)).isEmpty();
        assertThat(server.graphql)
                .singleElement()
                .satisfies(query -> assertThat(query.path("query").asText()).contains("enqueuePullRequest"));
    }

    @Test
    void whatNothingHoldsBackIsMergedAtOnceAndARepeatedMergeFindsItself() {
        server.pulls.add(waiting());
        server.mergeStates.addFirst("UNKNOWN");
        assertThat(pulls.mergeWhenAllowed(1347, HEAD)).contains(HEAD);
        ObjectNode merged = waiting();
        merged.put("merged", true)
                .put("state", "closed")
                .put("merge_commit_sha", "e5bd3914e2e596debea16f433f57875b5b90bcd6");
        server.pulls.set(0, merged);
        assertThat(pulls.mergeWhenAllowed(1347, HEAD).orElseThrow().value()).startsWith("e5bd3914");
    }

    @Test
    void aRepositoryThatForbidsItIsTheUsersAndAMovedHeadIsConflict() {
        server.pulls.add(waiting());
        server.mergeStates.addFirst("BLOCKED");
        server.mergeStates.addFirst("BLOCKED");
        server.mergeStates.addFirst("BLOCKED");
        server.graphqlErrors.add("Pull request Auto merge is not allowed for this repository");
        assertFailure(() -> pulls.mergeWhenAllowed(1347, HEAD), FailureKind.INPUT)
                .hasMessageContaining("allow auto-merge in the repository's settings");
        assertFailure(() -> pulls.mergeWhenAllowed(1347, new CommitId("1".repeat(40))), FailureKind.CONFLICT);
    }

    @Test
    void branchesThatDoNotGoTogetherAreConflict() {
        server.pulls.add(waiting());
        server.mergeStates.addFirst("DIRTY");
        assertFailure(() -> pulls.mergeWhenAllowed(1347, HEAD), FailureKind.CONFLICT);
    }

    @Test
    void theNewestVerdictOfEachPersonCounts() {
        review("ann", "CHANGES_REQUESTED");
        review("bob", "APPROVED");
        review("ann", "COMMENTED");
        review("ann", "APPROVED");
        review("cid", "APPROVED");
        review("cid", "DISMISSED");
        assertThat(pulls.reviews(1347))
                .extracting(each -> each.author() + " " + each.approved())
                .containsExactly("ann true", "bob true");
        assertThat(pulls.reviews(1347).get(0).commit()).isEqualTo(HEAD);
        ((ObjectNode) server.reviews.get(1)).putNull("commit_id");
        assertThat(pulls.reviews(1347).get(1).commit())
                .as("GitHub may have forgotten the commit")
                .isNull();
    }

    @Test
    void aForksBranchOfTheSameNameIsNotOurs() {
        ObjectNode theirs = waiting().put("number", 1346);
        ((ObjectNode) theirs.path("head")).putObject("repo").put("id", 9);
        ((ObjectNode) theirs.path("base")).putObject("repo").put("id", 1);
        server.pulls.add(theirs);
        assertThat(pulls.open(FROM, PROD, "Promote", "x").number()).isEqualTo(1347);
        assertThat(writes()).containsExactly("POST /repos/acme/orders/pulls");
    }

    @Test
    void whatAPullRequestWasMergedAsLeadsBackToIt() {
        CommitId merge = new CommitId("e".repeat(40));
        ObjectNode pull = waiting();
        server.pulls.add(pull);
        assertThat(pulls.mergedAs(merge)).as("one that is still open").isEmpty();

        pull.put("merged", true)
                .put("merged_at", "2026-01-02T00:00:00Z")
                .put("merge_commit_sha", merge.value())
                .putObject("merged_by")
                .put("login", "ann");
        assertThat(pulls.mergedAs(merge)).contains(new PullRequests.Merge(1347, HEAD, "ann"));
        assertThat(pulls.mergedAs(HEAD)).as("a commit of the pull request").isEmpty();
    }

    private void review(String who, String state) {
        server.reviews
                .addObject()
                .put("state", state)
                .put("commit_id", HEAD.value())
                .put("submitted_at", "2026-01-01T00:00:00Z")
                .putObject("user")
                .put("login", who);
    }

    @Test
    void aDeploymentIsMadeOnceAndToldHowItGoesOn() {
        Deployment going =
                new Deployment(HEAD, "orders/prod/api", State.PENDING, "syncing", "https://ci.example.org/1");
        pulls.deployed(going);
        pulls.deployed(going);
        pulls.deployed(new Deployment(HEAD, "orders/prod/api", State.SUCCESS, "live", "https://ci.example.org/1"));
        assertThat(writes())
                .containsExactly(
                        "POST /repos/acme/orders/deployments",
                        "POST /repos/acme/orders/deployments/1/statuses",
                        "POST /repos/acme/orders/deployments/1/statuses");
        assertThat(server.deploymentStatuses.get(0).path("state").asText()).isEqualTo("success");
    }

    @Test
    void aTokenThatEndedSaysSoAndIsNotTriedAgain() {
        server.next.add(new Answer(401, Map.of(), "{\"message\":\"Bad credentials\"}"));
        assertFailure(() -> pulls.find(1), FailureKind.POLICY).hasMessageContaining("the token has ended or is wrong");
    }

    @Test
    void aServerThatMovedIsNotFollowed() {
        server.next.add(new Answer(301, Map.of("Location", "https://evil.example/"), "{}"));
        assertFailure(() -> pulls.find(1), FailureKind.INPUT).hasMessageContaining("has moved");
    }

    @Test
    void writesAreASecondApart() {
        Instant start = clock.now;
        pulls.comment(7, "a", "1");
        pulls.comment(7, "a", "2");
        pulls.comment(7, "a", "3");
        assertThat(Duration.between(start, clock.now)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    @Test
    void aRateLimitIsToldOnAndNoCallIsSentBeforeItsEnd() {
        server.next.add(new Answer(403, Map.of("Retry-After", "30"), "{\"message\":\"slow down\"}"));
        assertWait(Duration.ofSeconds(30));
        int sent = server.requests.size();
        clock.now = clock.now.plusSeconds(20);
        assertWait(Duration.ofSeconds(10));
        assertThat(server.requests).hasSize(sent);
        clock.now = clock.now.plusSeconds(11);
        String reset = Long.toString(clock.now.getEpochSecond() + 100);
        Map<String, String> headers = Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", reset);
        server.next.add(new Answer(429, headers, "{}"));
        assertWait(Duration.ofSeconds(100));
        assertThat(left.values()).containsExactly(0L);
        clock.now = clock.now.plusSeconds(101);
        server.next.add(new Answer(403, Map.of(), "{\"message\":\"You have exceeded a secondary rate limit\"}"));
        assertWait(Duration.ofSeconds(60));
        clock.now = clock.now.plusSeconds(61);
        server.next.add(new Answer(403, Map.of(), "{\"message\":\"Resource not accessible\"}"));
        assertFailure(() -> pulls.find(1), FailureKind.POLICY);
    }

    @Test
    void whatHasNotChangedCostsNothing() {
        server.pulls.add(waiting());
        Optional<PullRequest> first = pulls.find(1347);
        assertThat(pulls.find(1347)).isEqualTo(first).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "github.com, api.github.com/",
        "www.github.com, api.github.com/",
        "ssh.github.com, api.github.com/",
        "acme.ghe.com, api.acme.ghe.com/",
        "git.example.org, git.example.org/api/v3/"
    })
    void theHostNamesTheApi(String host, String api) {
        assertThat(GitHub.apiOf(HttpUrl.get("https://" + host + "/"))).hasToString("https://" + api);
    }

    private void assertWait(Duration wait) {
        assertThatThrownBy(() -> pulls.find(1)).isInstanceOfSatisfying(FailureException.class, problem -> assertThat(
                        problem.failure().askedToWait())
                .contains(wait));
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertFailure(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, FailureKind kind) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, problem -> assertThat(
                        problem.failure().kind())
                .isEqualTo(kind));
    }

    private List<String> writes() {
        List<String> writes = new ArrayList<>(server.requests);
        writes.removeIf(request -> request.startsWith("GET"));
        return writes;
    }

    private static final class TestClock implements Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void pause(Duration duration) {
            now = now.plus(duration);
        }
    }
}
