package io.imaas.step.edit;

import io.imaas.port.FileEdit;
import java.util.Optional;

/** Puts a whole file, whatever its content is. */
public final class WholeFile implements FileEdit {
    private final String path;
    private final byte[] content;

    public WholeFile(String path, byte[] content) {
        this.path = path;
        this.content = content.clone();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<byte[]> apply(Optional<byte[]> current) {
        return Optional.of(content.clone());
    }
}
