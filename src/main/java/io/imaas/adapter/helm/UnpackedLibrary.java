package io.imaas.adapter.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file of 94 MB that each process unpacks from Helm's library into the temporary folder. Java deletes it at a normal
 * end alone, so every process that is killed would leave one behind. Linux needs the file no longer once it is loaded: it is
 * deleted then. Elsewhere it stays until the end.
 */
final class UnpackedLibrary {
    /** What Linux says of the memory of a process; a line that stands for a file ends with its path. */
    private static final Path MAPS = Path.of("/proc/self/maps");

    /** Which files were deleted; found out once, when it is first asked for. */
    private static final List<Path> DELETED = delete();

    private UnpackedLibrary() {}

    /** To be called after the library was used. */
    static List<Path> deleted() {
        return DELETED;
    }

    private static List<Path> delete() {
        if (!Files.isReadable(MAPS)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(MAPS)) {
            List<Path> files = lines.filter(line -> line.matches(".*/helm-java[^/]*/helm-[^/]*\\.so"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .distinct()
                    .toList();
            for (Path file : files) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(file.getParent());
            }
            return files;
        } catch (IOException e) {
            // It costs room until the end, and nothing else.
            return List.of();
        }
    }
}
