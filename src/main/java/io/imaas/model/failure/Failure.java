package io.imaas.model.failure;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Why something did not work, for a person: what happened, where, and what to try.
 *
 * @param where file and line, URL, or the name of the thing; empty when there is no better place than the command
 * @param retryAfter how long the other side asked us to wait, or null when it said nothing
 */
public record Failure(FailureKind kind, String what, String where, String suggestion, Duration retryAfter)
        implements Serializable {
    public Failure {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(what);
        Objects.requireNonNull(where);
        Objects.requireNonNull(suggestion);
    }

    public Failure(FailureKind kind, String what, String where, String suggestion) {
        this(kind, what, where, suggestion, null);
    }

    /** The other side's own wish, such as HTTP's Retry-After. */
    public Optional<Duration> askedToWait() {
        return Optional.ofNullable(retryAfter);
    }

    /** One line: what, where, and what to try. */
    public String sentence() {
        return (where.isEmpty() ? "" : where + ": ") + what + (suggestion.isEmpty() ? "" : " (" + suggestion + ")");
    }
}
