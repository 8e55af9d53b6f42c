package io.imaas.dev.world;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A folder that stands for the world: all that is made is below it, and it survives being killed at any moment. */
public final class WorldFolder implements AutoCloseable {
    /** What a world takes, with some to spare, in bytes. */
    private static final long ROOM = 100_000_000;

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private WorldFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the folder for this process alone and fixes what a killed one left.
     *
     * @param owner who works here, such as {@code imaas demo}
     * @param mark name of the file that says so
     * @param afresh whether what is there is removed
     * @throws FailureException INPUT when the folder can't be used, CONFLICT when another process is at work in it
     */
    public static WorldFolder open(Path root, String owner, String mark, boolean afresh) {
        try {
            Files.createDirectories(root);
            Path marked = root.resolve(mark);
            refuseForeign(root, marked, owner);
            requireRoom(root);
            FileChannel channel = FileChannel.open(marked, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw FailureException.conflict(
                        "another " + owner + " is at work here",
                        root.toString(),
                        "wait for it, or work in another folder");
            }
            WorldFolder folder = new WorldFolder(root, channel, lock);
            if (afresh) {
                folder.clear(mark);
            }
            folder.removeStaleGitLocks();
            return folder;
        } catch (IOException e) {
            throw FailureException.input(
                    owner + " can't work here: " + Reason.of(e),
                    root.toString(),
                    "choose a folder that can be written");
        }
    }

    private static void requireRoom(Path root) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < ROOM) {
            throw FailureException.external(
                    "the disk is nearly full: " + free / 1_000_000 + " MB are free",
                    root.toString(),
                    "free " + ROOM / 1_000_000 + " MB, or work on another disk",
                    (Throwable) null);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void refuseForeign(Path root, Path mark, String owner) throws IOException {
        try (Stream<Path> inside = Files.list(root)) {
            if (!Files.exists(mark) && inside.findAny().isPresent()) {
                throw FailureException.input(
                        "the folder is not empty, and " + owner + " did not make it",
                        root.toString(),
                        "choose another folder");
            }
        }
    }

    public Path root() {
        return root;
    }

    public Path below(String name) {
        return root.resolve(name);
    }

    public Path repository(String name) {
        return root.resolve("git").resolve(name + ".git");
    }

    /** The same, made with that default branch when it is not there. */
    public Path bare(String name, BranchName branch) {
        Path made = repository(name);
        if (Files.exists(made.resolve("HEAD"))) {
            return made;
        }
        // Made beside its place and moved there: whoever is cut off leaves a whole repository or none.
        Path begun = made.resolveSibling(made.getFileName() + ".new");
        try {
            FileUtils.deleteDirectory(begun.toFile());
            try (Git git = Git.init()
                    .setBare(true)
                    .setDirectory(begun.toFile())
                    .setInitialBranch(branch.value())
                    .call()) {
                git.getRepository().getConfig().setBoolean("receive", null, "denyDeletes", true);
                git.getRepository().getConfig().save();
            }
            Files.move(begun, made, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (GitAPIException | IOException e) {
            throw FailureException.external(
                    "a repository can't be made: " + Reason.of(e),
                    made.toString(),
                    "free space on the disk, or check the folder's rights",
                    e);
        }
    }

    public RepositoryUrl url(String name) {
        return new RepositoryUrl(repository(name).toUri().toString().replaceAll("/$", ""));
    }

    /** Writes a file so that it is there whole or not at all. */
    public void write(String name, String text) {
        Path path = root.resolve(name);
        try {
            Files.createDirectories(path.getParent());
            Path fresh = path.resolveSibling(path.getFileName() + ".new");
            Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw FailureException.external(
                    "a file can't be written: " + Reason.of(e),
                    path.toString(),
                    "free space on the disk, or check the folder's rights",
                    e);
        }
    }

    private void clear(String mark) throws IOException {
        try (Stream<Path> inside = Files.list(root)) {
            for (Path path : inside.filter(p -> !p.endsWith(mark)).toList()) {
                FileUtils.forceDelete(path.toFile());
            }
        }
    }

    /** This process is alone here, so a lock file in the world's own repositories belongs to one that was killed. */
    private void removeStaleGitLocks() throws IOException {
        Path git = root.resolve("git");
        if (!Files.isDirectory(git)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(git)) {
            for (Path path : walk.filter(p -> p.getFileName().toString().endsWith(".lock"))
                    .toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
