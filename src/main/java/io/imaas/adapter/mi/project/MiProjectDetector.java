package io.imaas.adapter.mi.project;

import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiProject;
import io.imaas.port.MiProjects;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Finds the MI projects of a repository, whichever tool laid them out. */
public final class MiProjectDetector implements MiProjects {
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", "tmp");

    @Override
    public List<MiProject> inspect(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            throw FailureException.input("no such folder", folder.toString(), "check the path");
        }
        List<MiProject> found = new ArrayList<>();
        Candidates candidates = candidates(root);
        candidates.vsCode.forEach(project -> found.add(new VsCodeInspection(new VsCodeLayout(project)).project()));
        candidates.exporters.forEach(
                exporter -> found.add(new StudioInspection(StudioLayout.around(exporter, root)).project()));
        found.sort(Comparator.comparing(MiProject::folder).thenComparing(MiProject::artifactId));
        if (found.isEmpty()) {
            throw FailureException.input(
                    "no MI project in this folder",
                    folder.toString(),
                    "name a folder with src/main/wso2mi, or with Integration Studio modules and their composite exporter");
        }
        return List.copyOf(found);
    }

    private static Candidates candidates(Path root) {
        Candidates candidates = new Candidates(root);
        try {
            Files.walkFileTree(root, candidates);
        } catch (IOException e) {
            throw FailureException.input("cannot be read: " + e, root.toString(), "check the folder's permissions");
        }
        return candidates;
    }

    /** One walk over the repository; nothing inside a project is looked at for further projects. */
    private static final class Candidates extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> vsCode = new ArrayList<>();
        private final List<Path> exporters = new ArrayList<>();

        Candidates(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name =
                    folder.getFileName() == null ? "" : folder.getFileName().toString();
            if (!folder.equals(root) && (name.startsWith(".") || NOT_SOURCES.contains(name))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (VsCodeLayout.isIn(folder)) {
                vsCode.add(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (StudioLayout.isExporter(folder)) {
                exporters.add(folder);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
