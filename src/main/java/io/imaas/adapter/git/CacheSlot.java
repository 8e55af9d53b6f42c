package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.RepositoryUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * A folder of the cache that this process has to itself as long as it lives. The operating system gives the lock back
 * however the process ends, so whoever gets the slot next may take away every lock file that lies in it.
 */
final class CacheSlot implements AutoCloseable {
    private static final int ROUNDS = 50;

    private final Path folder;
    private final FileChannel lock;

    private CacheSlot(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** The first free slot of a repository: the same one at the next start, so it is warm. */
    static CacheSlot acquire(Path cache, RepositoryUrl url) {
        Path parent = cache.resolve(folderName(url));
        try {
            Files.createDirectories(parent);
            for (int number = 0; ; number++) {
                FileChannel lock = tryLock(parent.resolve(number + ".lock"));
                if (lock != null) {
                    Path folder = Files.createDirectories(parent.resolve(Integer.toString(number)));
                    removeStaleLocks(folder);
                    return new CacheSlot(folder, lock);
                }
            }
        } catch (IOException | UncheckedIOException problem) {
            throw FailureException.external(
                    "the cache for Git repositories cannot be used: " + Reason.of(problem),
                    cache.toString(),
                    "check that the folder is writable and the disk has room",
                    problem);
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Removes a folder with all in it, also while something still comes or goes in there. */
    static void delete(Path folder) throws IOException {
        for (int round = 1; Files.exists(folder); round++) {
            try {
                FileUtils.deleteDirectory(folder.toFile());
            } catch (IOException racing) {
                // An update of a reference was not quite over; what it made goes with the next round.
                if (round == ROUNDS) {
                    throw racing;
                }
            }
        }
    }

    private static FileChannel tryLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException ownedByThisProcess) {
            channel.close();
            return null;
        }
        channel.close();
        return null;
    }

    private static void removeStaleLocks(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            List<Path> stale = below.filter(
                            path -> path.getFileName().toString().endsWith(".lock"))
                    .toList();
            for (Path path : stale) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Readable, and unlike for unlike URLs. */
    private static String folderName(RepositoryUrl url) {
        UUID id = UUID.nameUUIDFromBytes(url.value().getBytes(StandardCharsets.UTF_8));
        return url.baseName().replaceAll("[^A-Za-z0-9_-]", "_") + "-" + id;
    }
}
