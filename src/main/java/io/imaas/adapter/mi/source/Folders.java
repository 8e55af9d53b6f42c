package io.imaas.adapter.mi.source;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Listings of folders in one order on every machine; a folder that is not there lists as empty. */
public final class Folders {
    /** By name, code unit by code unit: the file system's and the locale's own ideas stay out. */
    private static final Comparator<Path> BY_NAME =
            Comparator.comparing(p -> p.toString().replace('\\', '/'));

    /** Bytes of a file or of an unpacked zip: they are held in memory, several at a time. */
    static final long LARGEST = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 8);

    private Folders() {}

    /** Regular files directly in a folder. */
    public static List<Path> files(Path folder) {
        return list(folder).stream().filter(Files::isRegularFile).toList();
    }

    /** Folders directly in a folder. */
    public static List<Path> folders(Path folder) {
        return list(folder).stream().filter(Files::isDirectory).toList();
    }

    /** Everything below a folder, itself not included, parents before children. */
    public static List<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(p -> !p.equals(folder)).sorted(BY_NAME).toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** Whether a path is a plain file that lies below a folder, wherever links on the way lead. */
    public static boolean isWithin(Path folder, Path file) {
        try {
            return Files.isRegularFile(file) && file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** The same file. @throws FailureException INPUT when it lies outside of the project's folder, perhaps by a link */
    public static Path own(Path project, Path file) {
        if (Files.isRegularFile(file) && !isWithin(project, file)) {
            throw FailureException.input(
                    "it lies outside of the project, or a link leads there",
                    Location.of(project.relativize(file).toString().replace('\\', '/')),
                    "put the file itself into the project");
        }
        return file;
    }

    /** Whether a path, or a folder on the way down to it, is among these; all with forward slashes. */
    public static boolean covers(Set<String> paths, String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (paths.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The content of a file.
     *
     * @throws FailureException INPUT when it can't be read, is not a plain file, or is too large for Java's memory
     */
    public static byte[] bytes(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw FailureException.input("is not a plain file", file.toString(), "remove it");
            }
            if (attributes.size() > LARGEST) {
                throw FailureException.input(
                        "has more than " + LARGEST + " bytes, too many for Java's memory",
                        file.toString(),
                        "make it smaller, or give Java more memory: export JAVA_TOOL_OPTIONS=-Xmx4g");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted(BY_NAME).toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static FailureException unreadable(Path path, IOException e) {
        return FailureException.input(
                "cannot be read: " + Reason.of(e), path.toString(), "check the path and its permissions");
    }
}
