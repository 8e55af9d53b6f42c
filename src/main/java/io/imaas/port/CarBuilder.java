package io.imaas.port;

import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Makes the CAR of an MI project; the same sources give the same bytes. */
public interface CarBuilder {
    CarFile build(MiProject project, Options options, Consumer<String> log);

    /** Why only the project's own Maven can build it on this machine; empty when packing its sources is enough. */
    default List<String> needsMaven(MiProject project, Options options) {
        return project.needsMaven();
    }

    /**
     * @param localRepository the tenant's own local Maven repository
     * @param output folder for the CAR
     * @param projectWrapper whether the project's own {@code mvnw} may run
     */
    record Options(Choice choice, Path localRepository, Path output, boolean projectWrapper, boolean offline) {}

    enum Choice {
        AUTO,
        NATIVE,
        MAVEN
    }
}
