package io.imaas.adapter.forge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;

/**
 * Sends calls, and says whose fault it is when one does not work.
 *
 * @param server how people call it, such as {@code GitHub}
 */
public record Answers(String server) {
    private static final int NOT_FOUND = 404;

    /** An answer that is needed. */
    public <T> T send(Call<T> call) {
        return find(call)
                .orElseThrow(() -> FailureException.input(
                        server + " has no such thing, or this login may not see it",
                        where(call),
                        "check the repository's URL and the token's permissions"));
    }

    /** Empty when the server says that there is no such thing, or has nothing to say. */
    public <T> Optional<T> find(Call<T> call) {
        Response<T> response = execute(call);
        if (response.isSuccessful() || response.code() == NOT_FOUND) {
            return Optional.ofNullable(response.body());
        }
        throw failure(response, call);
    }

    /** A header of an answer that is needed; empty when the answer has none of this name. */
    public String header(Call<?> call, String name) {
        return Objects.requireNonNullElse(whole(call).headers().get(name), "");
    }

    /** An answer that is needed, with its headers. */
    public <T> Response<T> whole(Call<T> call) {
        Response<T> response = execute(call);
        if (response.isSuccessful()) {
            return response;
        }
        throw failure(response, call);
    }

    /** Whether the server takes a call from this login: it may find nothing, but does not refuse. */
    public boolean isAllowed(Call<?> call) {
        Response<?> response = execute(call);
        if (response.code() >= 500) {
            throw failure(response, call);
        }
        return response.code() != 401 && response.code() != 403;
    }

    private static <T> Response<T> execute(Call<T> call) {
        try {
            return call.execute();
        } catch (IOException problem) {
            throw unreachable(call.request().url(), problem);
        }
    }

    static FailureException unreachable(HttpUrl url, IOException problem) {
        return problem instanceof UnknownHostException
                ? FailureException.input("no such host is known: " + url.host(), url.toString(), "check the address")
                : FailureException.external(
                        url.host() + " can't be reached: " + Reason.of(problem),
                        url.host() + url.encodedPath(),
                        Reason.isUntrusted(problem) ? Reason.TRUST : "try again in a while",
                        problem);
    }

    private FailureException failure(Response<?> response, Call<?> call) {
        int code = response.code();
        String words = words(response.errorBody(), call);
        String where = where(call);
        String what = server + " says " + code + (words.isEmpty() ? "" : ": " + words);
        return switch (code) {
            case 301, 302, 307, 308 ->
                FailureException.input(what, where, "the repository has moved: write its URL as it is now");
            case 401 ->
                FailureException.policy(
                        what, where, "the token has ended or is wrong: give another one, then run it again");
            case 403 -> FailureException.policy(what, where, "check the token's permissions (docs/rights.md)");
            case 405 -> FailureException.policy(what, where, "look at the branch's protection rules and checks");
            case 409 -> FailureException.conflict(what, where, "decide again on the branch's new head");
            default ->
                code >= 500
                        ? FailureException.external(what, where, "try again in a while", (Throwable) null)
                        : FailureException.input(what, where, "");
        };
    }

    private static String where(Call<?> call) {
        HttpUrl url = call.request().url();
        return call.request().method() + " " + url.host() + url.encodedPath();
    }

    private static String words(ResponseBody error, Call<?> call) {
        String text = "";
        try {
            text = error == null ? "" : error.string();
            JsonNode json = new ObjectMapper().readTree(text);
            StringJoiner words = new StringJoiner("; ");
            for (String field : List.of("message", "error")) {
                json.path(field).forEach(each -> words.add(each.toString()));
                Optional.of(json.path(field).asText())
                        .filter(said -> !said.isEmpty())
                        .ifPresent(words::add);
            }
            json.path("errors")
                    .forEach(each -> words.add(
                            each.isTextual()
                                    ? each.asText()
                                    : each.path("message").asText(each.toString())));
            return words.toString();
        } catch (JsonProcessingException noJson) {
            return text.substring(0, Math.min(text.length(), 200));
        } catch (IOException problem) {
            throw unreachable(call.request().url(), problem);
        }
    }
}
