package io.imaas.adapter.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.failure.RetryAfter;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * @param fixes what a person can do about a status; 0: about any other mistake of ours
 */
public record Answers(String server, Map<Integer, String> fixes) {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final Duration USUAL_WAIT = Duration.ofSeconds(10);

    public Answers {
        fixes = Map.copyOf(fixes);
    }

    /** The same with another advice for one status. */
    public Answers with(int status, String fix) {
        Map<Integer, String> more = new HashMap<>(fixes);
        more.put(status, fix);
        return new Answers(server, more);
    }

    /** An answer that is needed, and says something. */
    public <T> T send(Call<T> call) {
        return find(call).orElseThrow(() -> missing(call));
    }

    /**
     * An answer that may say nothing.
     *
     * @param permission what the login needs for it, in the server's words; empty: nobody knows
     */
    public <T> T send(Call<T> call, String permission) {
        return need(execute(call), call, permission).body();
    }

    /** Empty when the server says that there is no such thing, or has nothing to say. */
    public <T> Optional<T> find(Call<T> call) {
        Response<T> response = execute(call);
        return response.code() == NOT_FOUND
                ? Optional.empty()
                : Optional.ofNullable(need(response, call, "").body());
    }

    /** Whether there is such a thing. */
    public boolean exists(Call<?> call, String permission) {
        Response<?> response = execute(call);
        return response.code() != NOT_FOUND && need(response, call, permission).isSuccessful();
    }

    /** @return whether it was made; otherwise somebody else did so meanwhile */
    public boolean make(Call<Void> call, String permission) {
        Response<Void> response = execute(call);
        return response.code() != CONFLICT && need(response, call, permission).isSuccessful();
    }

    /** A header of an answer that is needed; empty when the answer has none of this name. */
    public String header(Call<?> call, String name) {
        return Objects.requireNonNullElse(whole(call).headers().get(name), "");
    }

    /** An answer that is needed, with its headers. */
    public <T> Response<T> whole(Call<T> call) {
        return need(execute(call), call, "");
    }

    /** Whether the server takes a call from this login: it may find nothing, but does not refuse. */
    public boolean isAllowed(Call<?> call) {
        Response<?> response = execute(call);
        if (response.code() >= 500) {
            throw failure(response, call, "");
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

    private <T> Response<T> need(Response<T> response, Call<?> call, String permission) {
        if (!response.isSuccessful()) {
            throw failure(response, call, permission);
        }
        return response;
    }

    /** Nobody answered at this address. */
    public static FailureException unreachable(HttpUrl url, IOException problem) {
        return problem instanceof UnknownHostException
                ? FailureException.input("no such host is known: " + url.host(), url.toString(), "check the address")
                : FailureException.external(
                        url.host() + " can't be reached: " + Reason.of(problem),
                        url.host() + url.encodedPath(),
                        Reason.isUntrusted(problem) ? Reason.TRUST : "try again in a while",
                        problem);
    }

    private FailureException failure(Response<?> response, Call<?> call, String permission) {
        int code = response.code();
        String words = words(response.errorBody(), call);
        String where = where(call);
        String what = server + " says " + code + (words.isEmpty() ? "" : ": " + words);
        return switch (code) {
            case 301, 302, 307, 308 ->
                FailureException.input(what, where, fix(code, "it has moved: write its address as it is now"));
            case 401 ->
                FailureException.policy(
                        server + " does not know our login" + (words.isEmpty() ? "" : ": " + words),
                        where,
                        fix(code, "it has ended or is wrong: give another one, then run it again"));
            case 403 ->
                FailureException.policy(
                        permission.isEmpty() ? what : "our account lacks a permission on " + server + ": " + permission,
                        where,
                        fix(code, "check what our login may do there (docs/rights.md)"));
            case NOT_FOUND -> missing(call);
            case 405 -> FailureException.policy(what, where, fix(code, ""));
            case CONFLICT ->
                FailureException.conflict(what, where, fix(code, "run it again: somebody else was faster"));
            case 412 -> FailureException.failed(what, where, "look at what is in it");
            case 429 ->
                FailureException.external(
                        what,
                        where,
                        "",
                        Objects.requireNonNullElse(
                                RetryAfter.of(response.headers().get("Retry-After"), Instant.now()), USUAL_WAIT));
            default ->
                code >= 500
                        ? FailureException.external(what, where, "try again in a while", (Throwable) null)
                        : FailureException.input(what, where, fix(0, ""));
        };
    }

    private FailureException missing(Call<?> call) {
        return FailureException.input(
                server + " has no such thing, or this login may not see it",
                where(call),
                fix(NOT_FOUND, "check the address, and what the login may see"));
    }

    private String fix(int code, String usual) {
        return fixes.getOrDefault(code, usual);
    }

    private static String where(Call<?> call) {
        HttpUrl url = call.request().url();
        return call.request().method() + " " + url.host() + url.encodedPath();
    }

    private static String words(ResponseBody error, Call<?> call) {
        String text = "";
        try {
            text = error == null ? "" : error.string();
            JsonNode json = BoundedJson.mapper().readTree(text);
            StringJoiner words = new StringJoiner("; ");
            for (String field : List.of("message", "error", "description")) {
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
