package io.imaas.cli;

import io.imaas.app.assembly.TestServers;
import io.imaas.cli.help.HelpHeading;
import io.imaas.model.failure.FailureException;
import io.imaas.port.TestServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Where unit tests run: servers that are there, or that are started for the run. */
@HelpHeading(HelpHeading.TESTS)
public final class TestServerOptions {
    @Option(
            names = "--test-server",
            paramLabel = "HOST:PORT",
            description = "a running MI unit-test server; repeatable: suites are spread over several servers")
    private List<InetSocketAddress> servers = List.of();

    @Option(
            names = "--mi-home",
            paramLabel = "DIR",
            description = "start a server from this Micro Integrator home folder, and stop it afterwards")
    private Path home;

    @Option(
            names = "--mi-image",
            paramLabel = "REF",
            description = "start servers in containers of this Micro Integrator image, and remove them afterwards")
    private String image;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description = "the number of containers (default: 1)")
    private int instances = 1;

    @Option(
            names = "--start-timeout",
            paramLabel = "TIME",
            defaultValue = "180s",
            description = "how long to wait until a server has started (default: 180s)")
    private Duration patience = Duration.ofMinutes(3);

    /** Whether anything was said about servers. */
    boolean given() {
        return !servers.isEmpty() || home != null || image != null;
    }

    /** For a dry run: what would be used, one line each. */
    List<String> described() {
        List<String> lines = new ArrayList<>();
        servers.forEach(s -> lines.add(s.getHostString() + ":" + s.getPort()));
        if (home != null) {
            lines.add("started from " + home);
        }
        if (image != null) {
            lines.add((instances == 1 ? "a container" : instances + " containers") + " of " + image);
        }
        return lines;
    }

    /** Starts what has to be started. */
    Running open(Map<String, String> environment, Consumer<String> log) {
        if (instances != 1 && image == null) {
            throw FailureException.input(
                    "--instances " + instances + " is for --mi-image: servers of one home folder would share its files",
                    "give --mi-image REF, or several --test-server");
        }
        Running running = new Running(new ArrayList<>());
        servers.stream().map(TestServer::at).forEach(running::add);
        try {
            if (home != null) {
                running.add(TestServers.home(home, patience, log));
            }
            if (image != null) {
                containers(environment, log, running);
            }
            return running;
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
    }

    private void containers(Map<String, String> environment, Consumer<String> log, Running running) {
        if (instances < 1 || instances > 16) {
            throw FailureException.input("--instances " + instances + " is out of range", "give 1 to 16");
        }
        for (int i = 0; i < instances; i++) {
            running.add(TestServers.container(environment, image, patience, log));
        }
    }

    /** Servers for the time of a run; closing ends those that were started for it. */
    record Running(List<TestServer> servers) implements AutoCloseable {
        private void add(TestServer server) {
            servers.add(server);
        }

        @Override
        public void close() {
            servers.forEach(TestServer::close);
        }
    }
}
