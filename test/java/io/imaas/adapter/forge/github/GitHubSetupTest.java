package io.imaas.adapter.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.forge.FakeForge;
import io.imaas.adapter.forge.Forges;
import io.imaas.model.failure.Effect.Kind;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchProtection;
import io.imaas.port.RepositorySetup;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Protection of branches on GitHub, against its published GraphQL schema. */
class GitHubSetupTest {
    private static final BranchProtection RENDERED = BranchProtection.orchestratorAlone("rendered/*");
    private static final BranchProtection PROD = BranchProtection.reviewed("prod", 2, List.of("imaas/check"));
    private static final String SELF = "{'nodes':[{'actor':{'id':'U1'}}]}";
    private static final String ALONE =
            ("{'id':'R1','pattern':'rendered/*','isAdminEnforced':true,'restrictsPushes':true,"
                    + "'blocksCreations':true,'bypassForcePushAllowances':{'totalCount':0},'pushAllowances':" + SELF
                    + "}");
    private static final String REVIEWED = "{'id':'R2','pattern':'prod','isAdminEnforced':true,"
            + "'requiredApprovingReviewCount':2,'requiresCodeOwnerReviews':true,'dismissesStaleReviews':true,"
            + "'requiredStatusCheckContexts':['imaas/check'],'bypassPullRequestAllowances':" + SELF + "}";

    private final Forges forges = new Forges(new ManualClock("2026-01-05T10:00:00Z"));
    private FakeForge server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeForge("github", "/api/v3/repos/acme/orders/", Map.of("X-GitHub-Request-Id", "1"));
        server.answer("GET /api/v3/repos/acme/orders", "{}");
        rules("");
    }

    @AfterEach
    void stop() {
        forges.close();
        server.close();
    }

    @Test
    void aRuleThatIsMissingIsMadeAndOneThatGapesIsChanged() {
        assertThat(setup().protect(RENDERED).kind()).isEqualTo(Kind.CREATED);
        assertThat(input().path("repositoryId").asText()).isEqualTo("REPO");
        assertThat(input().at("/pushActorIds/0").asText()).isEqualTo("U1");

        rules(REVIEWED.replace("'requiredApprovingReviewCount':2", "'requiredApprovingReviewCount':1"));
        assertThat(setup().gaps(PROD)).containsExactly("it takes changes with fewer than 2 approvals");
        assertThat(setup().protect(PROD).kind()).isEqualTo(Kind.UPDATED);
        assertThat(input().path("branchProtectionRuleId").asText()).isEqualTo("R2");
        assertThat(input().at("/bypassPullRequestActorIds")).hasSize(1);
    }

    @Test
    void everyWayPastARuleIsToldApart() {
        rules(ALONE + "," + REVIEWED);
        assertThat(setup().gaps(RENDERED)).isEmpty();
        assertThat(setup().gaps(PROD)).isEmpty();

        String others = "others than the orchestrator may push";
        assertGap(RENDERED, "'blocksCreations':true", "'blocksCreations':false", others);
        assertGap(RENDERED, "'pushAllowances':" + SELF, "'pushAllowances':{'nodes':[{'actor':{}}]}", others);
        assertGap(RENDERED, "'totalCount':0", "'totalCount':1", "history may be rewritten");
        assertGap(
                PROD,
                "'bypassPullRequestAllowances':" + SELF,
                "'bypassPullRequestAllowances':{'nodes':[{'actor':{'id':'U1'}},{'actor':{'id':'U2'}}]}",
                others);
        assertGap(
                PROD,
                "'requiresCodeOwnerReviews':true",
                "'requiresCodeOwnerReviews':false",
                "it takes changes without their owners' approval");
        assertGap(
                PROD,
                "'dismissesStaleReviews':true",
                "'dismissesStaleReviews':false",
                "approvals of older commits count");
    }

    /** GitHub follows the rule for a single branch, and of two patterns the older one. */
    @Test
    void aRuleThatComesBeforeOursIsToldAndNotPassedOver() {
        String exact = "{'id':'R3','pattern':'rendered/dev','isAdminEnforced':true}";
        rules(ALONE + "," + exact);
        assertThat(setup().gaps(RENDERED))
                .containsExactly("the rule rendered/dev comes first: others than the orchestrator may push");
        assertThatThrownBy(() -> setup().protect(RENDERED))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("take the rule rendered/dev away");
        assertThat(server.writes).allMatch(call -> call.contains("graphql"));

        for (String other : List.of("rendered/d*", "r*/dev", "**/*", "render**", "{rendered,x}/dev")) {
            rules(exact.replace("rendered/dev", other) + "," + ALONE);
            assertThat(setup().gaps(RENDERED))
                    .as(other)
                    .singleElement()
                    .asString()
                    .contains("the rule " + other);
        }
        for (String other : List.of("*", "main", "rendered", "rendered/a/b", "imaas/*", "rendering/*")) {
            rules(exact.replace("rendered/dev", other) + "," + ALONE);
            assertThat(setup().gaps(RENDERED)).as(other).isEmpty();
        }
        rules(exact.replace("rendered/dev", "p*") + "," + REVIEWED);
        assertThat(setup().gaps(PROD))
                .as("the rule for a single branch comes first")
                .isEmpty();
        rules(ALONE + "," + ALONE.replace("rendered/*", "rendered/dev"));
        assertThat(setup().gaps(RENDERED)).as("it is as strict").isEmpty();
        rules(exact);
        assertThat(setup().gaps(RENDERED)).hasSize(2).first().isEqualTo("there is no rule for it");
    }

    private void assertGap(BranchProtection wanted, String sound, String opened, String gap) {
        rules((ALONE + "," + REVIEWED).replace(sound, opened));
        assertThat(setup().gaps(wanted)).as(opened).containsExactly(gap);
    }

    private void rules(String rules) {
        server.answer(
                "POST /api/graphql",
                ("{'data':{'viewer':{'id':'U1'},'repository':{'id':'REPO','branchProtectionRules':{'nodes':[" + rules
                                + "]}}}}")
                        .replace('\'', '"'));
    }

    private JsonNode input() {
        return server.bodies.get(server.bodies.size() - 1).at("/variables/input");
    }

    private RepositorySetup setup() {
        return forges.setup(server.repository("/acme/orders.git"), server.login(), true)
                .orElseThrow();
    }
}
