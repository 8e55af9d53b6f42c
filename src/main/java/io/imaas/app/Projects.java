package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CarPart;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import io.imaas.port.CarParts;
import io.imaas.port.MiProjects;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The MI projects of a folder, without a platform: what doors ask of them beside the ports themselves. */
public record Projects(Ports ports) {
    /** @throws FailureException INPUT when the folder holds no MI project */
    public List<MiProject> in(Path folder) {
        return ports.port(MiProjects.class).inspect(folder);
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

    /** Builds the CAR and checks it against its sources. */
    public Built build(MiProject project, CarBuilder.Options options, Consumer<String> log) {
        CarFile car = ports.cars().build(project, options, log);
        return new Built(
                car,
                ports.verifier().verify(project, car),
                ports.port(CarParts.class).of(car));
    }
}
