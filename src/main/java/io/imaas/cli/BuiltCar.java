package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the CAR that was built of a project: where {@code imaas build} leaves it, else where Maven does. */
final class BuiltCar {
    private BuiltCar() {}

    /** By the name that the project's pom gives it, whatever older CARs lie beside it. */
    static Path of(MiProject project) {
        Path folder = Path.of(project.folder());
        List<String> names = List.of(
                project.artifactId() + "_" + project.version() + ".car",
                project.artifactId() + "-" + project.version() + ".car");
        return Stream.of(folder.resolve("target/imaas"), folder.resolve("target"))
                .flatMap(place -> names.stream().map(place::resolve))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> FailureException.input(
                        "there is no CAR " + names.get(0), folder.toString(), "imaas build " + folder));
    }
}
