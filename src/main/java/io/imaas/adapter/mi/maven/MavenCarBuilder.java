package io.imaas.adapter.mi.maven;

import io.imaas.adapter.mi.build.CarWriter;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import io.imaas.port.CarBuilder.Options;
import io.imaas.port.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        ProjectTree.refuseLinkedFolders(project);
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

    /**
     * How Maven is called. WSO2's plugin starts Maven again from inside and hands no option on; what must hold there too
     * (above all the tenant's own local repository) therefore goes through {@code MAVEN_OPTS}, which the inner one inherits.
     */
    private record MavenCommand(MiProject project, Options options, MavenOutputs outputs) {
        MavenCommand {
            if (repository(options).chars().anyMatch(Character::isWhitespace)) {
                throw FailureException.input(
                        "the path of the local Maven repository has blanks",
                        repository(options),
                        "Maven's start script cannot hand such a path on: choose another");
            }
        }

        List<String> arguments() {
            List<String> arguments = new ArrayList<>();
            arguments.add(program());
            arguments.addAll(List.of("-B", "-ntp", "-Dstyle.color=never", "-Dmaven.repo.local=" + repository(options)));
            // Makes the jars of class mediators reproducible where the project's plugins are new enough to listen.
            arguments.add("-Dproject.build.outputTimestamp=1980-02-01T00:00:00Z");
            if (options.offline()) {
                arguments.add("-o");
            }
            arguments.addAll(outputs.goals());
            return arguments;
        }

        private String program() {
            Path wrapper = Path.of(project.folder(), "mvnw");
            return options.projectWrapper() && Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
        }

        private static String repository(Options options) {
            return options.localRepository().toAbsolutePath().normalize().toString();
        }

        /**
         * UTF-8 whatever the machine's locale: the plugin writes names and metadata in the platform's encoding. Each of the
         * up to four Mavens ends before Java's second compiler would pay: without it they take half the processor time, unless
         * the machine's own options say otherwise.
         */
        Map<String, String> environment() {
            String inherited = System.getenv().getOrDefault("MAVEN_OPTS", "");
            String ours = "-Dmaven.repo.local=" + repository(options) + " -Dfile.encoding=UTF-8";
            return Map.of("MAVEN_OPTS", String.join(" ", "-XX:TieredStopAtLevel=1", inherited, ours));
        }
    }
}
