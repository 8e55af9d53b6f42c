package io.imaas.port;

import java.util.Optional;

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
}
