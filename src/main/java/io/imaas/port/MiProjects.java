package io.imaas.port;

import io.imaas.model.source.MiProject;
import java.nio.file.Path;
import java.util.List;

/** Finds out what a folder holds. */
public interface MiProjects {
    /**
     * All MI projects in a folder, itself included, sorted by path.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when there is none
     */
    List<MiProject> inspect(Path folder);
}
