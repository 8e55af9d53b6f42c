package io.imaas.port;

import io.imaas.model.source.MiProject;
import java.nio.file.Path;
import java.util.List;

/** Which CARs and libraries go into a project's image. */
public interface ImageCars {
    /** Where builds leave a project's CAR, by the name that its pom gives: first {@code imaas build}, then Maven. */
    List<Path> places(MiProject project);

    /**
     * The CARs of the image, in the order in which the runtime must load them: connectors, the CARs that this one depends
     * on, and this one last.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when a CAR that it depends on is not at hand
     */
    List<Path> of(Wanted wanted);

    /**
     * Libraries that the pom wants in the image and that are not in {@code deployment/libs} yet.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when one is not at hand
     */
    List<Path> libraries(Wanted wanted);

    /**
     * @param car of the project
     * @param given further CARs for the image
     * @param localRepository Maven's, where CARs that others made may be
     * @param folder where what has to be packed anew is written
     */
    record Wanted(MiProject project, Path car, List<Path> given, Path localRepository, Path folder) {
        public Wanted {
            given = List.copyOf(given);
        }

        /** With the folder of a build. */
        public Wanted(MiProject project, Path car, List<Path> given, Path localRepository) {
            this(project, car, given, localRepository, Path.of(project.folder(), "target", "imaas", "image"));
        }
    }
}
