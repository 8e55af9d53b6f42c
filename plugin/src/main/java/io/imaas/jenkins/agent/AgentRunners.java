package io.imaas.jenkins.agent;

import io.imaas.adapter.mi.ChosenCarBuilder;
import io.imaas.adapter.mi.image.ProjectImageCars;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.mi.unittest.UnitTestRunner;
import io.imaas.adapter.mi.verify.CarPartsReader;
import io.imaas.adapter.mi.verify.ProjectVerifier;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.jenkins.credentials.KnownLogins;
import io.imaas.port.Workspaces;
import io.imaas.run.StepRunners;
import io.imaas.step.runner.BuildArtifactRunner;
import io.imaas.step.runner.PublishImageRunner;
import io.imaas.step.runner.RunUnitTestsRunner;
import io.imaas.step.runner.VerifyArtifactRunner;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The engine's runners for steps on sources. Each tenant has a local Maven repository and a layer cache of its own below
 * the home of the agent's account.
 */
final class AgentRunners {
    /** Set by the pod templates: unit-test servers beside the agent. */
    private static final String SERVERS = "IMAAS_TEST_SERVERS";

    /** Set by the pod templates: where their volume with Maven's local repository is. */
    private static final String REPOSITORY = "IMAAS_MAVEN_REPOSITORY";

    private static final Duration BUILD = Duration.ofMinutes(30);

    private final Path workspace;
    private final Path own;
    private final KnownLogins logins;
    private final List<String> testServers;
    private final Map<String, String> environment;

    /** @param environment of the Pipeline step */
    AgentRunners(
            Path workspace,
            String tenant,
            KnownLogins logins,
            List<String> testServers,
            Map<String, String> environment) {
        this.environment = environment;
        this.workspace = workspace;
        this.own = Path.of(System.getProperty("user.home"), ".imaas", tenant);
        this.logins = logins;
        this.testServers = testServers.isEmpty() ? named(environment.get(SERVERS)) : testServers;
    }

    private static List<String> named(String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.asList(text.strip().split("[\\s,]+"));
    }

    StepRunners all() {
        Path output = workspace.resolve("target/imaas");
        Workspaces workspaces = service -> new Workspaces.Workspace(workspace, output, own.resolve("m2"), false);
        ChosenCarBuilder cars = ChosenCarBuilder.of(new StepProcesses(environment), BUILD);
        List<InetSocketAddress> servers =
                testServers.stream().map(AgentRunners::address).toList();
        return new StepRunners(List.of(
                new BuildArtifactRunner(
                        new MiProjectDetector(), new BilledCarBuilder(cars, new CarPartsReader(), output), workspaces),
                new VerifyArtifactRunner(new ReportedVerifier(new ProjectVerifier(), output)),
                new RunUnitTestsRunner(new ReportedUnitTests(new UnitTestRunner(), output), servers),
                new PublishImageRunner(
                        new JibImageBuilder(own.resolve("layers"), logins),
                        new ProjectImageCars(),
                        new CarPartsReader(),
                        workspaces)));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
