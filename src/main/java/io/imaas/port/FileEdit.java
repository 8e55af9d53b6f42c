package io.imaas.port;

import io.imaas.model.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * An intent on one file. It is applied to the file as it is at the moment of writing, and again when a push race was
 * lost: so it must depend on nothing but its argument.
 */
public interface FileEdit {
    /** The file's path in its repository. */
    String path();

    /**
     * The file's new content.
     *
     * @param current the bytes now, or empty when there is no such file
     * @return the bytes wanted, or empty when the file is to go
     */
    Optional<byte[]> apply(Optional<byte[]> current);

    /**
     * Whether it needs nothing of what is there. It then replaces also what is no file that can be read, such as a link or a
     * folder: somebody may have pushed it there, and a rollback must not wait for them.
     */
    default boolean isWhole() {
        return false;
    }

    /** @param text null removes the file */
    static FileEdit text(String path, String text) {
        return whole(path, Optional.ofNullable(text).map(FileEdit::bytes));
    }

    static FileEdit content(String path, byte[] content) {
        return whole(path, Optional.of(content));
    }

    /** Makes a file that is not there yet; whatever is there stays. */
    static FileEdit first(String path, String text) {
        return of(path, current -> current.or(() -> Optional.of(bytes(text))));
    }

    /** @param said whether the file says it already, so that it stays as it is */
    static FileEdit textUnless(String path, Predicate<String> said, String text) {
        return of(
                path, current -> current.filter(bytes -> said.test(text(bytes))).or(() -> Optional.of(bytes(text))));
    }

    /**
     * Puts a text in the place of another one, and fails with CONFLICT where that is not what is there any more.
     *
     * @param from whether a text is the one that is replaced, or what took its place already
     */
    static FileEdit replacement(String path, Predicate<String> from, String to) {
        return of(path, current -> {
            if (!from.test(current.map(FileEdit::text).orElse(""))) {
                throw FailureException.conflict("somebody else has written meanwhile", path, "read it again");
            }
            return Optional.of(bytes(to));
        });
    }

    /** Removes a file that is still as it was written. */
    static FileEdit removal(String path, String text) {
        return of(path, current -> current.filter(bytes -> !Arrays.equals(bytes, bytes(text))));
    }

    private static FileEdit whole(String path, Optional<byte[]> content) {
        return new Edit(path, true, current -> content.map(byte[]::clone));
    }

    private static FileEdit of(String path, UnaryOperator<Optional<byte[]>> edit) {
        return new Edit(path, false, edit);
    }

    /** By what it makes of the file as it is now. */
    record Edit(String path, boolean isWhole, UnaryOperator<Optional<byte[]>> edit) implements FileEdit {
        @Override
        public Optional<byte[]> apply(Optional<byte[]> current) {
            return edit.apply(current);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
