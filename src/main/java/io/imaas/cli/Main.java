package io.imaas.cli;

import io.imaas.cli.doctor.DoctorCommand;
import io.imaas.cli.help.CompleteWordsCommand;
import io.imaas.cli.help.CompletionCommand;
import io.imaas.cli.help.Help;
import io.imaas.cli.help.ManCommand;
import io.imaas.cli.init.InitCommand;
import io.imaas.cli.remote.Remote;
import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Reason;
import io.imaas.report.TerminalWriter;
import io.imaas.report.ToolVersion;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code imaas}: the engine on a command line. */
@Command(
        name = "imaas",
        versionProvider = Main.Version.class,
        description = "CI/CD and GitOps for an Integration Mashup as a Service.",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 wrong input, 4 nothing to do "
                    + "(--detailed-exitcode),",
            "5 a gate is closed, 6 an external system failed, 7 conflict, 70 a defect of the " + "orchestrator."
        })
public final class Main implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            DevCommand.class,
            InitCommand.class,
            ValidateCommand.class,
            DoctorCommand.class,
            KeyCommand.class,
            InspectCommand.class,
            LintCommand.class,
            BuildCommand.class,
            TestCommand.class,
            ImageCommand.class,
            OnboardCommand.class,
            AdoptCommand.class,
            AuditCommand.class,
            DeliverCommand.class,
            PreviewCommand.class,
            ReleaseCommand.class,
            PromoteCommand.class,
            ApproveCommand.class,
            ReviewCommand.class,
            RollbackCommand.class,
            ApplyCommand.class,
            ResumeCommand.class,
            InboxCommand.class,
            StatusCommand.class,
            OpenCommand.class,
            WaitCommand.class,
            HistoryCommand.class,
            DiffCommand.class,
            EvidenceCommand.class,
            RolloutCommand.class,
            WatchCommand.class,
            RegistryCommand.class,
            ServeCommand.class,
            UseCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            ManCommand.class,
            CompletionCommand.class);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "show this help")
    @SuppressWarnings("UnusedVariable") // picocli answers it by itself
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    @SuppressWarnings("UnusedVariable") // as above
    private boolean version;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = {
                "before the command: ask this 'imaas serve' instead of Git, with the login of 'imaas login' "
                        + "or $IMAAS_TOKEN;",
                "status, inbox, history, diff, evidence, audit, preview, promote, approve, rollback, resume, release, "
                        + "review, onboard"
            })
    @SuppressWarnings("UnusedVariable") // whoever executes the command reads it
    private String server;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }

    public static void main(String[] args) {
        EnvironmentProxies.of(System.getenv()).ifPresent(EnvironmentProxies::install);
        // A PrintStream as System.out is tells nobody why it lost something.
        TerminalWriter out = new TerminalWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        String[] words = asked(args);
        int exitCode =
                commandLine(Settings.ofThisProcess(), needed(words)).setOut(out).execute(words);
        Optional<IOException> lost = out.lost();
        lost.ifPresent(one ->
                System.err.println("external: the answer could not be written to standard output: " + Reason.of(one)));
        System.exit(lost.isPresent() && exitCode == 0 ? FailureKind.EXTERNAL.exitCode() : exitCode);
    }

    /** {@code help build} is another way to write {@code build --help}. */
    static String[] asked(String... args) {
        return args.length > 0 && args[0].equals("help")
                ? Stream.concat(Arrays.stream(args).skip(1), Stream.of("--help"))
                        .toArray(String[]::new)
                : args;
    }

    /** The whole command line, with our way of telling failures. */
    public static CommandLine commandLine(Settings settings) {
        return commandLine(settings, COMMANDS);
    }

    /** A list of at most two words takes the third one as well: picocli begins it anew. */
    private static void notTooMany(PositionalParamSpec words) {
        List<String> written = words.originalStringValues();
        if (!words.arity().isVariable()
                && words.isMultiValue()
                && written.size() > words.arity().max()) {
            throw new UnmatchedArgumentException(
                    words.command().commandLine(), written.subList(words.arity().max(), written.size()));
        }
    }

    /** The one command that is asked for, since making all of them takes longer than most of them run; else all. */
    static List<Class<?>> needed(String... args) {
        boolean behind = args.length > 3 && args[0].equals("complete-words");
        int at = behind || (args.length > 2 && args[0].equals("--server")) ? 2 : 0;
        String first = args.length == 0 ? "" : args[at];
        if (first.equals("--version") || first.equals("-V")) {
            return List.of();
        }
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> command != CompletionCommand.class && command != ManCommand.class)
                .filter(command -> command.getAnnotation(Command.class).name().equals(first))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    /** A command line of some of the commands. */
    static CommandLine commandLine(Settings settings, List<Class<?>> commands) {
        CommandLine line = new CommandLine(new Main());
        commands.forEach(line::addSubcommand);
        line.addSubcommand(new CompleteWordsCommand(CacheOption.usual()));
        line.setDefaultValueProvider(settings);
        Help.install(line);
        line.setExecutionStrategy(new CheckedSettings(settings));
        // "@ann" names a person, not a file of arguments.
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler(new UsageErrors());
        reading(line);
        line.setOut(new TerminalWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
        line.setErr(new TerminalWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8)));
        return line;
    }

    /** How every command reads its values, and tells what went wrong. */
    static CommandLine reading(CommandLine line) {
        return Converters.addTo(line.setCaseInsensitiveEnumValuesAllowed(true))
                .setExecutionExceptionHandler(new FailurePrinter());
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"imaas " + ToolVersion.current()};
        }
    }

    /** Runs a command only when the files that would fill in its options are sound; help is given in any case. */
    private record CheckedSettings(Settings settings) implements IExecutionStrategy {
        @Override
        public int execute(ParseResult parsed) {
            ParseResult last = parsed;
            boolean help = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
            while (last.hasSubcommand()) {
                last = last.subcommand();
                help |= last.isUsageHelpRequested();
            }
            CommandLine command = last.commandSpec().commandLine();
            boolean examined = command.getCommand() instanceof DoctorCommand;
            if (!help && Settings.concern(command.getCommandSpec())) {
                try {
                    settings.orThrow();
                } catch (FailureException e) {
                    throw new ExecutionException(command, e.failure().what(), e);
                }
            }
            if (!help && !examined) {
                try {
                    new NamedPaths(command.getCommandSpec(), parsed.originalArgs()).check();
                } catch (FailureException e) {
                    throw new ExecutionException(command, e.failure().what(), e);
                }
            }
            if (!help) {
                last.matchedPositionals().forEach(Main::notTooMany);
            }
            String server = parsed.matchedOptionValue("--server", "");
            if (!help) {
                check(new StrayWords(command.getCommandSpec(), parsed.originalArgs()), last, !server.isEmpty());
            }
            if (!help && !server.isEmpty() && parsed.hasSubcommand()) {
                return atServer(server, last);
            }
            return new RunLast().execute(parsed);
        }

        /** One in the environment's place is told when the platform's environments are known, which a server keeps. */
        private static void check(StrayWords stray, ParseResult last, boolean server) {
            List<String> words = last.matchedPositionals().stream()
                    .flatMap(one -> one.originalStringValues().stream())
                    .toList();
            if (server
                    || (!words.isEmpty()
                            && words.subList(0, words.size() - 1).stream().anyMatch(stray.found()::contains))) {
                stray.check();
            }
        }

        private int atServer(String server, ParseResult last) {
            try {
                return new Remote(server, settings.environment(), settings.clock(), last).run();
            } catch (FailureException e) {
                throw new ExecutionException(
                        last.commandSpec().commandLine(), e.failure().what(), e);
            }
        }
    }
}
