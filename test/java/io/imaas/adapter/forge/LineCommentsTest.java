package io.imaas.adapter.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import io.imaas.model.source.CommitId;
import io.imaas.port.LineComments.Found;
import io.imaas.port.PullRequests;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Findings at their lines: only where the server takes them, never twice, and gone when they are. */
class LineCommentsTest {
    private static final CommitId HEAD = new CommitId("1".repeat(40));
    private static final String MARK = "<!-- imaas/check line -->\\n";
    /** Line 3 is new, lines 2 and 4 were 2 and 3 before. */
    private static final String PATCH = "@@ -2,2 +2,3 @@ tenant:\\n a\\n+b\\n c";

    private final Forges forges = new Forges(new ManualClock("2026-01-05T10:00:00Z"));
    private FakeForge server;

    @AfterEach
    void stop() {
        forges.close();
        server.close();
    }

    private PullRequests at(String description, String before, Map<String, String> headers, String path)
            throws IOException {
        server = new FakeForge(description, before, headers);
        server.answer(
                "GET /rest/api/latest/application-properties",
                description.equals("bitbucket") ? "{\"displayName\":\"Bitbucket\"}" : "{}");
        server.answer("GET /api/v1/version", "{\"version\":\"1.26.0\"}");
        return forges.pullRequests(server.repository(path), server.login()).orElseThrow();
    }

    private static Found found(Severity severity, int line, String words) {
        return new Found(new Problem(severity, "rule", new Location("a.yaml", line, 1), words, ""), words);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    @Test
    void atGitHubEachIsACommentOfItsOwnAndOnlyAtLinesOfTheChange() throws IOException {
        PullRequests pulls =
                at("github", "/api/v3/repos/acme/orders/", Map.of("X-GitHub-Request-Id", "1"), "/acme/orders.git");
        server.answer(
                "GET pulls/7/files", quoted("[{'filename':'a.yaml','patch':'" + PATCH + "'},{'filename':'b.png'}]"));
        server.answer(
                "GET pulls/7/comments", quoted("[{'id':1,'body':'what a person says','path':'a.yaml','line':3}]"));
        server.answer("POST pulls/7/comments", "{\"id\":2}");
        List<Found> found = List.of(
                found(Severity.WARNING, 3, "first"),
                found(Severity.ERROR, 4, "second"),
                found(Severity.ERROR, 9, "far"));
        assertThat(pulls.annotate(7, HEAD, "imaas/check", found)).isEqualTo(2);
        assertThat(server.writes).containsExactly("POST pulls/7/comments", "POST pulls/7/comments");
        assertThat(server.bodies)
                .extracting(body -> body.path("line").asInt())
                .as("errors first")
                .containsExactly(4, 3);

        server.answer(
                "GET pulls/7/comments",
                quoted("[{'id':2,'body':'" + MARK + "second','path':'a.yaml','line':4},{'id':3,'body':'" + MARK
                        + "first','path':'a.yaml','line':3},{'id':4,'body':'" + MARK
                        + "gone','path':'a.yaml','line':null}]"));
        server.answer("DELETE pulls/comments/4", "{}");
        assertThat(pulls.annotate(7, HEAD, "imaas/check", found)).isEqualTo(2);
        assertThat(server.writes.subList(2, server.writes.size())).containsExactly("DELETE pulls/comments/4");
    }

    @Test
    void atGiteaOneReviewHoldsThemAllAndIsMadeAnewWhenTheyChange() throws IOException {
        PullRequests pulls = at("github", "/api/v1/repos/acme/orders/", Map.of(), "/acme/orders.git");
        server.answer("GET pulls/7/files", quoted("[{'filename':'a.yaml'}]"));
        server.answer("GET pulls/7/reviews?", "[]");
        server.answer("POST pulls/7/reviews", "{}");
        List<Found> many = IntStream.rangeClosed(1, 60)
                .mapToObj(line -> found(Severity.WARNING, line, "words"))
                .toList();
        assertThat(pulls.annotate(7, HEAD, "imaas/check", many)).isEqualTo(50);
        assertThat(server.bodies.get(0).path("comments")).hasSize(50);

        server.answer("GET pulls/7/reviews?", quoted("[{'id':5,'body':'<!-- imaas/check line -->'}]"));
        server.answer(
                "GET pulls/7/reviews/5/comments",
                quoted("[{'body':'" + MARK + "first','path':'a.yaml','position':3}]"));
        List<Found> same = List.of(found(Severity.ERROR, 3, "first"));
        pulls.annotate(7, HEAD, "imaas/check", same);
        assertThat(server.writes).hasSize(1);
        server.answer("DELETE pulls/7/reviews/5", "{}");
        assertThat(pulls.annotate(7, HEAD, "imaas/check", List.of())).isZero();
        assertThat(server.writes).containsExactly("POST pulls/7/reviews", "DELETE pulls/7/reviews/5");
    }

    @Test
    void atGitLabALineThatWasThereBeforeHasBothItsNumbers() throws IOException {
        PullRequests pulls = at(
                "gitlab",
                "/api/v4/projects/acme%2Fteam%2Forders/",
                Map.of("X-Gitlab-Meta", "{}"),
                "/acme/team/orders.git");
        String shas = "'head_commit_sha':'H','base_commit_sha':'H','start_commit_sha':'H'".replace("H", HEAD.value());
        server.answer("GET merge_requests/7/versions", quoted("[{" + shas + "}]"));
        server.answer(
                "GET merge_requests/7/diffs",
                quoted("[{'old_path':'old.yaml','new_path':'a.yaml','diff':'" + PATCH + "'}]"));
        server.answer("GET merge_requests/7/notes", quoted("[{'id':1,'body':'" + MARK + "about the whole'}]"));
        server.answer("POST merge_requests/7/discussions", "{}");
        List<Found> found = List.of(found(Severity.ERROR, 3, "first"), found(Severity.ERROR, 4, "second"));
        assertThat(pulls.annotate(7, HEAD, "imaas/check", found)).isEqualTo(2);
        assertThat(server.bodies)
                .extracting(body -> body.at("/position/old_line").asInt())
                .containsExactly(0, 3);
        assertThat(server.bodies.get(1).at("/position/old_path").asText()).isEqualTo("old.yaml");

        server.answer(
                "GET merge_requests/7/notes",
                quoted("[{'id':2,'body':'" + MARK
                        + "first','position':{'new_path':'a.yaml','new_line':3}},{'id':3,'body':'" + MARK
                        + "old','position':{'new_path':'a.yaml','new_line':null}}]"));
        server.answer("DELETE merge_requests/7/notes/3", "{}");
        pulls.annotate(7, HEAD, "imaas/check", found.subList(0, 1));
        assertThat(server.writes.subList(2, server.writes.size())).containsExactly("DELETE merge_requests/7/notes/3");
    }

    @Test
    void atBitbucketTheyAreTheAnnotationsOfTheCommitsReport() throws IOException {
        PullRequests pulls = at(
                "bitbucket",
                "/rest/insights/latest/projects/ACME/repos/orders/commits/" + HEAD + "/reports/",
                Map.of("X-AUSERNAME", "imaas"),
                "/scm/ACME/orders.git");
        server.answer("PUT imaas-check", "{}");
        server.answer("DELETE imaas-check/annotations", "{}");
        server.answer("POST imaas-check/annotations", "{}");
        List<Found> found = List.of(found(Severity.ERROR, 3, "x".repeat(3_000)));
        assertThat(pulls.annotate(7, HEAD, "imaas/check", found)).isEqualTo(1);
        assertThat(server.writes)
                .containsExactly("PUT imaas-check", "DELETE imaas-check/annotations", "POST imaas-check/annotations");
        assertThat(server.bodies.get(0).path("result").asText()).isEqualTo("FAIL");

        server.answer("GET imaas-check/annotations", server.bodies.get(2).toString());
        pulls.annotate(7, HEAD, "imaas/check", found);
        assertThat(server.writes).hasSize(3);
        pulls.annotate(7, HEAD, "imaas/check", List.of());
        assertThat(server.bodies.get(3).path("result").asText()).isEqualTo("PASS");
    }
}
