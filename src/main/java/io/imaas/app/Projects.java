package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CarPart;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestSelection;
import io.imaas.port.CarBuilder;
import io.imaas.port.CarParts;
import io.imaas.port.ImageBuilder;
import io.imaas.port.ImageCars;
import io.imaas.port.UnitTests;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The MI projects of a folder, without a platform: inspect, check, build, test, image. */
public record Projects(Ports ports) {
    /** @throws FailureException INPUT when the folder holds no MI project */
    public List<MiProject> in(Path folder) {
        return ports.projects().inspect(folder);
    }

    /** All problems of the sources. */
    public List<Problem> lint(MiProject project) {
        return ports.verifier().lint(project);
    }

    /** What the projects, as services of one tenant, can't have side by side; by the project in which it is told. */
    public Map<MiProject, List<Problem>> between(List<MiProject> projects) {
        return ports.verifier().between(projects);
    }

    /** Corrects in the sources what needs no decision; returns what was corrected. */
    public List<Problem> fix(MiProject project, Predicate<Problem> wanted) {
        return ports.verifier().fix(project, wanted);
    }

    /** All problems of the sources and of a CAR that was made from them. */
    public List<Problem> verify(MiProject project, CarFile car) {
        return ports.verifier().verify(project, car);
    }

    /**
     * A CAR that was checked against its sources.
     *
     * @param problems of sources and CAR; errors mean that it must not be used
     * @param parts what it is made of
     */
    public record Built(CarFile car, List<Problem> problems, List<CarPart> parts) {
        public Built {
            problems = List.copyOf(problems);
            parts = List.copyOf(parts);
        }
    }

    /** Why only its own Maven can build it on this machine; empty when packing its sources is enough. */
    public List<String> needsMaven(MiProject project, CarBuilder.Options options) {
        return ports.cars().needsMaven(project, options);
    }

    /** Builds the CAR and checks it against its sources. */
    public Built build(MiProject project, CarBuilder.Options options, Consumer<String> log) {
        CarFile car = ports.cars().build(project, options, log);
        return new Built(car, verify(project, car), ports.port(CarParts.class).of(car));
    }

    /** Where builds leave its CAR, by the name that its pom gives. */
    public List<Path> carPlaces(MiProject project) {
        return ports.port(ImageCars.class).places(project);
    }

    /** The CARs of its image, in the order in which they must be loaded. */
    public List<Path> imageCars(ImageCars.Wanted wanted) {
        return ports.port(ImageCars.class).of(wanted);
    }

    /** Libraries of its image that are not in the project. */
    public List<Path> imageLibraries(ImageCars.Wanted wanted) {
        return ports.port(ImageCars.class).libraries(wanted);
    }

    /** What {@link #test} would send; no server is contacted. */
    public List<UnitTests.Prepared> prepare(MiProject project, TestSelection selection) {
        return ports.tests().prepare(project, selection);
    }

    /** Runs the unit-test suites. */
    public TestReport test(MiProject project, UnitTests.Order order, Consumer<String> log) {
        return ports.tests().run(project, order, log);
    }

    /** Builds the image and pushes what the registry lacks. */
    public ImageBuilder.Built image(ImageBuilder.Recipe recipe, Consumer<String> log) {
        return ports.images().build(recipe, log);
    }
}
