package io.imaas.adapter.docker;

import io.imaas.model.failure.FailureException;
import io.imaas.port.ImageBuilder.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/**
 * The folder that the project template's Dockerfile expects: {@code deployment/docker} with these CARs in
 * {@code CompositeApps/} and the libraries in {@code libs/}. A copy, so that no CAR of an earlier build gets in and the
 * project's folder stays as it is.
 */
record BuildContext(Path folder) implements AutoCloseable {
    static BuildContext of(Recipe recipe) {
        Path deployment = recipe.project().resolve("deployment");
        Path docker = deployment.resolve("docker");
        require(docker.resolve("Dockerfile"), "the project has no Dockerfile", "add one, or build without Docker");
        recipe.cars().forEach(car -> require(car, "there is no CAR", "imaas build DIR"));
        try {
            BuildContext context = new BuildContext(Files.createTempDirectory("imaas-image"));
            FileUtils.copyDirectory(docker.toFile(), context.folder.toFile());
            Path apps = context.folder.resolve("CompositeApps");
            FileUtils.deleteDirectory(apps.toFile());
            Files.createDirectories(apps);
            for (Path car : recipe.cars()) {
                Files.copy(car, apps.resolve(car.getFileName()));
            }
            Path libs = context.folder.resolve("libs");
            if (Files.isDirectory(deployment.resolve("libs"))) {
                FileUtils.copyDirectory(deployment.resolve("libs").toFile(), libs.toFile());
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

    @Override
    public void close() {
        try {
            FileUtils.deleteDirectory(folder.toFile());
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
}
