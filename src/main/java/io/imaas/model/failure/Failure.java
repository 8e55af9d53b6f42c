package io.imaas.model.failure;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Why something did not work, for a person: what happened, where, and what to try.
 *
 * @param retryAfter how long the other side asked us to wait, or null when it said nothing
 */
public record Failure(FailureKind kind, String what, Place where, String suggestion, Duration retryAfter)
        implements Serializable {
    public Failure {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(what);
        Objects.requireNonNull(where);
        Objects.requireNonNull(suggestion);
    }

    public Failure(FailureKind kind, String what, Place where, String suggestion) {
        this(kind, what, where, suggestion, null);
    }

    /** @param where a URL, or the name of a thing; empty for no place */
    public Failure(FailureKind kind, String what, String where, String suggestion) {
        this(kind, what, new Place.Named(where), suggestion);
    }

    /** The same at another place. */
    public Failure at(Place other) {
        return new Failure(kind, what, other, suggestion, retryAfter);
    }

    /** What happened, behind its place where there is one. */
    public String finding() {
        return (where.isNone() ? "" : where + ": ") + what;
    }

    /** The other side's own wish, such as HTTP's Retry-After. */
    public Optional<Duration> askedToWait() {
        return Optional.ofNullable(retryAfter);
    }

    /** One line: what, where, and what to try. */
    public String sentence() {
        return finding() + (suggestion.isEmpty() ? "" : " (" + suggestion + ")");
    }
}
