package io.imaas.adapter.mi.maven;

import io.imaas.adapter.mi.build.CarWriter;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import io.imaas.port.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The project's own Maven build. Its word is not taken for it: an exit code of 0 with {@code [ERROR]} lines, as WSO2's
 * plugin leaves when it dropped an artifact, is a failure. What comes out is made reproducible.
 *
 * @param timeout after which Maven is ended with everything it started
 */
public record MavenCarBuilder(Processes processes, Duration timeout) implements CarBuilder {
    @Override
    public CarFile build(MiProject project, Options options, Consumer<String> log) {
        MavenOutputs outputs = MavenOutputs.of(project);
        outputs.deleteStale();
        MavenVerdict verdict = new MavenVerdict(log);
        MavenCommand maven = new MavenCommand(project, options, outputs);
        Processes.Command command =
                new Processes.Command(maven.arguments(), Path.of(project.folder()), maven.environment(), timeout);
        int exit = WrapperLock.on(project, options.projectWrapper()).during(() -> processes.run(command, verdict));
        verdict.of(exit, project.folder());
        Path car = outputs.car();
        log.accept("normalising " + car.getFileName());
        return CarWriter.write(
                project,
                CarNormaliser.normalise(CarZip.read(car), project.layout()),
                options.output().resolve(car.getFileName()),
                "maven");
    }
}
