package io.imaas.cli;

import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.Failure;
import io.imaas.report.ProgressSink;
import io.imaas.report.Terminal;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that ends with an exit code. Everything that it printed is out when it ends. */
public abstract class CliCommand implements Callable<Integer> {
    private final Set<Failure> told = new HashSet<>();

    @Spec
    private CommandSpec spec;

    /** Does what the command is for; returns the exit code. */
    protected abstract int run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        try {
            return run();
        } finally {
            out().flush();
            err().flush();
        }
    }

    /** Where the answer goes. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where everything goes that is not part of the answer. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Shows a run as it goes; why a step failed goes to standard error. */
    protected final ProgressSink progress() {
        return new ProgressSink(out(), Terminal.of(System.getenv()), false, this::tell);
    }

    /** Each failure once, however many tell it. */
    protected final void tell(Failure failure) {
        if (told.add(failure)) {
            FailurePrinter.print(failure, err());
            err().flush();
        }
    }

    /** Values that were filled in, and from where. */
    protected final Settings settings() {
        return Settings.of(spec);
    }

    /** @throws ParameterException when there is no such port */
    protected final int port(int given) {
        if (given < 0 || given > 65535) {
            throw wrong(given + " is not a port: give 1 to 65535, or 0 for any that is free");
        }
        return given;
    }

    /** @param why the line of the command can't be meant */
    protected final ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
