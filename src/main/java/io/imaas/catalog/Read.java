package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came of reading metadata: a value, or everything that is wrong with it. */
public sealed interface Read<T> {
    /** Errors and warnings, sorted by file, line and column. */
    List<Problem> problems();

    /** The value, where there is one. */
    default Optional<T> found() {
        return this instanceof Ok<T> ok ? Optional.of(ok.value()) : Optional.empty();
    }

    /**
     * The value.
     *
     * @throws FailureException INPUT with every problem in its message
     */
    T orThrow();

    /** Read; there may be warnings. */
    record Ok<T>(T value, List<Problem> warnings) implements Read<T> {
        public Ok {
            warnings = List.copyOf(warnings);
        }

        @Override
        public List<Problem> problems() {
            return warnings;
        }

        @Override
        public T orThrow() {
            return value;
        }
    }

    /** So many errors are told where a command only needed the metadata. */
    int MANY = 20;

    /** Not read, since there is at least one error. */
    record Bad<T>(List<Problem> problems) implements Read<T> {
        public Bad {
            problems = List.copyOf(problems);
        }

        @Override
        public T orThrow() {
            List<Problem> errors = problems.stream().filter(Problem::isError).toList();
            Problem first = errors.get(0);
            if (errors.size() == 1) {
                throw FailureException.input(first.what(), first.where().toString(), first.fix());
            }
            throw FailureException.input(
                    errors.size() + " errors in the metadata:\n"
                            + errors.stream()
                                    .limit(MANY)
                                    .map(p -> "  " + p.sentence())
                                    .collect(Collectors.joining("\n"))
                            + (errors.size() > MANY
                                    ? "\n  and " + (errors.size() - MANY) + " more: imaas validate lists all"
                                    : ""),
                    "",
                    "");
        }
    }
}
