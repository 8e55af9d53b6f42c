package io.imaas.step.edit;

import io.imaas.port.FileEdit;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes a file that is not there yet; whatever is there stays. */
public record FirstContent(String path, String text) implements FileEdit {
    @Override
    public Optional<byte[]> apply(Optional<byte[]> current) {
        return current.isPresent() ? current : Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
