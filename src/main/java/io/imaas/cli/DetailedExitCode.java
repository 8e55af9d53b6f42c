package io.imaas.cli;

import picocli.CommandLine.Option;

/** {@code --detailed-exitcode}: the same on every command that may find nothing to do. */
public final class DetailedExitCode {
    private static final int NOTHING_TO_DO = 4;

    @Option(names = "--detailed-exitcode", description = "exit with 4 if there is nothing to do, for scripts")
    private boolean detailed;

    /** @param code of what was done, 0 where all went well */
    int of(int code, boolean nothingToDo) {
        return code == 0 && detailed && nothingToDo ? NOTHING_TO_DO : code;
    }
}
