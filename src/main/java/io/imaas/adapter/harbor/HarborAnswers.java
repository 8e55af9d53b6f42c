package io.imaas.adapter.harbor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.failure.RetryAfter;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
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
 * @param credential the name of the secret with our login
 */
record HarborAnswers(String credential) {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final Duration USUAL_WAIT = Duration.ofSeconds(10);

    /** @param permission what a robot account needs for it, in Harbor's words, such as {@code project: create} */
    <T> T send(Call<T> call, String permission) {
        Response<T> response = ask(call);
        if (!response.isSuccessful()) {
            throw failure(response, call, permission);
        }
        return response.body();
    }

    /** Empty when Harbor says that there is no such thing. */
    <T> Optional<Response<T>> find(Call<T> call, String permission) {
        Response<T> response = ask(call);
        if (response.code() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!response.isSuccessful()) {
            throw failure(response, call, permission);
        }
        return Optional.of(response);
    }

    /** @return whether it was made; otherwise somebody else did so meanwhile */
    boolean make(Call<Void> call, String permission) {
        Response<Void> response = ask(call);
        if (!response.isSuccessful() && response.code() != CONFLICT) {
            throw failure(response, call, permission);
        }
        return response.isSuccessful();
    }

    private static <T> Response<T> ask(Call<T> call) {
        HttpUrl url = call.request().url();
        try {
            return call.execute();
        } catch (UnknownHostException unknown) {
            throw FailureException.input("no such host is known: " + url.host(), where(call), "check 'registries'");
        } catch (IOException problem) {
            throw FailureException.external(
                    url.host() + " can't be reached: " + Reason.of(problem),
                    where(call),
                    Reason.isUntrusted(problem) ? Reason.TRUST : "try again in a while",
                    problem);
        }
    }

    private FailureException failure(Response<?> response, Call<?> call, String permission) {
        String words = words(response.errorBody());
        String what = "Harbor says " + response.code() + (words.isEmpty() ? "" : ": " + words);
        String where = where(call);
        return switch (response.code()) {
            case 401 ->
                FailureException.policy(
                        "Harbor does not know our login",
                        where,
                        "give the secret " + credential
                                + " the value user:password of an administrator or of a robot account of the system");
            case 403 ->
                FailureException.policy(
                        "our account lacks a permission on Harbor: " + permission,
                        where,
                        "give it under Administration > Robot Accounts, or take an administrator's login for "
                                + credential);
            case CONFLICT -> FailureException.conflict(what, where, "run it again: somebody else was faster");
            case 412 -> FailureException.failed(what, where, "look at what is in it");
            case 429 ->
                FailureException.external(
                        what,
                        where,
                        "",
                        Objects.requireNonNullElse(
                                RetryAfter.of(response.headers().get("Retry-After"), Instant.now()), USUAL_WAIT));
            default ->
                response.code() >= 500
                        ? FailureException.external(what, where, "try again in a while", (Throwable) null)
                        : FailureException.input(what, where, "check section 'onboarding.registry' of platform.yaml");
        };
    }

    private static String where(Call<?> call) {
        HttpUrl url = call.request().url();
        return call.request().method() + " " + url.host() + url.encodedPath();
    }

    private static String words(ResponseBody error) {
        if (error == null) {
            return "";
        }
        try {
            JsonNode json = new ObjectMapper().readTree(error.string());
            StringJoiner words = new StringJoiner("; ");
            json.path("errors").forEach(each -> words.add(each.path("message").asText()));
            return words.toString();
        } catch (JsonProcessingException noJson) {
            return "";
        } catch (IOException broken) {
            return "the answer broke off";
        }
    }
}
