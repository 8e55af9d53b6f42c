package io.imaas.step.edit;

import io.imaas.model.failure.FailureException;
import io.imaas.port.FileEdit;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Puts a text in the place of another one, and refuses where that is not what is there any more.
 *
 * @param from whether a text is the one that is replaced, or what took its place already
 */
public record ReplaceText(String path, Predicate<String> from, String to) implements FileEdit {
    @Override
    public Optional<byte[]> apply(Optional<byte[]> current) {
        String now =
                current.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
        if (!from.test(now)) {
            throw FailureException.conflict("somebody else has written meanwhile", path, "read it again");
        }
        return Optional.of(to.getBytes(StandardCharsets.UTF_8));
    }
}
