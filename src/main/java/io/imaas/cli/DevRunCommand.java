package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.dev.sandbox.Sandbox;
import io.imaas.dev.sandbox.SourceSnapshot;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.TestServer;
import io.imaas.report.MatrixText;
import io.imaas.report.ProgressSink;
import io.imaas.run.RunResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas dev run}: builds, tests and releases a service's sources, and again on each change. */
@Command(
        name = "run",
        description = {
            "Build, test and release the sources as they are, committed or not, to the first environment of 'imaas dev"
                    + " up';",
            "then again on each change, until it is interrupted. Starts the platform if needed."
        })
public final class DevRunCommand extends CliCommand {
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
                progress.say("All other commands work here after: export IMAAS_CONFIG=" + Pasted.of(world.config()));
            }
            world.wake();
            List<InetSocketAddress> addresses =
                    servers.servers().stream().map(TestServer::address).toList();
            BuildOptions options = new BuildOptions(builder, addresses, timeout, null);
            try (Sandbox sandbox = world.sandbox()) {
                return once ? release(world, sandbox, options, progress) : follow(world, sandbox, options, progress);
            }
        }
    }

    private int release(DevWorld world, Sandbox sandbox, BuildOptions options, ProgressSink progress) {
        Catalog catalog = world.catalog();
        RunResult result = sandbox.deliver(catalog, options, world.actor(), progress);
        MatrixText.of(sandbox.status(catalog), Assembly.systemClock().now())
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
