package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.cli.settings.Settings;
import io.imaas.port.Clock;
import io.imaas.report.TerminalWriter;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs the command line in this process and keeps what it said. */
final class CommandLineRun {
    private final int exitCode;
    private final String out;
    private final String err;

    private CommandLineRun(int exitCode, String out, String err) {
        this.exitCode = exitCode;
        this.out = out;
        this.err = err;
    }

    /** Where nothing is configured. */
    static CommandLineRun of(String... arguments) {
        return of(Assembly.systemClock(), arguments);
    }

    /** The same, with a time of its own. */
    static CommandLineRun of(Clock clock, String... arguments) {
        Map<String, String> key = Map.of("IMAAS_KEY", TestKey.file().toString());
        return of(Settings.of(key, Path.of("nowhere"), Path.of("nowhere"), clock), arguments);
    }

    static CommandLineRun of(Settings settings, String... arguments) {
        CommandLine line = Main.commandLine(settings, Main.needed(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new TerminalWriter(out));
        line.setErr(new TerminalWriter(err));
        int exitCode = line.execute(arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    /** A command on a GitOps repository, with a cache of its own. */
    static CommandLineRun onGitOps(Path folder, String command, String... more) {
        return onGitOps(Assembly.systemClock(), folder, command, more);
    }

    /** The same, with a time of its own. */
    static CommandLineRun onGitOps(Clock clock, Path folder, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--gitops",
                folder.resolve("orders-gitops.git").toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--actor",
                "@ann"));
        arguments.addAll(List.of(more));
        return of(clock, arguments.toArray(String[]::new));
    }

    static void bareRepository(Path folder) {
        Git.in(folder).run("init", "-q", "--bare", "orders-gitops.git");
    }

    int exitCode() {
        return exitCode;
    }

    String out() {
        return out;
    }

    String err() {
        return err;
    }

    /** Somebody's own push to an environment's branch: a digest of this digit, and a version. */
    static void pushRelease(Path folder, String environment, String image, String version) throws IOException {
        Path hand = folder.resolve("hand");
        Git.in(folder).run("clone", "-q", "-b", environment, "orders-gitops.git", "hand");
        String[] parts = image.split("@");
        Files.writeString(
                hand.resolve("services/api/release.yaml"),
                "image:\n  repository: " + parts[0] + "\n  digest: " + parts[1] + "\nversion: " + version + "\n");
        Git.in(hand).run("-c", "user.name=bob", "-c", "user.email=bob@example.org", "commit", "-qam", "By hand");
        Git.in(hand).run("push", "-q", "origin", environment);
    }
}
