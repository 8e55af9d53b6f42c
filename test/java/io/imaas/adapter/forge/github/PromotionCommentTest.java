package io.imaas.adapter.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.step.OpenPullRequest;
import io.imaas.run.Outcome;
import io.imaas.step.runner.OpenPullRequestRunner;
import io.imaas.testing.ManualClock;
import io.imaas.testing.Silence;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pull request of a promotion, as a server that speaks like GitHub sees it. */
class PromotionCommentTest {
    private FakeGitHub server;
    private OpenPullRequestRunner runner;

    @BeforeEach
    void start() throws IOException {
        server = new FakeGitHub();
        ForgeLogin login = new ForgeLogin(name -> Optional.of(new Secret("t0ken")), "git", server.hosts());
        Forges forges = new Forges(new ManualClock("2026-01-05T10:00:00Z"));
        runner = new OpenPullRequestRunner(forges.pullRequests(server.repository(), login));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void gatesAndDiffStandInOneCommentThatIsRewrittenInPlace() {
        run("Promotes api 1.0.0.\n\n- open: order, it was healthy\n\n**api**\n```diff\n+ tag: v1\n```\n");
        run("Promotes api 1.0.0.\n\n- open: order, it was healthy\n\n**api**\n```diff\n+ tag: v2\n```\n");
        run("Promotes api 1.0.0.\n\n- open: order, it was healthy\n\n**api**\n```diff\n+ tag: v2\n```\n");

        assertThat(server.comments).hasSize(1);
        assertThat(server.comments.get(0).path("body").asText())
                .startsWith("<!-- imaas promotion to prod -->")
                .contains("- open: order, it was healthy", "+ tag: v2")
                .doesNotContain("+ tag: v1");
        assertThat(server.pulls.get(0).path("body").asText()).isEqualTo("Promotes api 1.0.0.");
        assertThat(server.requests.stream().filter(request -> request.startsWith("P")))
                .as("one comment made, one rewritten, none for the same words")
                .filteredOn(request -> request.contains("comments"))
                .hasSize(2);
    }

    @Test
    void aDiffThatWouldNotFitIsCutAtALineAndSaysSo() {
        run("Promotes api 1.0.0.\n\n**api**\n```diff\n" + "+ a line of a long diff\n".repeat(5_000) + "```\n");

        String comment = server.comments.get(0).path("body").asText();
        assertThat(comment.length()).isLessThan(65_536);
        assertThat(comment).contains("+ a line of a long diff\n```\n\nThe rest is left out here");
    }

    private void run(String body) {
        Outcome outcome = runner.run(
                new OpenPullRequest(
                        "pull-request",
                        new BranchName("imaas/to-prod/x"),
                        new EnvironmentName("prod"),
                        "Promote api to prod",
                        body,
                        false),
                new Silence());
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    }
}
