package io.imaas.step.edit;

import io.imaas.port.FileEdit;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Puts a whole text, unless what is there says it already.
 *
 * @param said whether a text says it
 */
record TextUnless(String path, Predicate<String> said, String text) implements FileEdit {
    @Override
    public Optional<byte[]> apply(Optional<byte[]> current) {
        boolean there = current.filter(bytes -> said.test(new String(bytes, StandardCharsets.UTF_8)))
                .isPresent();
        return there ? current : Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
