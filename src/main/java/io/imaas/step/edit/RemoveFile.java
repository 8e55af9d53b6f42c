package io.imaas.step.edit;

import io.imaas.port.FileEdit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Takes a file away that is still as it was written. */
public record RemoveFile(String path, String text) implements FileEdit {
    @Override
    public Optional<byte[]> apply(Optional<byte[]> current) {
        return current.filter(bytes -> !Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8)));
    }
}
