package io.imaas.adapter.process;

import io.imaas.model.failure.FailureException;
import io.imaas.port.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs programs of this machine, never through a shell. What they run may come from anybody, so that they do not get the logins and
 * keys that this program has from its environment.
 */
public final class LocalProcesses implements Processes {
    private static final Map<String, String> REMEDIES = Map.of(
            "mvn", "install Apache Maven 3.8.6 or newer (Debian: apt-get install maven) and put its mvn on the PATH",
            "git", "install Git (Debian: apt-get install git) and put it on the PATH",
            "docker", "install Docker's command line (Debian: apt-get install docker-cli) and put it on the PATH");

    /** Ours, and those of services that sign for us. */
    private static final Pattern WITHHELD = Pattern.compile("IMAAS_.*|VAULT_TOKEN|SIGSTORE_ID_TOKEN");

    private final Map<String, String> environment;

    public LocalProcesses() {
        this(System.getenv());
    }

    LocalProcesses(Map<String, String> environment) {
        this.environment = new HashMap<>(environment);
        this.environment.keySet().removeIf(name -> WITHHELD.matcher(name).matches());
    }

    @Override
    public int run(Command command, Consumer<String> output) {
        if (command.arguments().isEmpty()) {
            throw FailureException.input("no program to run", "name a program");
        }
        Process process = start(command);
        try (ProcessLines lines = new ProcessLines(process)) {
            return lines.drain(command.timeout(), output)
                    .orElseThrow(() -> tookTooLong(command.arguments().get(0), command.timeout()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external(
                    command.arguments().get(0) + " was interrupted and ended", "", "start it again", e);
        } finally {
            // Whatever ended the wait (time, interrupt, a consumer that threw): nothing of ours stays behind.
            new ProcessTree(process).end();
        }
    }

    private Process start(Command command) {
        if (!Files.isDirectory(command.directory())) {
            throw FailureException.input(
                    "there is no such folder", command.directory().toString(), "check the path");
        }
        ProcessBuilder builder = new ProcessBuilder(command.arguments())
                .directory(command.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(command.environment());
        try {
            Process process = builder.start();
            // Nobody answers questions here: an asking program gets the end of its input instead of hanging.
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw FailureException.input(
                    "cannot start the program '" + command.arguments().get(0) + "': " + why(e),
                    command.directory().toString(),
                    remedy(command.arguments().get(0)));
        }
    }

    /** The JDK's words repeat the command, and end in those of the system: "error=2, No such file or directory". */
    private static String why(IOException e) {
        return String.valueOf(e.getMessage()).replaceFirst("(?s)^.*error=\\d+, ", "");
    }

    private static String remedy(String program) {
        String name = Path.of(program).getFileName().toString();
        return REMEDIES.getOrDefault(name, "install " + name + " or put it on the PATH, and make it executable");
    }

    private static FailureException tookTooLong(String program, Duration timeout) {
        return FailureException.external(
                program + " did not end within " + timeout.toSeconds() + " s and was ended with all its children",
                "",
                "look at its last lines; give it more time if it was still making progress",
                (Throwable) null);
    }

    /** A program with everything it started: Maven starts Maven, and a shell script starts anything. */
    private record ProcessTree(Process root) {
        private static final Duration GRACE = Duration.ofSeconds(3);

        /** Ends all of them: first asks, then insists. Does nothing when the program ended by itself. */
        void end() {
            if (!root.isAlive()) {
                return;
            }
            // Children lose their parent when it ends, so they are listed before.
            List<ProcessHandle> all = living();
            all.forEach(ProcessHandle::destroy);
            await(all);
            Stream.concat(all.stream(), living().stream())
                    .filter(ProcessHandle::isAlive)
                    .forEach(ProcessHandle::destroyForcibly);
        }

        private List<ProcessHandle> living() {
            return Stream.concat(Stream.of(root.toHandle()), root.descendants())
                    .filter(ProcessHandle::isAlive)
                    .toList();
        }

        private static void await(List<ProcessHandle> all) {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
