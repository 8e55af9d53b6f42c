package io.imaas.jenkins.agent;

import io.imaas.adapter.mi.ChosenCarBuilder;
import io.imaas.adapter.mi.image.ProjectImageCars;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.mi.unittest.UnitTestRunner;
import io.imaas.adapter.mi.verify.CarPartsReader;
import io.imaas.adapter.mi.verify.ProjectVerifier;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.adapter.process.LocalProcesses;
import io.imaas.adapter.scan.ProgramScanner;
import io.imaas.adapter.system.SystemClock;
import io.imaas.jenkins.credentials.KnownLogins;
import io.imaas.port.Processes;
import io.imaas.port.Workspaces;
import io.imaas.run.StepRunners;
import io.imaas.step.runner.BuildArtifactRunner;
import io.imaas.step.runner.PublishImageRunner;
import io.imaas.step.runner.RunUnitTestsRunner;
import io.imaas.step.runner.VerifyArtifactRunner;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The engine's runners for steps on sources. Each tenant has a local Maven repository and a layer cache of its own below
 * the home of the agent's account, but in a pod, whose volumes are the tenant's alone.
 *
 * @param testServers {@code host:port}; empty: those that the environment names
 * @param environment of the Pipeline step
 */
record AgentRunners(
        Path workspace, String tenant, KnownLogins logins, List<String> testServers, Map<String, String> environment) {
    /** Set by the pod templates: unit-test servers beside the agent. */
    private static final String SERVERS = "IMAAS_TEST_SERVERS";

    /** Set by the pod templates: where their volume with Maven's local repository is. */
    private static final String REPOSITORY = "IMAAS_MAVEN_REPOSITORY";

    private static final Duration BUILD = Duration.ofMinutes(30);

    private Path own() {
        return Path.of(System.getProperty("user.home"), ".imaas", tenant);
    }

    /** Where Maven keeps what it fetched. */
    Path localRepository() {
        String volume = environment.getOrDefault(REPOSITORY, "");
        return volume.isBlank() ? own().resolve("m2") : Path.of(volume.strip());
    }

    private Stream<String> servers() {
        return testServers.isEmpty()
                ? Arrays.stream(environment.getOrDefault(SERVERS, "").split("[\\s,]+"))
                        .filter(server -> !server.isEmpty())
                : testServers.stream();
    }

    StepRunners all() {
        Path output = workspace.resolve("target/imaas");
        Workspaces workspaces = service -> new Workspaces.Workspace(workspace, output, localRepository(), false);
        Reported reported = new Reported(
                ChosenCarBuilder.of(new StepProcesses(environment), BUILD),
                new CarPartsReader(),
                new ProjectVerifier(),
                new UnitTestRunner(),
                output);
        List<InetSocketAddress> servers = servers().map(AgentRunners::address).toList();
        return new StepRunners(List.of(
                new BuildArtifactRunner(new MiProjectDetector(), reported, workspaces),
                new VerifyArtifactRunner(reported),
                new RunUnitTestsRunner(reported, servers),
                new PublishImageRunner(
                        new JibImageBuilder(own().resolve("layers"), logins),
                        new ProjectImageCars(),
                        new CarPartsReader(),
                        workspaces,
                        new ProgramScanner(new StepProcesses(environment)),
                        new SystemClock())));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /**
     * Programs of the agent, in the environment of the Pipeline step: what {@code withEnv} and {@code tools} say holds for
     * them too, first of all the {@code PATH} on which they are found.
     */
    private record StepProcesses(Map<String, String> environment) implements Processes {
        @Override
        public int run(Command command, Consumer<String> output) {
            Map<String, String> all = new HashMap<>(environment);
            all.putAll(command.environment());
            List<String> arguments = new ArrayList<>(command.arguments());
            arguments.set(0, found(arguments.get(0)));
            return new LocalProcesses()
                    .run(new Command(arguments, command.directory(), all, command.timeout()), output);
        }

        private String found(String program) {
            if (program.contains(File.separator)) {
                return program;
            }
            return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                    .filter(folder -> !folder.isEmpty())
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .map(Path::toString)
                    .findFirst()
                    .orElse(program);
        }
    }
}
