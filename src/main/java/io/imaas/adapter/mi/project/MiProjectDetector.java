package io.imaas.adapter.mi.project;

import io.imaas.adapter.mi.layout.ProjectFolders;
import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.layout.VsCodeLayout;
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

/** Finds the MI projects of a repository, whichever tool laid them out. */
public final class MiProjectDetector implements MiProjects {
    @Override
    public List<MiProject> inspect(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw FailureException.input(Reason.noFolder(Files.exists(folder)), folder.toString(), "check the path");
        }
        Path root = entered(folder.toAbsolutePath().normalize());
        List<MiProject> found = new ArrayList<>();
        ProjectFolders folders = ProjectFolders.below(root);
        folders.vsCode().forEach(project -> found.add(new VsCodeInspection(new VsCodeLayout(project)).project()));
        folders.exporters()
                .forEach(exporter ->
                        found.add(new StudioInspection(StudioLayout.around(exporter, root, folders)).project()));
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

    /** A listing does not go into the folder that it begins with when that is a link. */
    private static Path entered(Path root) {
        try {
            return Files.isSymbolicLink(root) ? root.toRealPath() : root;
        } catch (IOException e) {
            throw FailureException.input("cannot be read: " + Reason.of(e), root.toString(), "check the path");
        }
    }
}
