package io.imaas.adapter.forge.http;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.RetryAfter;
import io.imaas.port.Clock;
import io.imaas.port.Measures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Keeps a server's rules for well-behaved clients, for all calls of one login: a pause between writes, and not a call while
 * the server asked to wait.
 */
final class Budget {
    /** How long to stay away when a limit's answer does not say how long; what GitHub's documentation asks for. */
    private static final Duration UNKNOWN_WAIT = Duration.ofMinutes(1);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final int PEEK = 4096;

    private final Clock clock;
    private final Duration betweenWrites;
    private final Measures measures;
    private Instant lastWrite = Instant.EPOCH;
    private Instant silentUntil = Instant.MIN;

    Budget(Clock clock, Duration betweenWrites, Measures measures) {
        this.clock = clock;
        this.betweenWrites = betweenWrites;
        this.measures = measures;
    }

    /** Sends a call. */
    interface Sender {
        Response send(Request request) throws IOException;
    }

    Response spend(Request request, Sender sender) throws IOException {
        refuseWhileSilent(request);
        if (!request.method().equals("GET")) {
            awaitTurn();
        }
        Response response = sender.send(request);
        if (isNumber(left(response))) {
            measures.callsLeft(request.url().host(), Long.parseLong(left(response)));
        }
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
            if (left.compareTo(RetryAfter.LONGEST) <= 0) {
                throw limited(request, left);
            }
        }
    }

    private synchronized void beSilent(Duration wait) {
        silentUntil = clock.now().plus(wait);
    }

    /** Writes wait one behind the other; that they wait here is the point. */
    private synchronized void awaitTurn() throws IOException {
        Duration left = Duration.between(clock.now(), lastWrite.plus(betweenWrites));
        if (left.compareTo(Duration.ZERO) > 0) {
            try {
                clock.pause(left.compareTo(betweenWrites) > 0 ? betweenWrites : left);
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
                        || isSpent(response)
                        || response.peekBody(PEEK).string().contains("secondary rate limit"));
    }

    private static boolean isSpent(Response response) {
        return left(response).equals("0");
    }

    /** GitHub's header, and the same without its prefix as GitLab has it; empty where a server has neither. */
    private static String left(Response response) {
        return response.header("x-ratelimit-remaining", response.header("ratelimit-remaining", ""));
    }

    private Duration wait(Response response) {
        String reset = response.header("x-ratelimit-reset", response.header("ratelimit-reset"));
        Duration asked = RetryAfter.of(response.header("retry-after"), clock.now());
        if (asked == null) {
            asked = isSpent(response) && isNumber(reset)
                    ? RetryAfter.bounded(Duration.between(clock.now(), Instant.ofEpochSecond(Long.parseLong(reset))))
                    : UNKNOWN_WAIT;
        }
        return asked.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : asked;
    }

    private static boolean isNumber(String text) {
        return text != null && text.matches("[0-9]{1,12}");
    }

    private static FailureException limited(Request request, Duration wait) {
        return FailureException.external(
                "the rate limit of " + request.url().host() + " is reached",
                request.url().encodedPath(),
                "try again in " + wait.toSeconds() + " s",
                wait);
    }
}
