package io.imaas.adapter.github;

import io.imaas.model.failure.FailureException;
import io.imaas.port.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Keeps GitHub's rules for well-behaved clients, for all repositories of one login: a second between writes, and not a
 * call while GitHub asked to wait.
 */
final class Courtesy implements Interceptor {
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
    /** What GitHub's documentation asks for when an answer does not say how long. */
    private static final Duration UNKNOWN_WAIT = Duration.ofMinutes(1);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int PEEK = 4096;

    private final Clock clock;
    private Instant lastWrite = Instant.MIN;
    private Instant silentUntil = Instant.MIN;

    Courtesy(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        refuseWhileSilent(request);
        if (!request.method().equals("GET")) {
            awaitTurn();
        }
        Response response = chain.proceed(request);
        if (isLimit(response)) {
            Duration wait = wait(response);
            beSilent(wait);
            response.close();
            throw limited(request, wait);
        }
        return response;
    }

    private synchronized void refuseWhileSilent(Request request) {
        Instant now = clock.now();
        if (now.isBefore(silentUntil)) {
            Duration left = Duration.between(now, silentUntil);
            // A wait longer than any that was asked for means that the clock was set back.
            if (left.compareTo(LONGEST_WAIT) <= 0) {
                throw limited(request, left);
            }
        }
    }

    private synchronized void beSilent(Duration wait) {
        silentUntil = clock.now().plus(wait);
    }

    /** Writes wait one behind the other; that they wait here is the point. */
    private synchronized void awaitTurn() throws IOException {
        Instant now = clock.now();
        if (now.isBefore(lastWrite.equals(Instant.MIN) ? lastWrite : lastWrite.plus(BETWEEN_WRITES))) {
            Duration left = Duration.between(now, lastWrite.plus(BETWEEN_WRITES));
            try {
                clock.pause(left.compareTo(BETWEEN_WRITES) > 0 ? BETWEEN_WRITES : left);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for a turn to write");
            }
        }
        lastWrite = clock.now();
    }

    private static boolean isLimit(Response response) throws IOException {
        if (response.code() == 429) {
            return true;
        }
        return response.code() == 403
                && (response.header("retry-after") != null
                        || "0".equals(response.header("x-ratelimit-remaining"))
                        || response.peekBody(PEEK).string().contains("secondary rate limit"));
    }

    private Duration wait(Response response) {
        Duration asked = UNKNOWN_WAIT;
        String retryAfter = response.header("retry-after");
        String reset = response.header("x-ratelimit-reset");
        if (isNumber(retryAfter)) {
            asked = Duration.ofSeconds(Long.parseLong(retryAfter));
        } else if ("0".equals(response.header("x-ratelimit-remaining")) && isNumber(reset)) {
            asked = Duration.between(clock.now(), Instant.ofEpochSecond(Long.parseLong(reset)));
        }
        Duration atLeast = asked.isNegative() || asked.isZero() ? BETWEEN_WRITES : asked;
        return atLeast.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atLeast;
    }

    private static boolean isNumber(String text) {
        return text != null && text.matches("[0-9]{1,12}");
    }

    private static FailureException limited(Request request, Duration wait) {
        return FailureException.external(
                "GitHub's rate limit is reached",
                request.url().toString(),
                "try again in " + wait.toSeconds() + " s",
                wait);
    }
}
