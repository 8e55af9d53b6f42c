package io.imaas.adapter.mi.project;

import io.imaas.adapter.mi.layout.ProjectFolders;
import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.MiProject;
import io.imaas.port.MiProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Finds the MI projects of a repository, whichever tool laid them out. */
public final class MiProjectDetector implements MiProjects {
    @Override
    public List<MiProject> inspect(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw FailureException.input(Reason.noFolder(Files.exists(folder)), folder.toString(), "check the path");
        }
        Path root = entered(folder.toAbsolutePath().normalize());
        List<Supplier<MiProject>> there = new ArrayList<>();
        ProjectFolders folders = ProjectFolders.below(root);
        folders.vsCode()
                .forEach(project -> there.add(
                        placed(root, project, () -> new VsCodeInspection(new VsCodeLayout(project)).project())));
        folders.exporters()
                .forEach(exporter -> there.add(() -> {
                    StudioLayout layout = StudioLayout.around(exporter, root, folders);
                    return placed(root, layout.root(), () -> new StudioInspection(layout).project())
                            .get();
                }));
        List<MiProject> found = new ArrayList<>();
        List<Failure> unread = new ArrayList<>();
        for (Supplier<MiProject> project : there) {
            try {
                found.add(project.get());
            } catch (FailureException e) {
                unread.add(e.failure());
            }
        }
        if (!unread.isEmpty()) {
            throw FailureException.all(unread);
        }
        found.sort(Comparator.comparing(MiProject::folder).thenComparing(MiProject::artifactId));
        if (found.isEmpty()) {
            throw FailureException.input(
                    "no MI project in this folder",
                    folder.toString(),
                    "name a folder with src/main/wso2mi, or with Integration Studio modules and their composite exporter; a"
                            + " new one: imaas init service hello");
        }
        return List.copyOf(found);
    }

    /** An inspection that tells its files as seen from the root, and not from their project. */
    private static Supplier<MiProject> placed(Path root, Path project, Supplier<MiProject> inspection) {
        String below = root.relativize(project).toString().replace('\\', '/');
        return () -> {
            try {
                return inspection.get();
            } catch (FailureException e) {
                throw e.below(below);
            }
        };
    }

    /** A listing does not go into the folder that it begins with when that is a link. */
    private static Path entered(Path root) {
        try {
            return Files.isSymbolicLink(root) ? root.toRealPath() : root;
        } catch (IOException e) {
            throw FailureException.input("cannot be read: " + Reason.of(e), root.toString(), "check the path");
        }
    }
}
