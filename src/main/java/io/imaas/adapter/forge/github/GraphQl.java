package io.imaas.adapter.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.web.Answers;
import io.imaas.model.failure.FailureException;
import java.util.Map;
import java.util.StringJoiner;

/** GitHub's GraphQL API: it answers 200, whatever went wrong. */
record GraphQl(GitHubApi api, Answers answers, String repository) {
    /**
     * The answer's data.
     *
     * @param fix what the user can do when GitHub refuses
     * @throws FailureException INPUT with GitHub's words
     */
    JsonNode ask(String query, Map<String, Object> variables, String fix) {
        JsonNode answer = answers.send(api.graphql(Map.of("query", query, "variables", variables)));
        StringJoiner words = new StringJoiner("; ");
        answer.path("errors").forEach(error -> words.add(error.path("message").asText()));
        if (words.length() > 0) {
            throw FailureException.input("GitHub says: " + words, repository, fix);
        }
        return answer.path("data");
    }
}
