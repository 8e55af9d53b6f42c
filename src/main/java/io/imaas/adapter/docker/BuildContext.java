package io.imaas.adapter.docker;

import io.imaas.model.failure.FailureException;
import io.imaas.port.ImageBuilder.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that the project template's Dockerfile expects: {@code deployment/docker} with these CARs in
 * {@code CompositeApps/} and the libraries in {@code libs/}. A copy, so that no CAR of an earlier build gets in and the
 * project's folder stays as it is.
 */
final class BuildContext implements AutoCloseable {
    private final Path folder;

    private BuildContext(Path folder) {
        this.folder = folder;
    }

    static BuildContext of(Recipe recipe) {
        Path deployment = recipe.project().resolve("deployment");
        Path docker = deployment.resolve("docker");
        require(docker.resolve("Dockerfile"), "the project has no Dockerfile", "add one, or build without Docker");
        recipe.cars().forEach(car -> require(car, "there is no CAR", "build it first: imaas build DIR"));
        try {
            BuildContext context = new BuildContext(Files.createTempDirectory("imaas-image"));
            copy(docker, context.folder);
            Path apps = context.folder.resolve("CompositeApps");
            delete(apps);
            Files.createDirectories(apps);
            for (Path car : recipe.cars()) {
                Files.copy(car, apps.resolve(car.getFileName()));
            }
            Path libs = context.folder.resolve("libs");
            if (Files.isDirectory(deployment.resolve("libs"))) {
                copy(deployment.resolve("libs"), libs);
            }
            for (Path library : recipe.libraries()) {
                Files.createDirectories(libs);
                Files.copy(library, libs.resolve(library.getFileName()));
            }
            return context;
        } catch (IOException e) {
            throw FailureException.external(
                    "the build context can't be made: " + e.getMessage(),
                    docker.toString(),
                    "check permissions and the room in the temporary folder",
                    e);
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            delete(folder);
        } catch (IOException e) {
            throw FailureException.external(
                    "the build context can't be removed: " + e.getMessage(), folder.toString(), "remove it", e);
        }
    }

    private static void require(Path file, String otherwise, String suggestion) {
        if (!Files.isRegularFile(file)) {
            throw FailureException.input(otherwise, file.toString(), suggestion);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            List<Path> parentsFirst = files.toList();
            for (Path file : parentsFirst) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
