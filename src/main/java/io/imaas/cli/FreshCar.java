package io.imaas.cli;

import io.imaas.app.Projects;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.LintRule;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import io.imaas.port.ImageCars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The CAR for an image, never one that is older than the sources: a CAR that is not made of them is packed anew where that
 * takes no Maven, and refused otherwise.
 */
record FreshCar(Projects projects, MiProject project, Path localRepository, Consumer<String> log) {
    private static final List<String> DIFFERS =
            List.of(LintRule.NOT_IN_CAR.id(), LintRule.CAR_EXTRA.id(), LintRule.CAR_DIFFERS.id());

    /**
     * @param given the CAR that was named, or null
     * @param scratch where it is built when nothing may be left in the project, or null
     */
    Path find(Path given, Path scratch) {
        if (given != null) {
            if (!Files.isRegularFile(given)) {
                throw FailureException.input("there is no CAR", given.toString(), "imaas build " + project.folder());
            }
            stale(given).ifPresent(why -> {
                throw refused(given, why, "imaas build " + project.folder() + ", or name another CAR");
            });
            return given;
        }
        List<Path> places = projects.ports().port(ImageCars.class).places(project);
        Optional<Path> found = places.stream().filter(Files::isRegularFile).findFirst();
        Optional<String> why = found.isEmpty() ? Optional.of("it was not built yet") : stale(found.get());
        if (why.isEmpty()) {
            return found.orElseThrow();
        }
        Path folder = scratch == null ? places.get(0).getParent() : scratch;
        CarBuilder.Options options =
                new CarBuilder.Options(CarBuilder.Choice.NATIVE, localRepository, folder, false, true);
        List<String> needsMaven = projects.ports().cars().needsMaven(project, options);
        if (!needsMaven.isEmpty()) {
            throw refused(
                    found.orElse(places.get(0)),
                    why.get(),
                    "imaas build " + project.folder() + ": only Maven can build it, because " + needsMaven.get(0));
        }
        return built(places.get(0), why.get(), options);
    }

    private Path built(Path place, String why, CarBuilder.Options options) {
        log.accept("building " + place.getFileName() + ": " + why);
        Projects.Built built = projects.build(project, options, log);
        built.problems().stream().filter(Problem::isError).findFirst().ifPresent(problem -> {
            throw FailureException.input(problem.what(), problem.where().toString(), "imaas lint " + project.folder());
        });
        return Path.of(built.car().path());
    }

    /** Why the CAR is not made of the sources as they are. */
    private Optional<String> stale(Path car) {
        CarFile file = new CarFile(car.toString(), project.artifactId(), project.version(), "", "");
        return projects.ports().verifier().verify(project, file).stream()
                .filter(problem -> problem.isError() && DIFFERS.contains(problem.rule()))
                .findFirst()
                .map(problem -> problem.where() + ": " + problem.what());
    }

    private static FailureException refused(Path car, String why, String fix) {
        return FailureException.input("the CAR is not made of these sources: " + why, car.toString(), fix);
    }
}
