package io.imaas.cli;

import io.imaas.adapter.git.Onlooker;
import io.imaas.model.failure.Failure;
import io.imaas.report.Terminal;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;

/** Whoever sits at the command line: faults on lines of their own, a transfer on one that goes when it is over. */
record TerminalOnlooker(PrintWriter err, Terminal terminal) implements Onlooker {
    @Override
    public void waiting(Failure trouble) {
        err.println("trying again: " + trouble.where() + ": " + trouble.what());
        err.flush();
    }

    @Override
    public Optional<Consumer<String>> transfers() {
        return terminal.live() ? Optional.of(this::show) : Optional.empty();
    }

    private void show(String line) {
        terminal.command(err, "\r\u001b[K");
        err.print(line.substring(0, Math.min(line.length(), terminal.columns() - 1)));
        err.flush();
    }
}
