package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the CAR that was built of a project: where {@code imaas build} leaves it, else where Maven does. */
final class BuiltCar {
    private BuiltCar() {}

    static Path in(Path project) {
        for (Path place : List.of(project.resolve("target/imaas"), project.resolve("target"))) {
            List<Path> cars = cars(place);
            if (cars.size() > 1) {
                throw FailureException.input(
                        "there are " + cars.size() + " CARs", place.toString(), "choose one with --car");
            }
            if (cars.size() == 1) {
                return cars.get(0);
            }
        }
        throw FailureException.input("there is no CAR", project.toString(), "build it first: imaas build " + project);
    }

    private static List<Path> cars(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(f -> f.toString().endsWith(".car")).sorted().toList();
        } catch (IOException e) {
            throw FailureException.external("cannot be read: " + e, place.toString(), "check the folder", e);
        }
    }
}
