package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.cli.DevWorld.Choice;
import io.imaas.dev.sandbox.Sandbox;
import io.imaas.dev.sandbox.SourceSnapshot;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.TestServer;
import io.imaas.report.MatrixText;
import io.imaas.report.ProgressSink;
import io.imaas.report.Terminal;
import io.imaas.run.RunResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas dev}: a service's own small platform on this machine. */
@Command(
        name = "dev",
        description = {
            "Run a platform for this one service on this machine: registry, Git repositories, and a "
                    + "cluster or a folder in its",
            "place. 'run' builds, tests and releases the sources as they are, and again when they change.",
            "Everything is below .imaas-dev. With IMAAS_CONFIG=.imaas-dev/config.yaml all other commands "
                    + "use this platform."
        },
        subcommands = {DevCommand.UpCommand.class, DevCommand.RunCommand.class, DevCommand.DownCommand.class})
public final class DevCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what: up, run or down");
    }

    /** {@code imaas dev up}: makes the sandbox of a service, or brings it up again. */
    @Command(
            name = "up",
            description = "Create the service's own platform on this machine, or start it again. What exists is kept.")
    public static final class UpCommand extends CliCommand {
        @Mixin
        private final SourcesArgument sources = new SourcesArgument();

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "the service's name (default: the name in the sources)")
        private String name;

        @Option(
                names = "--kubernetes",
                arity = "0..1",
                fallbackValue = "",
                paramLabel = "CONTEXT",
                description = "release to the cluster of this kubeconfig context (without CONTEXT: the current one); "
                        + "default: a folder stands for the cluster, and no pods run")
        private String kubernetes;

        @Option(
                names = "--registry",
                paramLabel = "HOST/PATH",
                description = "push images to this registry, where the cluster can pull them (default: a registry on "
                        + "loopback)")
        private String registry;

        @Option(
                names = "--docker",
                description = "let Docker run the registry: .imaas-dev/compose.yaml has it, and a unit-test server")
        private boolean docker;

        @Override
        protected int run() {
            ProgressSink progress = progress();
            try (DevWorld world = DevWorld.of(sources.folder(), progress)) {
                RunResult result = world.up(new Choice(name, registry, kubernetes, docker));
                if (result.exitCode() == 0) {
                    out().println("next:");
                    if (docker) {
                        out().println("  docker compose -f "
                                + Pasted.of(sources.folder().resolve(".imaas-dev/compose.yaml"))
                                + " up -d");
                    }
                    String where = sources.folder().toString().equals(".") ? "" : " " + Pasted.of(sources.folder());
                    out().println("  imaas dev run" + where);
                    out().println("  export IMAAS_CONFIG=" + Pasted.of(world.config())
                            + "   # for imaas status, promote, inbox and all the others");
                }
                return result.exitCode();
            }
        }
    }

    /** {@code imaas dev run}: builds, tests and releases a service's sources, and again on each change. */
    @Command(
            name = "run",
            description = {
                "Build, test and release the sources as they are, committed or not, to the first environment of 'imaas dev"
                        + " up';",
                "then again on each change, until it is interrupted. Starts the platform if needed."
            })
    public static final class RunCommand extends CliCommand {
        /** How often the files' dates are looked at, and how long they must be at rest. */
        private static final Duration LOOK = Duration.ofMillis(400);

        @Mixin
        private final SourcesArgument sources = new SourcesArgument();

        @Option(names = "--once", description = "end after the first release, with its exit code")
        private boolean once;

        @Option(
                names = "--builder",
                paramLabel = "auto|native|maven",
                defaultValue = "",
                description = "how the CAR is built (default: as imaas.yaml says)")
        private String builder;

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                defaultValue = "2m",
                description = "how long to wait for a rollout (default: ${DEFAULT-VALUE})")
        private Duration timeout;

        @Mixin
        private final TestServerOptions tests = new TestServerOptions();

        @Override
        protected int run() throws InterruptedException {
            ProgressSink progress = progress();
            boolean fresh = !DevWorld.exists(sources.folder().toAbsolutePath().normalize());
            try (DevWorld world = DevWorld.of(sources.folder(), progress);
                    TestServerOptions.Running servers = tests.open(System.getenv(), progress::say)) {
                if (fresh) {
                    RunResult made = world.up(DevWorld.Choice.USUAL);
                    if (made.exitCode() != 0) {
                        return made.exitCode();
                    }
                    progress.say(
                            "All other commands work here after: export IMAAS_CONFIG=" + Pasted.of(world.config()));
                }
                world.wake();
                List<InetSocketAddress> addresses =
                        servers.servers().stream().map(TestServer::address).toList();
                BuildOptions options = new BuildOptions(builder, addresses, timeout, null);
                try (Sandbox sandbox = world.sandbox()) {
                    return once
                            ? release(world, sandbox, options, progress)
                            : follow(world, sandbox, options, progress);
                }
            }
        }

        private int release(DevWorld world, Sandbox sandbox, BuildOptions options, ProgressSink progress) {
            Catalog catalog = world.catalog();
            RunResult result = sandbox.deliver(catalog, options, world.actor(), progress);
            MatrixText.of(sandbox.status(catalog), Assembly.systemClock().now(), Terminal.of(System.getenv()))
                    .lines()
                    .forEach(progress::say);
            return result.exitCode();
        }

        /** Until it is interrupted; what fails is told, and the next change is another try. */
        private int follow(DevWorld world, Sandbox sandbox, BuildOptions options, ProgressSink progress)
                throws InterruptedException {
            SourceSnapshot snapshot = sandbox.snapshot();
            while (true) {
                String released = snapshot.content();
                try {
                    release(world, sandbox, options, progress);
                } catch (FailureException e) {
                    progress.say(e.failure().sentence());
                }
                progress.say("waiting for a change below " + sources.folder() + " (Ctrl+C ends)");
                String before = released;
                String now = snapshot.content();
                while (now.equals(released) || !now.equals(before)) {
                    TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
                    before = now;
                    now = snapshot.content();
                }
            }
        }
    }

    /** {@code imaas dev down}: ends and removes the sandbox of a service. */
    @Command(
            name = "down",
            description = "Stop the registry of 'imaas dev up' and remove .imaas-dev. A cluster is not changed.")
    public static final class DownCommand extends CliCommand {
        @Mixin
        private final SourcesArgument sources = new SourcesArgument();

        @Override
        protected int run() throws IOException {
            if (!Files.isDirectory(sources.folder().resolve(Sandbox.FOLDER))) {
                out().println("nothing is there: no .imaas-dev in "
                        + sources.folder().toAbsolutePath().normalize());
                return 0;
            }
            DevWorld.of(sources.folder(), progress()).down();
            out().println("removed " + sources.folder().resolve(Sandbox.FOLDER).normalize());
            return 0;
        }
    }

    /** {@code DIR}: the sources of the service that {@code imaas dev} is about. */
    private static final class SourcesArgument {
        @Parameters(
                arity = "0..1",
                paramLabel = "DIR",
                defaultValue = ".",
                description = "the service's sources (default: .)")
        private Path folder;

        Path folder() {
            return folder;
        }
    }
}
