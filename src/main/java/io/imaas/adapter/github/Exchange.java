package io.imaas.adapter.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.util.Optional;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;

/** Sends calls, and says whose fault it is when one does not work. */
final class Exchange {
    private final String repository;

    Exchange(String repository) {
        this.repository = repository;
    }

    <T> T send(Call<T> call) {
        return find(call)
                .orElseThrow(() -> FailureException.input(
                        "GitHub has no such thing, or this login may not see it",
                        where(call),
                        "check the repository's URL and the token's permissions"));
    }

    /** Empty when GitHub says that there is no such thing. */
    <T> Optional<T> find(Call<T> call) {
        try {
            Response<T> response = call.execute();
            if (response.isSuccessful() && response.body() != null) {
                return Optional.of(response.body());
            }
            if (response.code() == 404) {
                return Optional.empty();
            }
            throw failure(response.code(), words(response.errorBody()), where(call));
        } catch (IOException problem) {
            throw FailureException.external(
                    "GitHub cannot be reached: " + problem.getMessage(), where(call), "try again in a while", problem);
        }
    }

    private static FailureException failure(int code, String words, String where) {
        String what = "GitHub says " + code + ": " + words;
        return switch (code) {
            case 401 -> FailureException.policy(what, where, "check that the token is valid");
            case 403 -> FailureException.policy(what, where, "check the token's permissions");
            case 405 -> FailureException.policy(what, where, "look at the branch's protection rules and checks");
            case 409 -> FailureException.conflict(what, where, "decide again on the branch's new head");
            default ->
                code >= 500
                        ? FailureException.external(what, where, "try again in a while", (Throwable) null)
                        : FailureException.input(what, where, "");
        };
    }

    private String where(Call<?> call) {
        return repository + " " + call.request().url();
    }

    private static String words(ResponseBody error) throws IOException {
        if (error == null) {
            return "";
        }
        String text = error.string();
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            StringBuilder words = new StringBuilder(json.path("message").asText());
            json.path("errors").forEach(each -> words.append("; ")
                    .append(
                            each.isTextual()
                                    ? each.asText()
                                    : each.path("message").asText(each.toString())));
            return words.toString();
        } catch (JsonProcessingException noJson) {
            return text.substring(0, Math.min(text.length(), 200));
        }
    }
}
