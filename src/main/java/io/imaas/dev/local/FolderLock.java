package io.imaas.dev.local;

import io.imaas.model.failure.FailureException;
import io.imaas.port.Clock;
import io.imaas.port.RunLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/** A lock of the operating system on a file; it ends with its process. */
public final class FolderLock implements RunLock {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Path file;
    private final Clock clock;

    /** @param folder of the cluster that is changed */
    public FolderLock(Path folder, Clock clock) {
        this.file = folder.resolve(".lock");
        this.clock = clock;
    }

    @Override
    public Held hold(Duration patience) {
        Instant end = clock.now().plus(patience);
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            while (!isLocked(channel)) {
                if (clock.now().isAfter(end)) {
                    channel.close();
                    throw FailureException.conflict(
                            "another run is changing this cluster",
                            file.toString(),
                            "wait for it to end, then run it again");
                }
                clock.pause(LOOK);
            }
            return () -> close(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted", file.toString(), "run it again", e);
        }
    }

    /** The channel keeps the lock until it is closed. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
