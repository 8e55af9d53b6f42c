package io.imaas.port;

/**
 * A file that differs between two commits, in its content or in its mode.
 *
 * @param before what the path was
 * @param after what the path is
 */
public record ChangedFile(String path, Mode before, Mode after) {
    /** What Git keeps of a file besides its content. */
    public enum Mode {
        /** There is no such file. */
        ABSENT,
        FILE,
        EXECUTABLE,
        SYMBOLIC_LINK,
        SUBMODULE
    }
}
