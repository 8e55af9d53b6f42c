package io.imaas.step.edit;

import io.imaas.port.FileEdit;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Puts a whole text, or removes the file.
 *
 * @param text null removes the file
 */
public record TextEdit(String path, String text) implements FileEdit {
    @Override
    public Optional<byte[]> apply(Optional<byte[]> current) {
        return Optional.ofNullable(text).map(t -> t.getBytes(StandardCharsets.UTF_8));
    }
}
