package io.imaas.model.failure;

import io.imaas.model.failure.Spelling.Correction;
import java.io.Serial;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries a {@link Failure} out of a port or an adapter to whoever turns it into an outcome. */
public final class FailureException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** So many errors are told where a command only needed the metadata. */
    private static final int MANY = 20;

    private final Failure failure;
    private final transient List<Effect> before;
    private final transient Correction correction;
    private final boolean missing;

    public FailureException(Failure failure) {
        this(failure, null);
    }

    public FailureException(Failure failure, Throwable cause) {
        this(failure, List.of(), null, false, cause);
    }

    private FailureException(
            Failure failure, List<Effect> before, Correction correction, boolean missing, Throwable cause) {
        super(failure.sentence(), cause);
        this.failure = failure;
        this.before = List.copyOf(before);
        this.correction = correction;
        this.missing = missing;
    }

    /** The same, which tells what had been changed when it happened, or may have been. */
    public FailureException after(List<Effect> changed) {
        return new FailureException(
                failure, Stream.concat(changed.stream(), effects().stream()).toList(), correction, missing, this);
    }

    /** The same at another place. */
    public FailureException at(Place where) {
        return new FailureException(failure.at(where), effects(), correction, missing, this);
    }

    /** The same, whose file is told as seen from above a folder; see {@link Place#below}. */
    public FailureException below(String folder) {
        return at(failure.where().below(folder));
    }

    /** The word of the request that was probably mistyped. */
    public Optional<Correction> correction() {
        return Optional.ofNullable(correction);
    }

    /** Whether the request is well formed and names what is not there. */
    public boolean isOfMissing() {
        return missing;
    }

    /** What had been changed in the world when it happened. */
    public List<Effect> effects() {
        return before == null ? List.of() : before;
    }

    public Failure failure() {
        return failure;
    }

    /** The user's input is wrong, at no single place. */
    public static FailureException input(String what, String suggestion) {
        return input(what, "", suggestion);
    }

    /** A file is wrong. */
    public static FailureException input(String what, Location where, String suggestion) {
        return new FailureException(new Failure(FailureKind.INPUT, what, where, suggestion));
    }

    /** The user's input is wrong. */
    public static FailureException input(String what, String where, String suggestion) {
        return new FailureException(new Failure(FailureKind.INPUT, what, where, suggestion));
    }

    /** Files are wrong: every error in one message, or one error with its place and fix. */
    public static FailureException input(List<Problem> errors) {
        Problem first = errors.get(0);
        if (errors.size() == 1) {
            return input(first.what(), first.where(), first.fix());
        }
        return input(
                several(errors.size(), "errors in the metadata", errors.stream().map(Problem::sentence))
                        + (errors.size() > MANY
                                ? "\n  and " + (errors.size() - MANY) + " more: imaas validate lists all"
                                : ""),
                "",
                "");
    }

    /** Several at once: of the kind of the first, and each with its place and fix in a line of its own. */
    public static FailureException all(List<Failure> failures) {
        Failure first = failures.get(0);
        return new FailureException(
                failures.size() == 1
                        ? first
                        : new Failure(
                                first.kind(),
                                several(
                                                failures.size(),
                                                "errors",
                                                failures.stream().map(Failure::sentence))
                                        + (failures.size() > MANY
                                                ? "\n  and " + (failures.size() - MANY) + " more"
                                                : ""),
                                "",
                                ""));
    }

    private static String several(int count, String what, Stream<String> sentences) {
        return count + " " + what + ":\n"
                + sentences.limit(MANY).map(one -> "  " + one).collect(Collectors.joining("\n"));
    }

    /** A name that is unknown: the suggestion is the nearest known one, or the list of them. */
    public static FailureException unknown(String what, String where, String written, Collection<String> known) {
        return new FailureException(
                new Failure(FailureKind.INPUT, what, where, Spelling.suggestion(written, known)),
                List.of(),
                Spelling.nearest(written, known)
                        .map(meant -> new Correction(written, meant))
                        .orElse(null),
                true,
                null);
    }

    /** What the request names is not there. */
    public static FailureException missing(String what, String suggestion) {
        return new FailureException(new Failure(FailureKind.INPUT, what, "", suggestion), List.of(), null, true, null);
    }

    /** A gate said no, to nothing that lies at a single place. */
    public static FailureException policy(String what, String suggestion) {
        return policy(what, "", suggestion);
    }

    /** A gate said no. */
    public static FailureException policy(String what, String where, String suggestion) {
        return new FailureException(new Failure(FailureKind.POLICY, what, where, suggestion));
    }

    /** The thing itself is bad. */
    public static FailureException failed(String what, String where, String suggestion) {
        return new FailureException(new Failure(FailureKind.FAILED, what, where, suggestion));
    }

    /** A system we depend on did not do its part. */
    public static FailureException external(String what, String where, String suggestion, Throwable cause) {
        return new FailureException(new Failure(FailureKind.EXTERNAL, what, where, suggestion), cause);
    }

    /** A system we depend on asked us to come back later. */
    public static FailureException external(String what, String where, String suggestion, Duration retryAfter) {
        return new FailureException(
                new Failure(FailureKind.EXTERNAL, what, new Place.Named(where), suggestion, retryAfter));
    }

    /** Somebody else changed the same thing. */
    public static FailureException conflict(String what, String where, String suggestion) {
        return new FailureException(new Failure(FailureKind.CONFLICT, what, where, suggestion));
    }

    /** A bug of ours. */
    public static FailureException defect(String what, Throwable cause) {
        return new FailureException(
                new Failure(FailureKind.DEFECT, what, "", "this is a defect of the orchestrator: please report it"),
                cause);
    }
}
