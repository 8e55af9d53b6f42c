package io.imaas.adapter.forge.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.forge.FakeForge;
import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.RepositorySetup;
import io.imaas.testing.FaultyServer;
import io.imaas.testing.FaultyServer.Fault;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of several rules Gitea follows: the first of its list that fits, those for a single branch before patterns. */
class GiteaSetupTest {
    private static final BranchProtection RENDERED = BranchProtection.orchestratorAlone("rendered/*");
    private static final String OURS = "{'rule_name':'rendered/*','enable_push':true,'enable_push_whitelist':true,"
            + "'push_whitelist_usernames':['imaas'],'enable_merge_whitelist':true,'merge_whitelist_usernames':['imaas']}";
    private static final String OTHER = "{'rule_name':'rendered/dev','enable_push':true}";

    private final Forges forges = new Forges(new ManualClock("2026-01-05T10:00:00Z"));
    private FakeForge server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeForge("github", "/api/v1/repos/acme/orders/", Map.of());
        server.answer("GET /api/v1/version", "{\"version\":\"1.26.0\"}");
        server.answer("GET /api/v1/user", "{\"login\":\"imaas\"}");
    }

    @AfterEach
    void stop() {
        forges.close();
        server.close();
    }

    @Test
    void aRuleThatComesBeforeOursIsToldAndNothingIsWritten() {
        rules(OTHER + "," + OURS);
        assertThat(setup().gaps(RENDERED))
                .singleElement()
                .asString()
                .contains("the rule rendered/dev comes first: others than the orchestrator may push");
        assertThatThrownBy(() -> setup().protect(RENDERED))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("acme/orders, branches rendered/*")
                .hasMessageContaining("take the rule rendered/dev away");
        assertThat(server.writes).isEmpty();
    }

    @Test
    void oneThatComesLaterOrForOtherBranchesOrIsAsStrictIsNobodysConcern() {
        rules(OURS + "," + OTHER.replace("rendered/dev", "**"));
        assertThat(setup().gaps(RENDERED)).isEmpty();
        rules(OTHER.replace("rendered/dev", "dev") + "," + OURS);
        assertThat(setup().gaps(RENDERED)).isEmpty();
        rules(OURS.replace("rendered/*", "rendered/dev") + "," + OURS);
        assertThat(setup().gaps(RENDERED)).isEmpty();
        rules("");
        assertThat(setup().gaps(RENDERED)).containsExactly("there is no rule for it");
    }

    /** The next attempt finds it, and a run that fails afterwards takes it back. */
    @Test
    void aRepositoryWhoseMakingWasNotAnsweredIsToldAsMade() throws IOException {
        server.answer("GET /api/v1/orgs/acme", "{}");
        try (FaultyServer between = new FaultyServer(
                URI.create(server.root()),
                HttpClient.newHttpClient(),
                call -> call.startsWith("POST") ? Fault.LOST : Fault.NONE)) {
            String address = between.address().toString();
            RepositorySetup setup = forges.setup(
                            new RepositoryUrl(address + "/acme/orders.git"),
                            new ForgeLogin(
                                    name -> Optional.of(new Secret("t")), "git", GitHosts.only(List.of(address))),
                            true)
                    .orElseThrow();

            assertThatThrownBy(() -> setup.create("GitOps"))
                    .isInstanceOfSatisfying(FailureException.class, lost -> assertThat(lost.effects())
                            .extracting(Effect::kind)
                            .containsExactly(Effect.Kind.CREATED));
        }
        assertThat(server.writes).as("not sent again in silence").hasSize(1);
    }

    @Test
    void nothingIsMadeInOurOwnAccountWhereAnOrganizationWasMeant() {
        assertThatThrownBy(() -> setup().create("GitOps"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("there is no organization acme");
        assertThat(server.writes).isEmpty();
    }

    private void rules(String rules) {
        server.answer("GET branch_protections", "[" + rules.replace('\'', '"') + "]");
    }

    private RepositorySetup setup() {
        return forges.setup(server.repository("/acme/orders.git"), server.login(), true)
                .orElseThrow();
    }
}
