package io.imaas.adapter.mi.layout;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The folders below one folder that hold projects or their parts. Nothing inside a VS Code project is looked at for
 * further ones.
 *
 * @param vsCode projects in the VS Code layout
 * @param exporters composite exporters of Integration Studio
 * @param modules all other folders with a {@code pom.xml} or an {@code artifact.xml}
 */
public record ProjectFolders(List<Path> vsCode, List<Path> exporters, List<Path> modules) {
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", "tmp");

    /** @throws FailureException INPUT when the folder can't be read */
    public static ProjectFolders below(Path root) {
        ProjectFolders found = new ProjectFolders(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return found.visit(folder, folder.equals(root));
                }
            });
        } catch (IOException e) {
            throw FailureException.input(
                    "cannot be read: " + Reason.of(e), root.toString(), "check the folder's permissions");
        }
        return found;
    }

    private FileVisitResult visit(Path folder, boolean top) {
        String name = folder.getFileName() == null ? "" : folder.getFileName().toString();
        if (!top && (name.startsWith(".") || NOT_SOURCES.contains(name))) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (VsCodeLayout.isIn(folder)) {
            vsCode.add(folder);
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (StudioLayout.isExporter(folder)) {
            exporters.add(folder);
        } else if (Files.isRegularFile(folder.resolve("artifact.xml"))
                || Files.isRegularFile(folder.resolve("pom.xml"))) {
            modules.add(folder);
        }
        return FileVisitResult.CONTINUE;
    }
}
