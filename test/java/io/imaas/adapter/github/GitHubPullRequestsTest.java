package io.imaas.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.github.FakeGitHub.Answer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Clock;
import io.imaas.port.PullRequests;
import io.imaas.port.PullRequests.PullRequest;
import io.imaas.port.PullRequests.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitHubPullRequestsTest {
    private static final RepositoryUrl REPOSITORY = new RepositoryUrl("https://github.com/acme/orders.git");
    private static final BranchName FROM = new BranchName("promote/orders");
    private static final BranchName PROD = new BranchName("prod");
    private static final CommitId HEAD = new CommitId("6dcb09b5b57875f334f61aebed695e2e4193db5e");

    private final TestClock clock = new TestClock();
    private FakeGitHub server;
    private PullRequests pulls;

    @BeforeEach
    void start() throws IOException {
        server = new FakeGitHub();
        GitHubAccess access = GitHubAccess.token(name -> Optional.of(new Secret("t0ken")), "github");
        pulls = new GitHub(server.base(), access, clock).pullRequests(REPOSITORY);
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
        return pull.put("merged", false).putNull("merged_at");
    }

    @Test
    void gitHubMergesByItselfWhatItsRulesStillHoldBack() {
        server.pulls.add(waiting());
        assertThat(pulls.mergeWhenAllowed(1347, HEAD)).isEmpty();
        assertThat(server.graphql).singleElement().satisfies(query -> {
            assertThat(query.path("query").asText()).contains("enablePullRequestAutoMerge", "mergeMethod: MERGE");
            assertThat(query.at("/variables/id").asText()).isEqualTo("MDExOlB1bGxSZXF1ZXN0MQ==");
            assertThat(query.at("/variables/head").asText()).isEqualTo(HEAD.value());
        });
    }

    @Test
    void whatNothingHoldsBackIsMergedAtOnceAndARepeatedMergeFindsItself() {
        server.pulls.add(waiting());
        server.graphqlErrors.add("Pull request Pull request is in clean status");
        assertThat(pulls.mergeWhenAllowed(1347, HEAD)).contains(HEAD);
        ObjectNode merged = (ObjectNode) server.example("pull-request");
        merged.put("merged", true)
                .put("state", "closed")
                .put("merge_commit_sha", "e5bd3914e2e596debea16f433f57875b5b90bcd6");
        ((ObjectNode) merged.path("head")).put("sha", HEAD.value());
        server.pulls.set(0, merged);
        assertThat(pulls.mergeWhenAllowed(1347, HEAD).orElseThrow().value()).startsWith("e5bd3914");
    }

    @Test
    void aRepositoryThatForbidsItIsTheUsersAndAMovedHeadIsConflict() {
        server.pulls.add(waiting());
        server.graphqlErrors.add("Pull request Auto merge is not allowed for this repository");
        assertFailure(() -> pulls.mergeWhenAllowed(1347, HEAD), FailureKind.INPUT)
                .hasMessageContaining("allow auto-merge in the repository's settings");
        server.graphqlErrors.clear();
        server.graphqlErrors.add("Head sha didn't match expected head oid");
        assertFailure(() -> pulls.mergeWhenAllowed(1347, HEAD), FailureKind.CONFLICT);
        assertThat(pulls.find(99)).isPresent();
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

    @Test
    void anAppAsksForATokenOnceAnHourWithItsOwnSignature() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        String pem = "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs1)
                + "\n-----END RSA PRIVATE KEY-----\n";
        clock.now = Instant.parse("2016-07-11T21:30:00Z");
        GitHubAccess app = GitHubAccess.app(name -> Optional.of(new Secret(pem)), "42", 1, "key");
        PullRequests asApp = new GitHub(server.base(), app, clock).pullRequests(REPOSITORY);

        asApp.find(1);
        asApp.find(1);
        clock.now = Instant.parse("2016-07-11T22:10:00Z");
        asApp.find(1);

        assertThat(server.requests.stream().filter(request -> request.contains("access_tokens")))
                .hasSize(2);
        String[] jwt =
                server.authorizations.get(0).substring("Bearer ".length()).split("\\.");
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(pair.getPublic());
        check.update((jwt[0] + "." + jwt[1]).getBytes(StandardCharsets.UTF_8));
        assertThat(check.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
        assertThat(server.authorizations.get(1)).startsWith("Bearer ghs_");
    }

    @Test
    void aWebhookIsKnownByItsSignature() {
        WebhookSignature signature = new WebhookSignature(new Secret("It's a Secret to Everybody"));
        byte[] body = "Hello, World!".getBytes(StandardCharsets.UTF_8);
        // The example of GitHub's documentation, "Validating webhook deliveries"
        String right = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assertThat(signature.isValid(body, right)).isTrue();
        assertThat(signature.isValid(body, right.replace("75", "76"))).isFalse();
        assertThat(signature.isValid("Hello".getBytes(StandardCharsets.UTF_8), right))
                .isFalse();
        assertThat(signature.isValid(body, null)).isFalse();
        assertThat(signature.isValid(body, "sha1=00")).isFalse();
    }

    @Test
    void theAddressOfARepositoryNamesItsServer() {
        assertThat(GitHub.apiOf(new RepositoryUrl("git@github.com:acme/orders.git")))
                .isEqualTo("https://api.github.com/");
        assertThat(GitHub.apiOf(new RepositoryUrl("ssh://git@git.example.org:2222/acme/orders")))
                .isEqualTo("https://git.example.org/api/v3/");
        assertThatThrownBy(() -> GitHub.apiOf(new RepositoryUrl("https://github.com/only")))
                .isInstanceOf(FailureException.class);
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
