package io.imaas.adapter.mi.source;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.MiProject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The files of a project, listed once, sorted, without what builds and editors leave. Of links only those to files within count. */
public final class ProjectTree {
    private static final Set<String> SKIPPED = Set.of("target", "node_modules");

    private final Path root;
    private final List<String> files;
    private final List<String> linked;

    private ProjectTree(Path root, List<String> files, List<String> linked) {
        this.root = root;
        this.files = files;
        this.linked = linked;
    }

    /** @throws FailureException INPUT when there is no such folder */
    public static ProjectTree of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw FailureException.input(
                    "there is no such folder", folder.toString(), "name the folder of an MI project");
        }
        List<String> files = new ArrayList<>();
        List<String> linked = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = directory.getFileName() == null
                            ? ""
                            : directory.getFileName().toString();
                    boolean skip = !directory.equals(folder) && (name.startsWith(".") || SKIPPED.contains(name));
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    if (name.startsWith(".")) {
                        return FileVisitResult.CONTINUE;
                    }
                    String path = folder.relativize(file).toString().replace('\\', '/');
                    if (attributes.isRegularFile() || Folders.isWithin(folder, file)) {
                        files.add(path);
                    } else if (!SKIPPED.contains(name) && Files.isDirectory(file)) {
                        linked.add(path);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw FailureException.external("the folder can't be read: " + e.getMessage(), folder.toString(), "", e);
        }
        Collections.sort(files);
        Collections.sort(linked);
        return new ProjectTree(folder, Collections.unmodifiableList(files), linked);
    }

    public Path root() {
        return root;
    }

    /** Paths below the project's folder, with forward slashes. */
    public List<String> files() {
        return files;
    }

    /** Folders among the sources that are links. Builders follow some of them, this listing follows none. */
    public List<Problem> linkedFolders(MiProject.Layout layout) {
        return linked.stream()
                .filter(path -> layout == MiProject.Layout.INTEGRATION_STUDIO || path.matches("(src|deployment)(/.*)?"))
                .map(path -> Problem.error(
                        "linked-folder",
                        Location.of(path),
                        "this folder is a link",
                        "put the folder itself there, or a folder with a link to each file"))
                .toList();
    }

    /** @throws FailureException INPUT when a folder among the sources is a link */
    public static void refuseLinkedFolders(MiProject project) {
        of(Path.of(project.folder())).linkedFolders(project.layout()).stream()
                .findFirst()
                .ifPresent(problem -> {
                    throw FailureException.input(problem.what(), problem.where(), problem.fix());
                });
    }

    /** All files below a folder, at any depth. */
    public List<String> below(String folder) {
        String start = folder + "/";
        int at = Collections.binarySearch(files, start);
        int from = at < 0 ? -at - 1 : at;
        int to = from;
        while (to < files.size() && files.get(to).startsWith(start)) {
            to++;
        }
        return files.subList(from, to);
    }

    /** Whether a path begins with this text. */
    public boolean anyBeginsWith(String start) {
        int at = Collections.binarySearch(files, start);
        int next = at < 0 ? -at - 1 : at;
        return next < files.size() && files.get(next).startsWith(start);
    }

    public boolean has(String file) {
        return Collections.binarySearch(files, file) >= 0;
    }

    public Path resolve(String file) {
        return root.resolve(file);
    }

    public byte[] read(String file) {
        return Folders.bytes(resolve(file));
    }

    /** When a file was last written. */
    public FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw FailureException.external(
                    "the file can't be read: " + e.getMessage(), file.toString(), "check its rights", e);
        }
    }

    /**
     * Rewrites a file, or makes it when it is missing.
     *
     * @param change gives the new content, or empty to leave the file alone
     * @return whether it was written
     */
    public boolean change(String file, Function<byte[], Optional<byte[]>> change) {
        Optional<byte[]> changed = change.apply(has(file) ? read(file) : new byte[0]);
        if (changed.isEmpty()) {
            return false;
        }
        try {
            Files.createDirectories(resolve(file).getParent());
            Files.write(resolve(file), changed.get());
            return true;
        } catch (IOException e) {
            throw FailureException.external(
                    "the file can't be written: " + e.getMessage(), file, "check its rights", e);
        }
    }

    /**
     * A path as a test suite writes it: below the project's folder or else below a folder on the way down to the suite,
     * with or without a leading slash; never outside the project, not even by a link.
     */
    public Optional<String> find(String written, String suite) {
        String path = written.strip().replace('\\', '/').replaceFirst("^/+", "");
        Optional<String> found = file(path);
        for (int slash = suite.indexOf('/'); found.isEmpty() && slash > 0; slash = suite.indexOf('/', slash + 1)) {
            found = file(suite.substring(0, slash + 1) + path);
        }
        return found;
    }

    private Optional<String> file(String path) {
        try {
            String normal = Path.of(path).normalize().toString().replace('\\', '/');
            return !normal.isEmpty() && Folders.isWithin(root, root.resolve(normal))
                    ? Optional.of(normal)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
