package io.imaas.cli;

import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.ServiceFile;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.port.TextFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a checked-out platform repository that the catalog is read from. */
public record PlatformFolder(Path folder) {
    /** The reader refuses less; a little more than that shows it how large the file is without filling the memory. */
    private static final int MAX_BYTES = 8 << 20;

    /** Whether the folder looks like a platform repository, be it a broken one. */
    public boolean isPlatform() {
        return Files.isRegularFile(folder.resolve("platform.yaml"))
                || Files.isRegularFile(folder.resolve("platform.yml"))
                || Files.isDirectory(folder.resolve("tenants"));
    }

    /** The platform repository, or the service's project, that a path is in. */
    static Optional<Path> above(Path path) {
        return Stream.iterate(path.toAbsolutePath().normalize(), one -> one != null, Path::getParent)
                .filter(one -> Stream.of("platform.yaml", ServiceFile.NAME, "pom.xml")
                        .anyMatch(file -> Files.isRegularFile(one.resolve(file))))
                .findFirst();
    }

    /**
     * The files by their paths below the folder; what is not UTF-8 has U+FFFD in it, which the catalog reports at its place.
     * Links are not followed: a pull request could let one point at a secret of the machine that reads it.
     *
     * @throws FailureException INPUT when a folder can't be read
     */
    public TextFiles files() {
        SortedMap<String, String> texts = new TreeMap<>();
        SortedMap<String, Failure> unreadable = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder, 4)) {
            files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> CatalogReader.concerns(name(file)))
                    .forEach(file -> {
                        try {
                            texts.put(name(file), text(file));
                        } catch (FailureException problem) {
                            unreadable.put(name(file), problem.failure());
                        }
                    });
        } catch (IOException | UncheckedIOException e) {
            throw FailureException.input(
                    "the folder can't be read: " + Reason.of(e), folder.toString(), "check the path and its rights");
        }
        return new TextFiles(texts, unreadable);
    }

    private String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    static String text(Path file) {
        if (Files.isSymbolicLink(file)) {
            throw FailureException.input(
                    "a link stands where a file must be", file.toString(), "replace it by the file itself");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw FailureException.input(
                    "the file can't be read: " + Reason.of(e), file.toString(), "check its rights");
        }
    }
}
