package io.imaas.adapter.github;

import io.imaas.adapter.github.GitHubApi.Trouble;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CommitId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * GitHub's auto-merge, which only its GraphQL API switches on (mutation {@code enablePullRequestAutoMerge}). It refuses
 * a pull request that nothing stands in the way of: that one is to be merged at once.
 */
final class AutoMerge {
    private static final String MUTATION = "mutation($id: ID!, $head: GitObjectID!) { enablePullRequestAutoMerge(input:"
            + " {pullRequestId: $id, mergeMethod: MERGE, expectedHeadOid: $head}) { clientMutationId } }";

    private final GitHubApi api;
    private final Exchange exchange;
    private final String repository;

    AutoMerge(GitHubApi api, Exchange exchange, String repository) {
        this.api = api;
        this.exchange = exchange;
        this.repository = repository;
    }

    /**
     * Whether GitHub will merge it by itself; false when nothing is left to wait for.
     *
     * @param id of the pull request in GraphQL
     */
    boolean enable(String id, CommitId head) {
        Map<String, Object> query = Map.of("query", MUTATION, "variables", Map.of("id", id, "head", head.value()));
        List<Trouble> troubles = exchange.send(api.graphql(query)).errors();
        if (troubles == null || troubles.isEmpty()) {
            return true;
        }
        String words = String.join("; ", troubles.stream().map(Trouble::message).toList());
        String said = words.toLowerCase(Locale.ROOT);
        if (said.contains("clean status")) {
            return false;
        }
        if (said.contains("expected head") || said.contains("head sha") || said.contains("was modified")) {
            throw FailureException.conflict(
                    "GitHub says: " + words, repository, "decide again on the branch's new head");
        }
        throw FailureException.input(
                "GitHub does not merge it by itself: " + words,
                repository,
                "allow auto-merge in the repository's settings and let a rule of the branch require its checks");
    }
}
