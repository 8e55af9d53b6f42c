package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import java.util.List;
import java.util.Optional;

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

        @Override
        public T orRest() {
            return value;
        }
    }

    /**
     * The value, or what is left of it without the parts that are wrong.
     *
     * @throws FailureException INPUT with every problem in its message, when nothing is left
     */
    T orRest();

    /**
     * Not read, since there is at least one error.
     *
     * @param rest what can be used without the parts that are wrong
     */
    record Bad<T>(List<Problem> problems, Optional<T> rest) implements Read<T> {
        public Bad {
            problems = List.copyOf(problems);
        }

        public Bad(List<Problem> problems) {
            this(problems, Optional.empty());
        }

        @Override
        public T orThrow() {
            throw FailureException.input(
                    problems.stream().filter(Problem::isError).toList());
        }

        @Override
        public T orRest() {
            return rest.orElseGet(this::orThrow);
        }
    }
}
